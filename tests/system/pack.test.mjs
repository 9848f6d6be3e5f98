// Another pack comes into force: what runs keeps its terms, what begins gets the new ones, and nobody's case loses its place.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { ask, init, makeDatabase, makeFolder, program, run, serve, signIn, source } from './huiyin.mjs';

const shipped = path.join(source, 'packs/petition-zh');
const day = 86_400_000;

// A copy of the shipped pack with some words of its files replaced: edits = { 'limits.yaml': [[from, to], ...] }.
function makePack(folder, edits) {
  cpSync(shipped, folder, { recursive: true });
  for (const [file, replacements] of Object.entries(edits)) {
    let text = readFileSync(path.join(folder, file), 'utf8');
    for (const [from, to] of replacements) {
      assert.ok(text.includes(from), `${file} does not hold ${from}`);
      text = text.replace(from, to);
    }
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}
const shorter = { 'limits.yaml': [['amount: 60', 'amount: 45']] };

function says(code, args, ...words) {
  const done = run(...args);
  assert.equal(done.code, code, done.out + done.err);
  for (const word of words) assert.ok((done.out + done.err).includes(word), `"${done.out + done.err}" does not say "${word}"`);
  return done;
}

// A case that is accepted now; its limit to be finished, in days.
async function accepted(port, logins, category = 'house-demolition') {
  const filed = (await ask(port, 'POST', '/api/v1/cases', { body: { body: '安置房一直没有交付。', category } })).json();
  const dispatcher = await signIn(port, 'dispatcher', logins.dispatcher);
  const done = await ask(port, 'POST', `/api/v1/cases/${filed.reference}/accept`, { headers: dispatcher, body: { version: 1 } });
  assert.equal(done.status, 200, done.text);
  return filed;
}
async function finishDays(port, { reference, secret }) {
  const found = (await ask(port, 'GET', `/api/v1/cases/${reference}`, { headers: { Authorization: `Case ${secret}` } })).json();
  const clock = found.clocks.find(({ rule }) => rule === 'finish');
  return Math.floor((Date.parse(clock.due_at) - Date.parse(clock.started_at)) / day);
}

test('a changed limit holds for new cases and not for those under way', { timeout: 120_000 }, async () => {
  const { folder, remove } = makeFolder();
  try {
    const data = `${folder}/data`, logins = init(data), fresh = makePack(`${folder}/fresh`, shorter);
    const apply = ['pack', 'apply', '--data', data, fresh];
    let server = await serve(data);
    const old = await accepted(server.port, logins);
    says(1, [...apply, '--yes'], 'another huiyin works on', 'stop it first');
    says(2, ['pack', 'diff', '--data', data, fresh], 'another huiyin works on');
    await server.stop();

    says(1, ['pack', 'diff', '--data', data, fresh], 'its length: was 60 calendar days, is now 45 calendar days', 'clocks that run keep');
    says(1, apply, 'Put this pack in force?', 'Nothing was changed.');
    const asked = spawnSync(program, [...apply, '--language', 'zh'], { cwd: source, encoding: 'utf8', input: 'yes\n' });
    assert.equal(asked.status, 0, asked.stdout + asked.stderr);
    assert.match(asked.stdout, /原为“60 日”，现为“45 日”/);
    const [, after, before] = /现在启用：([0-9a-f]{64})（原来的是 ([0-9a-f]{64})/.exec(asked.stdout);
    assert.notEqual(after, before);
    says(0, ['pack', 'diff', '--data', data, fresh], 'There is no difference.');
    says(0, apply, 'in force already', after);

    server = await serve(data);
    const next = await accepted(server.port, logins);
    assert.equal(await finishDays(server.port, old), 60);
    assert.equal(await finishDays(server.port, next), 45);
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
    says(0, ['fsck', '--data', data], ' 0 faults');
  } finally {
    remove();
  }
});

test('faults are named, and no open case loses its category or its unit', { timeout: 120_000 }, async () => {
  const { folder, remove } = makeFolder();
  try {
    const data = `${folder}/data`, logins = init(data);
    const server = await serve(data);
    const filed = await accepted(server.port, logins);
    await server.stop();
    const without = makePack(`${folder}/without`, { 'categories.yaml': [['- code: house-demolition\n', '- code: rehousing\n']] });
    const answer = says(1, ['pack', 'apply', '--data', data, '--yes', without], 'Gone: category “Homes taken and rehousing” (house-demolition)', 'New: category “Homes taken and rehousing” (rehousing)',
      'Open cases stand in the category “house-demolition”', 'Nothing was changed');
    assert.ok(answer.out.includes(filed.reference));
    says(1, ['pack', 'diff', '--data', data, without], 'Open cases stand in the category “house-demolition”');

    const faulty = makePack(`${folder}/faulty`, { 'limits.yaml': [['amount: 60', 'amount: soon']] });
    for (const [code, args] of [[1, ['apply', '--data', data, '--yes', faulty]], [2, ['diff', '--data', data, faulty]], [2, ['diff', shipped, faulty]]])
      says(code, ['pack', ...args], 'limits.yaml:', '.amount: found “soon”', '1 fault');
    says(0, ['pack', 'diff', '--data', data, shipped]);
    says(1, ['pack', 'diff', shipped, without]);
    says(2, ['pack', 'diff', without], '--data');
  } finally {
    remove();
  }
});

test('a pack in the form of an older program is not served, and another one can take its place', { timeout: 120_000 }, async () => {
  const { folder, remove } = makeFolder();
  try {
    const data = `${folder}/data`;
    init(data);
    const old = '{"categories":[{"code":"noise"}],"units":[{"code":"housing"}],"zone":"Asia/Shanghai"}';
    const hash = createHash('sha256').update(old).digest('hex');
    const sql = `INSERT INTO pack (jurisdiction, hash, json) VALUES (1, x'${hash}', '${old}'); UPDATE jurisdiction SET pack = x'${hash}'`;
    const done = spawnSync('sqlite3', [`${data}/huiyin.db`, sql], { encoding: 'utf8' });
    assert.equal(done.status, 0, done.stderr);
    for (const args of [['serve'], ['fsck']]) says(1, [...args, '--data', data], 'a form of an older program', 'huiyin pack apply');
    says(0, ['pack', 'apply', '--data', data, '--yes', shipped], 'cannot be told in detail', `before: ${hash}`);
    const server = await serve(data);
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
    says(0, ['fsck', '--data', data], ' 0 faults');
  } finally {
    remove();
  }
});

test('on PostgreSQL it comes into force beside a node at work, which goes on with the old one', { timeout: 120_000 }, async () => {
  const { folder, remove } = makeFolder(), database = makeDatabase();
  const nodes = [];
  try {
    const place = (name) => ['--database', database.url, '--keys', `${folder}/one/keys`].concat(name ? ['--data', `${folder}/${name}`] : []);
    const logins = init(`${folder}/one`, '--database', database.url), fresh = makePack(`${folder}/fresh`, shorter);
    nodes.push(await serve(`${folder}/one`, ...place()));
    says(0, ['pack', 'apply', ...place('two'), '--yes', fresh], 'In force: ', 'restart each one now');
    const old = await accepted(nodes[0].port, logins);
    assert.equal(await finishDays(nodes[0].port, old), 60);
    nodes.push(await serve(`${folder}/two`, ...place()));
    assert.equal(await finishDays(nodes[1].port, await accepted(nodes[1].port, logins)), 45);
    assert.equal(await finishDays(nodes[1].port, old), 60);
    for (const node of nodes) assert.deepEqual(await node.stop(), { code: 0, signal: null });
    says(0, ['fsck', ...place('one')], ' 0 faults');
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    database.drop();
    remove();
  }
});
