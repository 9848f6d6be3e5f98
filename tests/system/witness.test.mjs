// Witnesses: two cosign over the network, one dies and the other is enough; receipts become witnessed and are verified by the
// program; a restored backup does not start, and no witness cosigns its fork.
import assert from 'node:assert/strict';
import { cpSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { ask, init, makeFolder, run, serve, startWitness } from './huiyin.mjs';

const patience = 30_000;

// What `look` gives as soon as it gives something.
async function until(what, look) {
  for (const end = Date.now() + patience; Date.now() < end; await pause(50)) {
    const found = await look();
    if (found) return found;
  }
  throw new Error(`waited in vain for ${what}`);
}

async function file(port, words) {
  const answer = await ask(port, 'POST', '/api/v1/cases', { body: { body: words } });
  assert.equal(answer.status, 201, answer.text);
  return answer.json();
}

const receiptOf = async (port, { reference, secret }) => (await ask(port, 'GET', `/api/v1/cases/${reference}/receipt`, { headers: { Authorization: `Case ${secret}` } })).json();
const witnessed = (port, filed) => until('a witnessed receipt', async () => {
  const receipt = await receiptOf(port, filed);
  return receipt.state === 'witnessed' ? receipt : undefined;
});
const headOf = (receipt) => receipt.proof.slice(receipt.proof.indexOf('\n\n') + 2);
const sizeOf = (head) => Number(head.split('\n')[1]);

function verify(folder, receipt, ...args) {
  const name = path.join(folder, 'a.huiyin-receipt');
  writeFileSync(name, JSON.stringify(receipt));
  const done = run('verify', name, '--json', ...args);
  return { code: done.code, ...JSON.parse(done.out) };
}

test('two witnesses vouch, one dies, and nobody can fork the log', { timeout: 180_000 }, async () => {
  const { folder, remove } = makeFolder();
  const running = [];
  const keep = (one) => (running.push(one), one);
  try {
    const data = path.join(folder, 'data');
    init(data);
    let server = keep(await serve(data));
    const first = await file(server.port, 'Before there were witnesses.');
    const key = first.receipt.verifier_key;
    assert.equal(first.receipt.state, 'signed');
    assert.deepEqual(verify(folder, first.receipt, '--vkey', key).findings, ['included', 'signed_by_log', 'disclosed']);
    assert.match((await ask(server.port, 'GET', '/en/witnesses')).text, /Nobody vouches for it yet/);
    await server.stop();
    const backup = path.join(folder, 'backup');
    cpSync(data, backup, { recursive: true });

    const policy = path.join(folder, 'policy');
    writeFileSync(policy, `# the town\nlocalhost/demo/log1 ${key}\n`);
    const one = keep(await startWitness(path.join(folder, 'one'), 'one.example', policy));
    const two = keep(await startWitness(path.join(folder, 'two'), 'two.example', policy));
    const witnesses = ['--witness', `${one.url} ${one.vkey}`, '--witness', `${two.url} ${two.vkey}`, '--witness-quorum', '1'];
    server = keep(await serve(data, ...witnesses));
    const second = await file(server.port, 'With two witnesses.');
    assert.equal(second.receipt.state, 'signed'); // nobody waits for a witness
    const receipt = await witnessed(server.port, second);
    const found = verify(folder, receipt, '--vkey', key, '--witness', one.vkey, '--witness', two.vkey);
    assert.equal(found.code, 0);
    assert.ok(found.findings.includes('witnessed'));
    await until('both on the page', async () => (await ask(server.port, 'GET', '/en/witnesses')).text.match(/Vouches for our log since/g)?.length === 2);

    await two.kill();
    const third = await file(server.port, 'With one witness.');
    const last = await witnessed(server.port, third);
    assert.deepEqual(verify(folder, last, '--vkey', key, '--witness', one.vkey).witnesses.map(({ name }) => name), ['one.example']);
    const again = await receiptOf(server.port, first); // the old receipt, refreshed
    assert.equal(again.state, 'witnessed');
    assert.equal(again.entry, first.receipt.entry);
    assert.equal(verify(folder, again, '--vkey', key, '--witness', one.vkey).code, 0);
    assert.deepEqual(await server.stop(), { code: 0, signal: null });

    // The backup is older than what the witness saw.
    await assert.rejects(() => serve(backup, ...witnesses), /vouched for \d+ entries of localhost\/demo\/log1/);
    // Without asking anybody it goes on to a history of its own, and no witness cosigns that.
    const fork = keep(await serve(backup));
    const size = sizeOf(headOf(last));
    let forked = headOf((await file(fork.port, 'A second history.')).receipt);
    while (sizeOf(forked) < size) forked = headOf((await file(fork.port, 'A second history.')).receipt);
    assert.equal(sizeOf(forked), size);
    const post = (body) => ask(one.port, 'POST', '/add-checkpoint', { body });
    const conflict = await post(`old 0\n\n${forked}`);
    assert.equal(conflict.status, 409);
    assert.equal(conflict.text, `${size}\n`);
    assert.equal(conflict.headers['content-type'], 'text/x.tlog.size');
    assert.equal((await post(`old ${size}\n\n${forked}`)).status, 422);
    assert.equal((await post(`old ${size}\n\n${headOf(last)}`)).status, 200); // the true one still
  } finally {
    await Promise.all(running.map((one) => one.kill()));
    remove();
  }
});

test('a witness says what is wrong with its policy, and keeps its folder to itself', { timeout: 60_000 }, async () => {
  const { folder, remove } = makeFolder();
  try {
    const policy = path.join(folder, 'policy');
    const start = (name = 'w.example') => run('witness', '--data', path.join(folder, 'w'), '--name', name, '--policy', policy, '--listen', '127.0.0.1:0');
    writeFileSync(policy, 'log.example/a\n\nlog.example/a nonsense\n');
    const faulty = start();
    assert.equal(faulty.code, 1);
    assert.match(faulty.err, /policy:1: expected '<origin> <verifier key>'/);
    assert.match(faulty.err, /policy:3: expected the verifier key of a log/);
    writeFileSync(policy, '# nobody\n');
    assert.match(start().err, /names no log/);
    writeFileSync(policy, 'log.example/town/log1 log.example/town/log1+c2963a07+Ac/if/TVHrk3nGbCguvpZUqjpJ5GfXOuwvLX+I+Wdfm0\n');
    const witness = await startWitness(path.join(folder, 'w'), 'w.example', policy);
    assert.match(start().err, /another huiyin works on/);
    await witness.stop();
    assert.match(start('other.example').err, /was made for 'w\.example'/);
  } finally {
    remove();
  }
});

test('serve says what is wrong with a witness before it serves', { timeout: 60_000 }, async () => {
  const { folder, remove } = makeFolder();
  try {
    const data = path.join(folder, 'data');
    init(data);
    const key = 'witness.example/reader+64b9a71a+BD7qkHN6ctshNzoEU1eu15GXKa+RvDO0O9jDiWZLBPmZ';
    const refused = (...args) => run('serve', '--data', data, '--listen', '127.0.0.1:0', ...args).err;
    assert.match(refused('--witness', 'nonsense'), /--witness: got 'nonsense', expected 'URL VKEY'/);
    assert.match(refused('--witness', 'http://127.0.0.1:1 nonsense'), /verifier key of a witness/);
    assert.match(refused('--witness', `http://127.0.0.1:1 ${key}`, '--witness-quorum', '2'), /--witness-quorum: got 2/);
    assert.match(refused('--witness', `http://127.0.0.1:1 ${key}`, '--witness', `http://127.0.0.1:2 ${key}`), /named twice/);
  } finally {
    remove();
  }
});
