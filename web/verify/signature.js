// Ed25519 (RFC 8032): by the browser where it can, by @noble/ed25519 where it cannot (older browsers, and pages without TLS, where
// browsers hide their cryptography).
import { etc, verify as verifyInScript } from '@noble/ed25519';
import { sha512 } from '@noble/hashes/sha2.js';

etc.sha512Sync = (...parts) => sha512(etc.concatBytes(...parts));

async function verifyByBrowser(key, message, signature) {
  const imported = await crypto.subtle.importKey('raw', key, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', imported, signature, message);
}

export async function verify(key, message, signature) {
  if (globalThis.crypto?.subtle) {
    try {
      return await verifyByBrowser(key, message, signature);
    } catch {
      // It does not know Ed25519, or the key is none: the script tells which.
    }
  }
  try {
    return verifyInScript(signature, message, key, { zip215: false });
  } catch {
    return false;
  }
}
