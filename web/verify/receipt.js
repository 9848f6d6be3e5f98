// Receipts: how they are read and what they prove, finding by finding, as src/log/receipt.cpp and receipt_check.cpp have it.
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, fromBase64url, fromUtf8, hashFromBase64, join, numberFrom, same, toBase64, utf8 } from './bytes.js';
import { entryFacts } from './entry.js';
import { claims, lineBy, logType, parseCheckpoint, parseKey, parseNote } from './note.js';

export const receiptBytesMax = 4 * 1024 * 1024;
const entryBytesMax = 4096;
const disclosuresMax = 64;
const hashesMax = 64;
const secondsADay = 86_400n;

// { index, hashes, note } of a c2sp.org/tlog-proof, or null.
export function parseProof(text) {
  const blank = text.indexOf('\n\n');
  if (blank < 0) return null;
  const [first, indexLine, ...lines] = text.slice(0, blank).split('\n');
  const index = indexLine?.startsWith('index ') ? numberFrom(indexLine.slice(6)) : null;
  const hashes = lines.map(hashFromBase64);
  const note = parseNote(text.slice(blank + 2));
  if (first !== 'c2sp.org/tlog-proof@v1' || index === null || hashes.includes(null) || hashes.length > hashesMax || note === null) return null;
  return { index, hashes, note };
}

const isText = (value) => typeof value === 'string';

const fields = {
  format: (value) => (value === 'huiyin-receipt/v1' ? value : null),
  state: (value) => (value === 'signed' || value === 'witnessed' ? value : null),
  verifier_key: (value) => {
    const key = isText(value) ? parseKey(value) : null;
    return key?.type === logType ? key : null;
  },
  entry: (value) => {
    const bytes = isText(value) ? fromBase64(value) : null;
    return bytes !== null && bytes.length > 0 && bytes.length <= entryBytesMax ? bytes : null;
  },
  disclosures: (value) => {
    if (!Array.isArray(value) || value.length > disclosuresMax) return null;
    return value.every((one) => isText(one) && fromBase64url(one) !== null) ? value : null;
  },
  proof: (value) => (isText(value) ? parseProof(value) : null),
};

// { receipt } or, when it is none, { wrong: the name of the first field that is wrong }.
export function parseReceipt(text) {
  let object;
  try {
    object = JSON.parse(text);
  } catch {
    return { wrong: 'JSON' };
  }
  if (object === null || typeof object !== 'object' || Array.isArray(object)) return { wrong: 'JSON' };
  const unknown = Object.keys(object).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) return { wrong: unknown };
  const receipt = {};
  for (const [name, read] of Object.entries(fields)) {
    receipt[name] = read(object[name]);
    if (receipt[name] === null) return { wrong: name };
  }
  return { receipt };
}

// RFC 9162 section 2.1.3.2, with its names.
export function leads(leaf, index, size, hashes, root) {
  if (index >= size) return false;
  let fn = index;
  let sn = size - 1n;
  let r = leaf;
  for (const p of hashes) {
    if (sn === 0n) return false;
    if (fn & 1n || fn === sn) {
      r = sha256(join(Uint8Array.of(1), p, r));
      while (!(fn & 1n) && fn !== 0n) {
        fn >>= 1n;
        sn >>= 1n;
      }
    } else {
      r = sha256(join(Uint8Array.of(1), r, p));
    }
    fn >>= 1n;
    sn >>= 1n;
  }
  return sn === 0n && same(r, root);
}

// { name, value } of one disclosure, or null.
function disclosedBy(encoded) {
  try {
    const [salt, name, value, ...more] = JSON.parse(fromUtf8(fromBase64url(encoded)));
    const sound = isText(salt) && isText(name) && name !== '' && name !== '_sd' && name !== '...' && value !== undefined && more.length === 0;
    return sound ? { name, value } : null;
  } catch {
    return null;
  }
}

async function signatureFindings({ origin }, note, named, logs) {
  const known = logs.filter((log) => log.name === origin);
  const lines = await Promise.all(known.map((log) => lineBy(log, note)));
  const good = lines.some(({ line }) => line === 'good');
  const wrong = lines.some(({ line }) => line === 'wrong');
  const findings = [];
  if (good && !wrong) findings.push('signed_by_log');
  if (wrong) findings.push('signature_wrong');
  if (known.length > 0 && !logs.some((log) => log.text === named.text)) findings.push('named_key_differs');
  if (good || wrong) return findings;
  const own = named.name === origin ? await lineBy(named, note) : { line: 'absent' };
  findings.push(own.line === 'good' ? 'signed_by_named_key' : 'signature_wrong');
  return findings;
}

async function vouchedBy(note, witnesses) {
  const lines = await Promise.all(witnesses.map(async (witness) => ({ witness: witness.name, ...(await lineBy(witness, note)) })));
  return { vouched: lines.filter(({ line }) => line === 'good'), wrong: lines.some(({ line }) => line === 'wrong') };
}

const distinct = (keys) => keys.filter((key, i) => keys.findIndex((other) => other.text === key.text) === i);

const isAhead = (day, vouched) => vouched.some(({ time }) => (time / secondsADay + 1n) * secondsADay * 1000n < BigInt(Date.parse(day)));

function disclosureFindings(check, receipt) {
  const facts = entryFacts(receipt.entry);
  if (facts === null) {
    check.findings.push('entry_unreadable');
    if (receipt.disclosures.length > 0) check.findings.push('disclosure_foreign');
    return;
  }
  if (isAhead(facts.day, check.vouched)) check.findings.push('dated_ahead');
  for (const encoded of receipt.disclosures) {
    const read = disclosedBy(encoded);
    if (read !== null && facts.digests.has(toBase64(sha256(utf8(encoded))))) check.disclosed.push(read);
  }
  if (check.disclosed.length < receipt.disclosures.length) check.findings.push('disclosure_foreign');
  else if (check.disclosed.length > 0) check.findings.push('disclosed');
}

const refuting = new Set(['not_included', 'signature_wrong', 'named_key_differs', 'no_checkpoint', 'witness_wrong', 'disclosure_foreign', 'dated_ahead']);

function verdictOf(findings) {
  if (findings.some((finding) => refuting.has(finding))) return 'refuted';
  return findings.includes('included') && findings.includes('signed_by_log') ? 'proved' : 'unproved';
}

// { verdict, findings, index, checkpoint, vouched: [{ witness, time }], disclosed: [{ name, value }], unknownSignatures } for a reader
// who trusts these keys: { logs, witnesses } of parseKey().
export async function checkReceipt(receipt, trusted) {
  const { index, hashes, note } = receipt.proof;
  const checkpoint = parseCheckpoint(note.text);
  const check = { findings: [], index, checkpoint, vouched: [], disclosed: [], unknownSignatures: 0 };
  if (checkpoint === null) return { ...check, verdict: 'refuted', findings: ['no_checkpoint'] };
  const leaf = sha256(join(Uint8Array.of(0), receipt.entry));
  check.findings.push(leads(leaf, index, checkpoint.size, hashes, checkpoint.root) ? 'included' : 'not_included');
  check.findings.push(...(await signatureFindings(checkpoint, note, receipt.verifier_key, trusted.logs)));
  const witnesses = distinct(trusted.witnesses);
  const { vouched, wrong } = await vouchedBy(note, witnesses);
  check.vouched = vouched;
  if (vouched.length > 0) check.findings.push('witnessed');
  if (wrong) check.findings.push('witness_wrong');
  if (witnesses.length === 0 && receipt.state === 'witnessed') check.findings.push('witness_unchecked');
  if (witnesses.length > 0 && vouched.length === 0) check.findings.push('not_witnessed');
  disclosureFindings(check, receipt);
  const keys = [...trusted.logs, ...witnesses, receipt.verifier_key];
  check.unknownSignatures = note.signatures.filter((signature) => !keys.some((key) => claims(key, signature))).length;
  return { ...check, verdict: verdictOf(check.findings) };
}
