// Signed notes and the keys that verify them, as src/log/note.cpp reads them (c2sp.org/signed-note, c2sp.org/tlog-cosignature).
import { sha256 } from '@noble/hashes/sha2.js';
import { fromBase64, hashFromBase64, join, numberFrom, same, toBase64, utf8 } from './bytes.js';
import { verify } from './signature.js';

const noteLettersMax = 256 * 1024;
const signaturesMax = 100;
const cosignatureBytes = 8 + 64;
export const logType = 1;
export const witnessType = 4;

// eslint-disable-next-line no-control-regex
const control = /[\u0000-\u0009\u000B-\u001F]/;
// The White_Space property of Unicode, and the plus.
const notInNames = /[\s\u0085+]/u;

const isPlain = (text) => !control.test(text) && !/\p{Surrogate}/u.test(text);
export const isName = (text) => text !== '' && isPlain(text) && !notInNames.test(text);

function signatureFrom(line) {
  if (!line.startsWith('\u2014 ')) return null;
  const [name, encoded, ...more] = line.slice(2).split(' ');
  const bytes = encoded === undefined ? null : fromBase64(encoded);
  if (more.length > 0 || !isName(name) || bytes === null || bytes.length <= 4) return null;
  return { name, id: bytes.slice(0, 4), signature: bytes.slice(4) };
}

// { text, signatures: [{ name, id, signature }] }, or null.
export function parseNote(note) {
  const blank = note.lastIndexOf('\n\n');
  if (note.length > noteLettersMax || !isPlain(note) || blank < 0 || !note.endsWith('\n')) return null;
  const lines = note.slice(blank + 2).split('\n').slice(0, -1);
  if (lines.length === 0 || lines.length > signaturesMax) return null;
  const signatures = lines.map(signatureFrom);
  return signatures.includes(null) ? null : { text: note.slice(0, blank + 1), signatures };
}

// { origin, size, root }, or null.
export function parseCheckpoint(text) {
  const [origin, sizeLine, rootLine, ...more] = text.split('\n');
  if (origin === '' || more.length !== 1 || more[0] !== '') return null;
  const size = numberFrom(sizeLine);
  const root = hashFromBase64(rootLine);
  if (size === null || root === null || (size === 0n && !same(root, sha256(new Uint8Array())))) return null;
  return { origin, size, root };
}

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

// A verifier key in the one spelling it has: { name, type, key, id, text }, or null.
export function parseKey(text) {
  const [name, , ...rest] = text.split('+');
  const material = fromBase64(rest.join('+'));
  if (!isName(name) || material?.length !== 33 || ![logType, witnessType].includes(material[0])) return null;
  const id = sha256(join(utf8(name), Uint8Array.of(10), material)).slice(0, 4);
  if (`${name}+${hex(id)}+${toBase64(material)}` !== text) return null;
  return { name, type: material[0], key: material.slice(1), id, text };
}

export const claims = (key, signature) => signature.name === key.name && same(signature.id, key.id);

async function isGood(key, text, { signature }) {
  if (key.type === logType) return signature.length === 64 && verify(key.key, utf8(text), signature);
  if (signature.length !== cosignatureBytes) return false;
  const time = timeOf(signature);
  if (time >= 1n << 63n) return false;
  return verify(key.key, utf8(`cosignature/v1\ntime ${time}\n${text}`), signature.slice(8));
}

const timeOf = (signature) => new DataView(signature.buffer, signature.byteOffset).getBigUint64(0);

// What stands in the note by this key: { line: 'good' | 'wrong' | 'absent', time }; the time is a witness's, in seconds.
export async function lineBy(key, note) {
  const own = note.signatures.filter((signature) => claims(key, signature));
  if (own.length === 0) return { line: 'absent' };
  const good = await Promise.all(own.map((signature) => isGood(key, note.text, signature)));
  if (good.includes(false)) return { line: 'wrong' };
  return { line: 'good', time: key.type === witnessType ? timeOf(own[0].signature) : undefined };
}
