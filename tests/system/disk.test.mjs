// A full disk and a read-only directory: a clear word, nothing lost, and the service goes on when there is room again.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { ask, init, makeFolder, run, serve } from './huiyin.mjs';

const bytesOfDisk = 24 * 1024 * 1024;

// A small disk of its own; null where this machine does not let us mount one.
function mountDisk(folder) {
  mkdirSync(folder);
  const done = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${bytesOfDisk}`, 'huiyin-test', folder]);
  return done.status === 0 ? { unmount: () => spawnSync('umount', ['-l', folder]), remount: (how) => spawnSync('mount', ['-o', `remount,${how}`, folder]) } : null;
}

test('a full disk: refused with a clear word, nothing lost, and it goes on when there is room', { timeout: 120_000 }, async (t) => {
  const { folder, remove } = makeFolder();
  const disk = mountDisk(`${folder}/disk`);
  if (!disk) { remove(); return t.skip('no right to mount a disk here'); }
  let server;
  try {
    const data = `${folder}/disk/data`;
    init(data);
    server = await serve(data);
    const filed = [];
    const body = { body: '满'.repeat(9000) };
    let refused;
    for (let i = 0; i < 5000 && !refused; ++i) {
      const answer = await ask(server.port, 'POST', '/api/v1/cases', { body });
      if (answer.status === 201) filed.push(answer.json());
      else refused = answer;
    }
    assert.equal(refused?.status, 503, 'the disk never filled');
    assert.match(refused.headers['content-type'], /problem\+json/);
    assert.match(refused.json().detail, /空间|room/);
    assert.ok(filed.length > 10);
    // Reading goes on, and what was answered is there.
    const last = filed.at(-1);
    const read = await ask(server.port, 'GET', `/api/v1/cases/${last.reference}`, { headers: { Authorization: `Case ${last.secret}` } });
    assert.equal(read.status, 200);
    disk.remount(`size=${4 * bytesOfDisk}`);
    const again = await ask(server.port, 'POST', '/api/v1/cases', { body });
    assert.equal(again.status, 201, again.text);
    filed.push(again.json());
    await server.stop();
    server = undefined;
    const checked = run('fsck', '--data', data);
    assert.equal(checked.code, 0, checked.out + checked.err);
    assert.match(checked.out, new RegExp(`${filed.length} records, 0 faults`));
  } finally {
    if (server) await server.kill();
    disk.unmount();
    remove();
  }
});

test('a read-only directory: a clear word at the start', async (t) => {
  const { folder, remove } = makeFolder();
  const disk = mountDisk(`${folder}/disk`);
  if (!disk) { remove(); return t.skip('no right to mount a disk here'); }
  try {
    const data = `${folder}/disk/data`;
    init(data);
    disk.remount('ro');
    const tried = run('serve', '--data', data, '--listen', '127.0.0.1:0');
    assert.equal(tried.code, 1);
    assert.match(tried.err, /Read-only file system/);
    const made = run('init', '--data', `${folder}/disk/other`, '--pack', 'packs/petition-zh');
    assert.equal(made.code, 1);
    assert.match(made.err, /Read-only file system/);
  } finally {
    disk.unmount();
    remove();
  }
});

test('what is no data directory, or is in use, or lost its keys: a clear word', async () => {
  const { folder, remove } = makeFolder();
  let server;
  try {
    assert.match(run('serve', '--data', `${folder}/nothing`).err, /no data directory: begin with `huiyin init`/);
    const data = `${folder}/data`;
    init(data);
    assert.match(run('init', '--data', data, '--pack', 'packs/petition-zh').err, /is a data directory already/);
    server = await serve(data);
    assert.match(run('fsck', '--data', data).err, /another huiyin works on/);
    await server.stop();
    server = undefined;
    rmSync(`${data}/keys/master.key`);
    assert.match(run('serve', '--data', data).err, /master\.key is missing/);
    writeFileSync(`${data}/keys/master.key`, 'no key\n', { mode: 0o600 });
    assert.equal(run('serve', '--data', data).code, 1);
  } finally {
    if (server) await server.kill();
    remove();
  }
});
