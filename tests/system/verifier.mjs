// A second verifier of the public log, written from docs/formats/log.md and the C2SP texts alone: it shares nothing with the program
// but what is published. `read(path)` gives a file's bytes, or null where there is none.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const leafHash = (entry) => sha256(Buffer.of(0), entry);
const nodeHash = (left, right) => sha256(Buffer.of(1), left, right);

export const overHttp = (base) => async (name) => {
  const parts = [];
  for (let url = `${base}/${name}`; url;) {
    const answer = await fetch(url);
    if (answer.status === 404) return null;
    if (answer.status !== 200) throw new Error(`${name}: ${answer.status} ${await answer.text()}`);
    parts.push(Buffer.from(await answer.arrayBuffer()));
    const next = /<([^>]*)>; rel="next"/.exec(answer.headers.get('link') ?? '');
    url = next && new URL(next[1], url).href;
  }
  return Buffer.concat(parts);
};
export const inFolder = (folder) => async (name) => {
  const file = path.join(folder, name);
  return existsSync(file) ? readFileSync(file) : null;
};

// RFC 6962 section 2.1, by its own words: split at the largest power of two below n.
function rootOf(hashes) {
  if (hashes.length === 0) return sha256(Buffer.alloc(0));
  if (hashes.length === 1) return hashes[0];
  let split = 1;
  while (split * 2 < hashes.length) split *= 2;
  return nodeHash(rootOf(hashes.slice(0, split)), rootOf(hashes.slice(split)));
}

function tileName(kind, number, width) {
  let digits = String(number);
  digits = digits.padStart(Math.ceil(digits.length / 3) * 3, '0');
  const groups = digits.match(/.../g);
  const last = groups.pop();
  return ['tile', kind, ...groups.map((group) => `x${group}`), last].join('/') + (width < 256 ? `.p/${width}` : '');
}

// c2sp.org/signed-note: name+hash+key, and the one signature that this key made.
function openCheckpoint(note, vkey) {
  const [name, id, ...rest] = vkey.trim().split('+'); // there may be more of these within the base64
  const key = Buffer.from(rest.join('+'), 'base64');
  if (sha256(name, '\n', key).subarray(0, 4).toString('hex') !== id || key[0] !== 1) throw new Error('the verifier key is malformed');
  const at = note.lastIndexOf('\n\n');
  const text = note.slice(0, at + 1), lines = note.slice(at + 2).split('\n');
  const line = lines.find((one) => one.startsWith(`— ${name} `));
  if (!line) throw new Error('the checkpoint is not signed by the log');
  const signature = Buffer.from(line.split(' ')[2], 'base64');
  const publicKey = createPublicKey({ key: Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]), format: 'der', type: 'spki' });
  if (signature.subarray(0, 4).toString('hex') !== id || !verifySignature(null, Buffer.from(text), publicKey, signature.subarray(4)))
    throw new Error('the signature of the checkpoint is wrong');
  const [origin, size, root, end, ...more] = text.split('\n');
  if (origin !== name || end !== '' || more.length > 0 || !/^(0|[1-9][0-9]*)$/.test(size)) throw new Error('the checkpoint is malformed');
  return { origin, size: Number(size), root: Buffer.from(root, 'base64') };
}

function splitBundle(bytes) {
  const entries = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt16BE(at);
    if (at + 2 + length > bytes.length) throw new Error('is cut short');
    entries.push(bytes.subarray(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return entries;
}

async function readEntries(read, size, problems) {
  const entries = [];
  for (let number = 0; number * 256 < size; ++number) {
    const width = Math.min(256, size - number * 256), name = tileName('entries', number, width);
    const bytes = await read(name);
    if (!bytes) { problems.push(`${name} is missing`); return null; }
    try {
      const bundle = splitBundle(bytes);
      if (bundle.length !== width) throw new Error(`holds ${bundle.length} entries`);
      entries.push(...bundle);
    } catch (fault) {
      problems.push(`${name}: ${fault.message}`);
      return null;
    }
  }
  return entries;
}

async function checkTiles(read, leaves, problems) {
  for (let level = 0, hashes = leaves; hashes.length > 0; ++level) {
    const next = [];
    for (let number = 0; number * 256 < hashes.length; ++number) {
      const own = hashes.slice(number * 256, number * 256 + 256), name = tileName(level, number, own.length);
      const bytes = await read(name);
      if (!bytes) problems.push(`${name} is missing`);
      else if (!bytes.equals(Buffer.concat(own))) problems.push(`${name} does not fit the entries`);
      if (own.length === 256) next.push(rootOf(own));
    }
    hashes = next;
  }
}

const ofRecord = (entry) => entry.kind !== 'sealed' && entry.kind !== 'log.succeeded';

// docs/formats/log.md, "A log that goes on from another": log N begins with N - 1 entries that name the logs before, the newest first.
function checkSuccession(origin, entries, leaves, problems) {
  const [, body, number] = /^(.*)\/log(\d+)$/.exec(origin);
  for (const [index, entry] of entries.entries()) {
    const named = Number(number) - 1 - index;
    if (named < 1 !== (entry.kind !== 'log.succeeded')) problems.push(`entry ${index}: the log before is not named where it must be`);
    if (entry.kind !== 'log.succeeded') continue;
    if (entry.origin !== `${body}/log${named}`) problems.push(`entry ${index} names ${entry.origin}`);
    const repeated = leaves.slice(index + 1, index + 1 + entry.kept);
    if (index === 0 && entry.kept === entry.size && rootOf(repeated).toString('base64url') !== entry.root) problems.push(`entry ${index}: what is repeated does not lead to its root`);
  }
}

// Chains and rules: each record's entries follow on one another, and the rules they name are there.
async function checkEntries(read, entries, leaves, problems) {
  const last = new Map(), packs = new Map();
  for (const [index, entry] of entries.entries()) {
    if (!ofRecord(entry)) continue;
    const before = last.get(entry.rec);
    const prev = before === undefined ? null : leaves[before].toString('base64url');
    if (entry.prev !== prev || entry.n !== (before === undefined ? 1 : entries[before].n + 1)) problems.push(`entry ${index} does not follow on the one before it of its record`);
    last.set(entry.rec, index);
    if (packs.has(entry.pack)) continue;
    const name = `packs/${Buffer.from(entry.pack, 'base64url').toString('hex')}`, bytes = await read(name);
    const good = bytes && sha256(bytes).toString('base64url') === entry.pack;
    if (!good) problems.push(`${name} ${bytes ? 'has another hash' : 'is missing'}`);
    packs.set(entry.pack, good ? JSON.parse(bytes).k ?? 10 : 10);
  }
  return packs;
}

// docs/formats/log.md, "Cells".
function cellsOf(entries, packs) {
  const records = new Map(), units = new Map();
  const number = (day) => Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1;
  const decide = (record, unit, k) => {
    record.unit = unit;
    record.decided = true;
    const months = units.get(unit) ?? new Map();
    units.set(unit, months);
    const cell = months.get(record.month) ?? { month: record.month, count: 0, open: false };
    months.set(record.month, cell);
    ++cell.count;
    let carried = [], sum = 0;
    for (const one of [...months.values()].sort((a, b) => a.month - b.month)) {
      carried.push(one);
      sum += one.count;
      if (!one.open && sum < k) continue;
      for (const each of carried) each.open = true;
      carried = [];
      sum = 0;
    }
    record.cell = cell;
  };
  for (const [index, entry] of entries.entries()) {
    if (!ofRecord(entry)) continue;
    const k = packs.get(entry.pack), month = number(entry.day);
    for (const record of records.values()) {
      if (!record.decided && record.month + 2 <= month) decide(record, null, k);
    }
    const record = records.get(entry.rec) ?? { month, unit: null, decided: false, first: index, entries: [] };
    records.set(entry.rec, record);
    record.entries.push(index);
    if (entry.unit !== null && !record.decided) decide(record, entry.unit, k);
  }
  return records;
}

const monthText = (month) => `${String(Math.floor(month / 12)).padStart(4, '0')}-${String(month % 12 + 1).padStart(2, '0')}`;

async function readDisclosures(read, entries, records, problems) {
  const facts = new Map(), expected = new Map();
  for (const record of records.values()) {
    if (!record.cell?.open) continue;
    const month = monthText(record.month);
    expected.set(month, [...expected.get(month) ?? [], ...record.entries]);
  }
  for (const [month, indexes] of expected) {
    const name = `disclosures/${month}.jsonl`, bytes = await read(name);
    if (!bytes) { problems.push(`${name} is missing`); continue; }
    for (const line of bytes.toString().trimEnd().split('\n')) {
      const { index, disclosures } = JSON.parse(line);
      facts.set(index, {});
      for (const encoded of disclosures) {
        if (!entries[index]?.fine.includes(sha256(encoded).toString('base64url'))) {
          problems.push(`${name}: a disclosure does not belong to entry ${index}`);
          continue;
        }
        const [, fact, value] = JSON.parse(Buffer.from(encoded, 'base64url'));
        facts.get(index)[fact] = value;
      }
    }
    for (const index of indexes) if (!facts.has(index)) problems.push(`${name}: entry ${index} is missing`);
  }
  return facts;
}

// docs/formats/log.md, "Figures".
function figuresOf(checkpoint, entries, records, facts) {
  const rows = new Map(), sealed = new Map();
  for (const entry of entries) {
    if (entry.kind === 'sealed') sealed.set(entry.day.slice(0, 7), (sealed.get(entry.day.slice(0, 7)) ?? 0) + 1);
  }
  for (const record of records.values()) {
    if (entries[record.first].kind !== 'case.submitted') continue;
    const key = `${monthText(record.month)} ${record.unit === null ? '' : record.unit}`;
    const row = rows.get(key) ?? { accepted: 0, answered: 0, disclosed: false, days: [], month: monthText(record.month), on_time: 0, on_time_of: 0, received: 0, returned: 0, reviews: 0, unit: record.unit };
    rows.set(key, row);
    const of = (kind) => record.entries.filter((index) => entries[index].kind === `case.${kind}`);
    ++row.received;
    row.accepted += of('accepted').length > 0;
    row.answered += of('answered').length > 0;
    row.returned += of('returned').length > 0;
    row.reviews += of('review_asked').length;
    if (!record.cell?.open) continue;
    row.disclosed = true;
    const answer = facts.get(of('answered')[0]) ?? {}, received = facts.get(record.first) ?? {};
    if (typeof answer.on_time === 'boolean') { ++row.on_time_of; row.on_time += answer.on_time; }
    if (answer.at && received.at && of('erased').length === 0) row.days.push(Math.floor(Math.max(0, Date.parse(answer.at) - Date.parse(received.at)) / 86_400_000));
  }
  const cells = [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { days, ...row }]) => {
    days.sort((a, b) => a - b);
    const twice = days.length ? days[(days.length - 1) >> 1] + days[days.length >> 1] : 0;
    const all = { ...row, median_days: days.length ? (twice / 2).toFixed(1) : null, median_of: days.length };
    return Object.fromEntries(Object.entries(all).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
  const hidden = [...sealed.entries()].sort().map(([month, count]) => ({ entries: count, month }));
  return JSON.stringify({ cells, origin: checkpoint.origin, sealed: hidden, size: checkpoint.size, v: 1 });
}

// Everything that is published, held against everything else: { size, problems }. `vkey` is the key that is known from elsewhere.
export async function verifyLog(read, vkey) {
  const problems = [];
  const note = await read('checkpoint');
  if (!note) return { size: 0, problems: ['checkpoint is missing'] };
  let checkpoint;
  try {
    checkpoint = openCheckpoint(note.toString(), vkey);
  } catch (fault) {
    return { size: 0, problems: [fault.message] };
  }
  const { size } = checkpoint, texts = await readEntries(read, size, problems);
  if (!texts) return { size, problems };
  const leaves = texts.map(leafHash);
  if (!rootOf(leaves).equals(checkpoint.root)) problems.push('the entries do not lead to the root of the checkpoint');
  await checkTiles(read, leaves, problems);
  if (problems.length > 0) return { size, problems }; // what the entries say is nobody's word then
  const entries = texts.map((text) => JSON.parse(text));
  checkSuccession(checkpoint.origin, entries, leaves, problems);
  const packs = await checkEntries(read, entries, leaves, problems), records = cellsOf(entries, packs);
  const facts = await readDisclosures(read, entries, records, problems);
  const published = await read('figures.json');
  if (published?.toString() !== figuresOf(checkpoint, entries, records, facts)) problems.push('figures.json does not say what the log says');
  return { size, problems, entries, rootOfEntries: (from, count) => rootOf(leaves.slice(from, from + count)).toString('base64') };
}
