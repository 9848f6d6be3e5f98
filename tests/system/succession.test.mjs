// A log that cannot go on has a successor: an older copy is brought back, the server refuses it and names the way out; then it serves
// again, under another name and key, and everybody can tell what was lost: the auditor, the witness, who has a receipt.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';

import { ask, init, makeFolder, run, serve, startWitness } from './huiyin.mjs';
import { overHttp, verifyLog } from './verifier.mjs';

const patience = 30_000;

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
const look = (port, { reference, secret }, what = '') => ask(port, 'GET', `/api/v1/cases/${reference}${what}`, { headers: { Authorization: `Case ${secret}`, 'Accept-Language': 'en' } });
const receiptOf = async (port, filed) => (await look(port, filed, '/receipt')).json();
const witnessed = (port, filed) => until('a witnessed receipt', async () => {
  const receipt = await receiptOf(port, filed);
  return receipt.state === 'witnessed' ? receipt : undefined;
});
const placeOf = (receipt) => Number(/^index (\d+)$/m.exec(receipt.proof)[1]);
const headOf = (receipt) => receipt.proof.slice(receipt.proof.indexOf('\n\n') + 2);
const rootOfHead = (head) => head.split('\n')[2];

function verify(folder, receipt, ...args) {
  const name = path.join(folder, 'a.huiyin-receipt');
  writeFileSync(name, JSON.stringify(receipt));
  const done = run('verify', name, '--json', ...args);
  return { code: done.code, ...JSON.parse(done.out) };
}
function audit(source, ...args) {
  const said = run('audit', source, '--json', ...args);
  assert.notEqual(said.code, 2, said.err);
  return { code: said.code, ...JSON.parse(said.out) };
}

test('an older copy is brought back, and the log goes on honestly; then its key is changed', { timeout: 300_000 }, async () => {
  const disk = makeFolder();
  const { folder } = disk;
  const data = path.join(folder, 'data'), state = path.join(folder, 'audits'), policy = path.join(folder, 'policy');
  const running = [];
  const keep = (one) => (running.push(one), one);
  const url = (server, rest = '') => `http://127.0.0.1:${server.port}/log/demo${rest}`;
  const caughtUp = (server, rest, size) => until('the published figures', async () => {
    const answer = await ask(server.port, 'GET', `/log/demo${rest}/figures.json`);
    return answer.status === 200 && answer.json().size >= size;
  });
  try {
    init(data);
    let server = keep(await serve(data));
    const oldKey = (await ask(server.port, 'GET', '/log/demo/vkey')).text.trim();
    await server.stop();
    writeFileSync(policy, `localhost/demo/log1 ${oldKey}\n`);
    let witness = keep(await startWitness(path.join(folder, 'witness'), 'witness.example', policy));
    const { vkey: witnessKey } = witness;
    const vouched = () => ['--witness', `${witness.url} ${witnessKey}`];

    // One case that the copy holds, seen by an auditor; two that it does not, seen too.
    server = keep(await serve(data, ...vouched()));
    const survivor = await file(server.port, 'Before the copy.');
    await witnessed(server.port, survivor);
    await caughtUp(server, '', 1);
    assert.equal(audit(url(server), '--state', state).code, 0);
    await server.stop();
    const putBack = disk.copyDatabase(data);
    server = keep(await serve(data, ...vouched()));
    const lost = await file(server.port, 'After the copy.');
    await witnessed(server.port, await file(server.port, 'After the copy, too.'));
    await caughtUp(server, '', 3);
    assert.equal(audit(url(server), '--state', state).checkpoint.size, 3);
    await server.stop();

    putBack();
    await assert.rejects(() => serve(data, ...vouched()), /it went backwards.*huiyin succeed-log/);
    const succeed = (...args) => run('succeed-log', '--data', data, ...args);
    assert.match(succeed('--reason', 'key-rotation').err, /lacks 2 of the 3 entries/);
    const dry = succeed('--reason', 'restored', '--dry-run');
    assert.equal(dry.code, 0, dry.err);
    assert.match(dry.out, /log1 ends, and localhost\/demo\/log2 goes on[^]*LOST: the last 2 entries[^]*dry run/);
    const asked = succeed('--reason', 'restored', '--language', 'zh');
    assert.equal(asked.code, 1);
    assert.match(asked.out, /丢失：已经签名的最后 2 条记录[^]*没有确认/);
    await assert.rejects(() => serve(data), /it went backwards/); // nothing was changed
    const done = succeed('--reason', 'restored', '--yes');
    assert.equal(done.code, 0, done.err);
    const line = /^localhost\/demo\/log2 (localhost\/demo\/log2\+\S+)$/m.exec(done.out);
    assert.ok(line, done.out);
    const key = line[1];
    assert.match(run('fsck', '--data', data).out, /, 0 faults/);

    // The witness knows it once its policy says so: another name, from nothing on.
    await witness.stop();
    writeFileSync(policy, `localhost/demo/log1 ${oldKey}\n${line[0]}\n`);
    witness = keep(await startWitness(path.join(folder, 'witness'), 'witness.example', policy));
    server = keep(await serve(data, ...vouched()));

    const receipt = await witnessed(server.port, survivor);
    assert.equal(receipt.verifier_key, key);
    assert.equal(receipt.entry, survivor.receipt.entry);
    assert.equal(placeOf(receipt), placeOf(survivor.receipt) + 1);
    const trusted = ['--witness', witnessKey];
    assert.equal(verify(folder, receipt, '--vkey', key, ...trusted).code, 0);
    assert.equal(verify(folder, survivor.receipt, '--vkey', oldKey).code, 0, 'the old receipt stays proof of the old log');
    const fresh = await file(server.port, 'In the new log.');
    assert.equal(verify(folder, await witnessed(server.port, fresh), '--vkey', key, ...trusted).code, 0);
    const missing = await look(server.port, lost);
    assert.equal(missing.status, 404);
    assert.match(missing.text, /brought back from an older copy/);

    // Whoever asks at the old address is led on; a stranger's program finds the old roots in what is repeated.
    const gone = await ask(server.port, 'GET', '/log/demo/checkpoint');
    assert.deepEqual([gone.status, gone.headers.link], [410, '</log/demo/2/>; rel="successor-version"']);
    await caughtUp(server, '/2', 3);
    const read = await verifyLog(overHttp(url(server, '/2')), key);
    assert.deepEqual(read.problems, []);
    assert.deepEqual([read.entries[0].origin, read.entries[0].size, read.entries[0].kept, read.entries[0].reason], ['localhost/demo/log1', 3, 1, 'restored']);
    assert.equal(read.rootOfEntries(1, 1), rootOfHead(headOf(survivor.receipt)));

    const old = run('audit', url(server), '--state', state);
    assert.equal(old.code, 2);
    assert.match(old.err, new RegExp(`another one goes on from it. Audit ${url(server, '/2')} instead`));
    assert.match(run('audit', url(server, '/2'), '--state', state, '--vkey', key).out, /Of the 3 entries of localhost\/demo\/log1 that you had seen, 2 are gone/);
    const seen = audit(url(server, '/2'), '--state', state); // the new log's own state by now
    assert.deepEqual([seen.code, seen.begins_with_kept, seen.successions.length], [0, true, 1], JSON.stringify(seen));
    assert.match(run('audit', url(server, '/2'), '--language', 'zh').out, /接续 localhost\/demo\/log1/);
    await server.stop();

    const site = path.join(folder, 'site');
    assert.equal(run('export-log', '--data', data, site).code, 0);
    assert.equal(audit(site, '--state', state).code, 0);

    // And another key: nothing is lost, and the copy from just before does not start.
    const before = disk.copyDatabase(data);
    const rotated = succeed('--reason', 'key-rotation', '--yes');
    assert.equal(rotated.code, 0, rotated.err);
    assert.match(run('fsck', '--data', data).out, /, 0 faults/);
    assert.match(run('export-log', '--data', data, site).err, /holds the export of another log/);
    server = keep(await serve(data));
    const third = (await ask(server.port, 'GET', '/log/demo/3/vkey')).text.trim();
    assert.equal(placeOf(await receiptOf(server.port, survivor)), placeOf(survivor.receipt) + 2);
    await caughtUp(server, '/3', 4);
    const whole = audit(url(server, '/3'), '--state', state, '--vkey', third);
    assert.deepEqual([whole.code, whole.seen_before.seen, whole.seen_before.proved], [0, 3, 3], JSON.stringify(whole));
    assert.deepEqual((await verifyLog(overHttp(url(server, '/3')), third)).problems, []);
    await server.stop();
    before();
    await assert.rejects(() => serve(data), /was succeeded by localhost\/demo\/log3/);
  } finally {
    await Promise.all(running.map((one) => one.kill()));
    disk.remove();
  }
});
