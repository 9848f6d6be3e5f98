// The page that checks a receipt: reads the file in the browser, says what was found in the words that the page brought. It sends
// nothing: the page's Content-Security-Policy would not let it.
import { logType, parseKey, witnessType } from './note.js';
import { checkReceipt, parseReceipt, receiptBytesMax } from './receipt.js';

const find = (id) => document.getElementById(id);
const words = find('verify-words').content;
const language = document.documentElement.lang;

// An element with a class and words of its own.
function made(name, className, text) {
  const element = document.createElement(name);
  if (className) element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

const said = (id, values = {}) => words.querySelector(`[data-says="${id}"]`).textContent.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);

class WrongInput extends Error {}

function keysIn(id, type) {
  const lines = find(id).value.split('\n').map((line) => line.trim()).filter((line) => line !== '');
  return lines.map((line) => {
    const key = parseKey(line);
    if (key?.type !== type) throw new WrongInput(said('unreadable_key', { key: line }));
    return key;
  });
}

const timeOf = (seconds) => new Date(Number(seconds) * 1000).toLocaleString(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }) + ' UTC';

function vouchedWords(vouched) {
  const each = vouched.map(({ witness, time }) => said('vouched', { witness, time: timeOf(time) }));
  return each.reduce((before, next) => said('list', { before, next }));
}

function findingItem(id, weight, text) {
  const item = made('li', weight);
  item.dataset.finding = id;
  item.append(made('strong', 'weight', said(weight)), ' ', made('span', '', text));
  return item;
}

// Names and values as they were logged; what has names of its own becomes a list within.
function disclosedList(disclosed) {
  const list = made('dl', 'disclosed');
  for (const { name, value } of disclosed) {
    const shown = made('dd');
    shown.dir = 'auto';
    if (value !== null && typeof value === 'object') shown.append(disclosedList(Object.entries(value).map(([inner, one]) => ({ name: inner, value: one }))));
    else shown.textContent = typeof value === 'string' ? value : JSON.stringify(value);
    list.append(made('dt', '', name), shown);
  }
  return list;
}

function show(check) {
  const values = { index: String(check.index), size: String(check.checkpoint?.size), origin: check.checkpoint?.origin };
  if (check.vouched.length > 0) values.witnesses = vouchedWords(check.vouched);
  const list = made('ul', 'findings');
  for (const finding of check.findings) {
    const sentence = words.querySelector(`[data-says="${finding}"]`);
    list.append(findingItem(finding, sentence.dataset.weight, said(finding, values)));
  }
  if (check.vouched.length === 0) list.append(findingItem('not_when', 'leaves_open', said('not_when')));
  list.append(findingItem('not_true', 'leaves_open', said('not_true')));
  const verdict = made('p', `verdict ${check.verdict}`, said(check.verdict));
  verdict.dataset.verdict = check.verdict;
  find('verify-outcome').replaceChildren(verdict, list);
  if (check.disclosed.length > 0) find('verify-outcome').append(made('h3', '', said('says')), disclosedList(check.disclosed));
}

function refuse(text) {
  const wrong = made('p', 'verdict refuted', text);
  wrong.dataset.verdict = 'unreadable';
  find('verify-outcome').replaceChildren(wrong);
}

let bytes = null;
let turn = 0;

async function check() {
  if (bytes === null) return;
  const mine = ++turn;
  find('verify-result').hidden = false;
  try {
    const trusted = { logs: keysIn('verify-log-keys', logType), witnesses: keysIn('verify-witness-keys', witnessType) };
    const { receipt, wrong } = parseReceipt(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (wrong !== undefined) throw new WrongInput(said('unreadable_file', { field: wrong }));
    const found = await checkReceipt(receipt, trusted);
    if (mine === turn) show(found);
  } catch (error) {
    if (mine === turn) refuse(error instanceof WrongInput ? error.message : said('unreadable_file', { field: error.name }));
  }
}

async function take(file) {
  if (!file) return;
  bytes = file.size > receiptBytesMax ? new Uint8Array() : new Uint8Array(await file.arrayBuffer());
  await check();
  find('verify-result').scrollIntoView({ block: 'nearest' });
}

find('verify-file').addEventListener('change', (event) => take(event.target.files[0]));
for (const id of ['verify-log-keys', 'verify-witness-keys']) find(id).addEventListener('input', check);
document.addEventListener('dragover', (event) => event.preventDefault());
document.addEventListener('drop', (event) => {
  event.preventDefault();
  take(event.dataTransfer.files[0]);
});
find('verify-inputs').hidden = false;
