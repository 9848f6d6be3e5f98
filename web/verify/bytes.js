// Text forms of bytes, each in its one spelling, and what the C2SP text formats share: nothing (null) for any other.

const letters = /^[A-Za-z0-9+/]*={0,2}$/;

export function fromBase64(text) {
  if (text.length % 4 !== 0 || !letters.test(text)) return null;
  let binary;
  try {
    binary = atob(text);
  } catch {
    return null;
  }
  if (btoa(binary) !== text) return null; // left-over bits
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

export function fromBase64url(text) {
  if (!/^[A-Za-z0-9_-]*$/.test(text) || text.length % 4 === 1) return null;
  return fromBase64(text.replaceAll('-', '+').replaceAll('_', '/') + '='.repeat((4 - (text.length % 4)) % 4));
}

export function toBase64(bytes) {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function hashFromBase64(text) {
  const bytes = fromBase64(text);
  return bytes?.length === 32 ? bytes : null;
}

export function fromUtf8(bytes) {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

export const utf8 = (text) => new TextEncoder().encode(text);

// ASCII decimal without sign and leading zeros, below 2^64.
export function numberFrom(text) {
  if (!/^(0|[1-9][0-9]{0,19})$/.test(text)) return null;
  const number = BigInt(text);
  return number < 1n << 64n ? number : null;
}

export const same = (a, b) => a.length === b.length && a.every((byte, i) => byte === b[i]);

export function join(...parts) {
  const all = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
