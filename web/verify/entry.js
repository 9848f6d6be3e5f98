// A log entry, format v1, as src/log/entry.cpp reads it: one canonical JSON object in which nothing can be spelled in two ways.
import { fromBase64url, fromUtf8, toBase64 } from './bytes.js';
import { isName } from './note.js';

const factsMax = 32;
const sealedFacts = 16;
const privateDigests = 4;
const originBytesMax = 255;
const yearMin = 1900;
const yearMax = 2199;

const isText = (value) => typeof value === 'string';
const isBytes = (value, count) => isText(value) && fromBase64url(value)?.length === count;
const isHash = (value) => isBytes(value, 32);
const isCode = (value) => isText(value) && /^[a-z0-9][a-z0-9._-]{0,63}$/.test(value);
const isNull = (value) => value === null;

export function isDay(value) {
  if (!isText(value) || !/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false;
  const day = new Date(`${value}T00:00:00Z`);
  const year = Number(value.slice(0, 4));
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(value) && year >= yearMin && year <= yearMax;
}

const hex = (encoded) => Array.from(fromBase64url(encoded), (byte) => byte.toString(16).padStart(2, '0')).join('');

// In the order of their bytes, no two alike.
function areFacts(list, least, most) {
  if (!Array.isArray(list) || list.length < least || list.length > most || !list.every(isHash)) return false;
  const ordered = list.map(hex);
  return ordered.every((digest, i) => i === 0 || ordered[i - 1] < digest);
}

const arePrivate = (list) => Array.isArray(list) && list.length === privateDigests && list.every(isHash);

// Field by field, in the order in which they are written.
const plain = {
  area: (value) => isNull(value) || isCode(value),
  day: isDay,
  fine: (value) => areFacts(value, 0, factsMax),
  kind: (value) => isText(value) && /^[A-Za-z0-9._]{1,64}$/.test(value),
  n: (value, { prev }) => Number.isSafeInteger(value) && value >= 1 && (value === 1) === isNull(prev),
  pack: isHash,
  prev: (value) => isNull(value) || isHash(value),
  rec: (value) => isBytes(value, 16),
  role: isCode,
  sd: arePrivate,
  unit: (value) => isNull(value) || isCode(value),
  v: (value) => value === 1,
};
const sealed = {
  day: isDay,
  fine: (value) => areFacts(value, sealedFacts, sealedFacts),
  kind: (value) => value === 'sealed',
  sd: arePrivate,
  v: (value) => value === 1,
};
// It names the log before (src/log/entry.h).
const isCount = (value) => Number.isSafeInteger(value) && value >= 0;
const isOrigin = (value) => isName(value) && new TextEncoder().encode(value).length <= originBytesMax && !/["\\\u0000-\u001f]/u.test(value);
const succession = {
  day: isDay,
  kept: (value, { size }) => isCount(value) && value <= size,
  kind: (value) => value === 'log.succeeded',
  origin: isOrigin,
  reason: (value, { kept, size }) => value === 'restored' || (value === 'key-rotation' && kept === size),
  root: isHash,
  size: isCount,
  v: (value) => value === 1,
};

function fits(entry, form) {
  return Object.keys(entry).join() === Object.keys(form).join() && Object.entries(form).every(([name, isGood]) => isGood(entry[name], entry));
}

// { day, digests: Set of base64 } of what may be disclosed of it, or null when it is in no form that we know.
export function entryFacts(bytes) {
  const text = fromUtf8(bytes);
  let entry;
  try {
    entry = JSON.parse(text);
  } catch {
    return null;
  }
  if (entry === null || typeof entry !== 'object' || JSON.stringify(entry) !== text) return null;
  if (fits(entry, succession)) return { day: entry.day, digests: new Set() };
  if (!fits(entry, plain) && !fits(entry, sealed)) return null;
  return { day: entry.day, digests: new Set([...entry.fine, ...entry.sd].map((digest) => toBase64(fromBase64url(digest)))) };
}
