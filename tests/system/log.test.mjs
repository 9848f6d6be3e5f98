// The public log, served and exported, held by a verifier of another make; and what it says when somebody meddles with a byte.
import assert from 'node:assert/strict';
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';

import { ask, init, makeFolder, run, serve, signIn } from './huiyin.mjs';
import { inFolder, overHttp, verifyLog } from './verifier.mjs';

const cases = 12;
let disk, server, port, logins, vkey;
const data = () => `${disk.folder}/data`;
const site = () => `${disk.folder}/site/log`;

before(async () => {
  disk = makeFolder();
  logins = init(data());
  server = await serve(data());
  port = server.port;
  await live();
});
after(async () => {
  await server?.kill();
  disk.remove();
});

const act = (reference, name, headers, body) => ask(port, 'POST', `/api/v1/cases/${reference}/${name}`, { headers, body });
async function done(reference, name, headers, body) {
  const answer = await act(reference, name, headers, body);
  assert.equal(answer.status, 200, `${name}: ${answer.text}`);
}

// Cases of one unit in this month, more than a cell needs, so that the log has more than one tile; one with nobody, and a sealed one.
async function live() {
  const dispatcher = await signIn(port, 'dispatcher', logins.dispatcher), officer = await signIn(port, 'officer-housing', logins['officer-housing']);
  for (let i = 0; i < cases; ++i) {
    const filed = (await ask(port, 'POST', '/api/v1/cases', { body: { body: `秘密的话：第 ${i} 件。`, category: 'urban-rural' } })).json();
    await done(filed.reference, 'accept', dispatcher, { version: 1 });
    await done(filed.reference, 'assign', dispatcher, { version: 2, unit: 'housing' });
    await done(filed.reference, 'start', officer, { version: 3 });
    for (let version = 4; version < 24; ++version) await done(filed.reference, 'note', officer, { version, words: '秘密的话：查看现场。' });
    await done(filed.reference, 'answer', officer, { version: 24, words: '已修好。' });
    if (i > 2) continue;
    const no = { version: 25, contacted: true, solved: false, satisfaction: 'not_satisfied' };
    await done(filed.reference, 'rate', { Authorization: `Case ${filed.secret}` }, no);
  }
  assert.equal((await ask(port, 'POST', '/api/v1/cases', { body: { body: '还没有人管。' } })).status, 201);
  vkey = (await ask(port, 'GET', '/log/demo/vkey')).text;
}

// The figures follow the checkpoint within a second or two.
async function caughtUp() {
  const size = Number((await ask(port, 'GET', '/log/demo/checkpoint')).text.split('\n')[1]);
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const answer = await ask(port, 'GET', '/log/demo/figures.json');
    if (answer.status === 200 && answer.json().size === size) return answer;
    if (answer.status !== 200) assert.equal(answer.status, 503, answer.text);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail('the figures never came to the published head');
}

test('what is served is proven from itself alone, figures and all', async () => {
  const figures = (await caughtUp()).json();
  const { size, problems } = await verifyLog(overHttp(`http://127.0.0.1:${port}/log/demo`), vkey);
  assert.deepEqual(problems, []);
  assert.ok(size > 256, `${size} entries`);
  const row = figures.cells.find(({ unit }) => unit !== null);
  assert.equal(row.received, cases);
  assert.equal(row.answered, cases);
  assert.equal(row.returned, 3);
  assert.equal(row.on_time, cases);
  assert.equal(row.median_days, '0.0');
  assert.deepEqual(figures.cells.filter(({ unit }) => unit === null).map(({ received, disclosed }) => [received, disclosed]), [[1, false]]);
  for (const file of ['tile/entries/000', `disclosures/${row.month}.jsonl`, 'figures.json'])
    assert.ok(!(await ask(port, 'GET', `/log/demo/${file}`)).text.includes('秘密'), file);
});

test('any page may read it, and its refusals', async () => {
  for (const [name, status] of [['checkpoint', 200], ['tile/0/000', 200], ['tile/0/999', 404], ['disclosures/1999-01.jsonl', 404], ['disclosures/1999-01.jsonl?from=x', 400], ['nothing', 404]]) {
    const answer = await ask(port, 'GET', `/log/demo/${name}`);
    assert.equal(answer.status, status, name);
    assert.equal(answer.headers['access-control-allow-origin'], '*', name);
    const head = await ask(port, 'HEAD', `/log/demo/${name}`);
    assert.deepEqual([head.status, head.text, head.headers['content-length']], [status, '', answer.headers['content-length']], name);
  }
});

// As soon as `look` gives something.
async function until(what, look) {
  for (const end = Date.now() + 30_000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 100))) if (await look()) return;
  assert.fail(`waited in vain for ${what}`);
}

// What the program's own audit says: { code, ...JSON }.
function audit(source, ...args) {
  const said = run('audit', source, '--json', ...args);
  assert.notEqual(said.code, 2, said.err);
  return { code: said.code, ...JSON.parse(said.out) };
}

test('an audit over the network finds nothing wrong, and the next one that the log goes on', { timeout: 120_000 }, async () => {
  const url = `http://127.0.0.1:${port}/log/demo`, state = `${disk.folder}/audits`;
  const first = audit(url, '--state', state);
  assert.deepEqual([first.code, first.counts, first.whole, first.key_from], [0, {}, true, 'log']);
  assert.ok(first.read.entries > 256 && first.read.disclosed_entries > 256 && first.read.records === cases + 1, JSON.stringify(first.read));
  assert.equal((await ask(port, 'POST', '/api/v1/cases', { body: { body: '又来一件。', category: 'urban-rural' } })).status, 201);
  await caughtUp();
  const second = audit(url, '--state', state, '--vkey', vkey.trim());
  assert.deepEqual([second.code, second.begins_with_kept, second.was_kept], [0, true, true], JSON.stringify(second));
  assert.equal(second.kept.size, first.checkpoint.size);
  assert.ok(second.checkpoint.size > first.checkpoint.size);
  assert.match(run('audit', url, '--language', 'zh').out, /全部属实，没有发现问题。/);
  assert.equal(run('audit', `http://127.0.0.1:${port}/log/nowhere`).code, 2);
});

const filesOf = (folder) => readdirSync(folder, { recursive: true }).filter((name) => statSync(path.join(folder, name)).isFile()).sort();

test('the export is the same, byte for byte, and any web server can serve it', { timeout: 120_000 }, async () => {
  await caughtUp();
  if (!process.env.HUIYIN_DATABASE) assert.match(run('export-log', '--data', data(), site()).err, /another huiyin works on/);
  const served = {};
  for (const name of ['checkpoint', 'vkey', 'figures.json']) served[name] = (await ask(port, 'GET', `/log/demo/${name}`)).text;
  await server.stop();
  const first = run('export-log', '--data', data(), site());
  assert.equal(first.code, 0, first.err);
  for (const [name, text] of Object.entries(served)) assert.equal(readFileSync(path.join(site(), name), 'utf8'), text, name);
  assert.deepEqual((await verifyLog(inFolder(site()), vkey)).problems, []);
  const audited = audit(site(), '--state', `${disk.folder}/audits`);
  assert.deepEqual([audited.code, audited.begins_with_kept], [0, true], 'the same log as the one that was served');
  assert.match(run('export-log', '--data', data(), site()).out, /0 files written/);
  rmSync(path.join(site(), 'checkpoint'));
  assert.equal(run('export-log', '--data', data(), site()).code, 0);
  assert.deepEqual((await verifyLog(inFolder(site()), vkey)).problems, []);
  assert.match(run('export-log', '--data', data(), disk.folder).err, /is not empty and holds no export/);
  assert.match(run('export-log', '--data', data(), '--jurisdiction', 'nowhere', site()).err, /got 'nowhere'/);
  assert.equal(statSync(path.join(site(), 'tile/0/000')).mode & 0o044, 0o044, 'for everybody to read');
});

test('a byte that is not as it was is named, wherever it stands', { timeout: 120_000 }, async () => {
  const meddled = `${disk.folder}/meddled`;
  const names = filesOf(site());
  const bundle = names.find((name) => name.startsWith('tile/entries/001')), month = names.find((name) => name.startsWith('disclosures/'));
  const flip = (name, at) => {
    const bytes = readFileSync(path.join(meddled, name));
    bytes[at < 0 ? bytes.length + at : at] ^= 1;
    writeFileSync(path.join(meddled, name), bytes);
  };
  const edit = (name, change) => writeFileSync(path.join(meddled, name), change(readFileSync(path.join(meddled, name), 'utf8')));
  for (const [what, meddle, said, named] of [
    ['an entry', () => flip('tile/entries/000', 300), /do not lead to the root|does not fit/, 'tile_differs'],
    ['the last entry', () => flip(bundle, -3), /do not lead to the root|does not fit/, 'tile_differs'],
    ['a length in a bundle', () => flip('tile/entries/000', 0), /tile\/entries\/000/, 'file_malformed'],
    ['a tile', () => flip('tile/0/000', 77), /^tile\/0\/000 does not fit the entries$/, 'tile_differs'],
    ['the tile above', () => flip('tile/1/000.p/1', 5), /^tile\/1\/000\.p\/1 does not fit the entries$/, 'tile_differs'],
    ['the root', () => edit('checkpoint', (text) => text.replace(/\n(.)(.*)=\n/, (_, first, rest) => `\n${first === 'A' ? 'B' : 'A'}${rest}=\n`)), /signature of the checkpoint is wrong/, 'signature_wrong'],
    ['the size', () => edit('checkpoint', (text) => text.replace(/\n(\d+)\n/, (_, size) => `\n${size - 1}\n`)), /signature of the checkpoint is wrong/, 'signature_wrong'],
    ['the rules', () => flip(names.find((name) => name.startsWith('packs/')), 9), /^packs\/.* has another hash$/, 'pack_differs'],
    ['a disclosure', () => edit(month, (text) => text.replace(/"(Wy.{20})(.)/, (_, before, letter) => `"${before}${letter === 'A' ? 'B' : 'A'}`)), /does not belong to entry 0/, 'disclosure_'],
    ['a line of them taken away', () => edit(month, (text) => text.slice(text.indexOf('\n') + 1)), /entry 0 is missing/, 'disclosure_missing'],
    ['a figure', () => edit('figures.json', (text) => text.replace('"returned":3', '"returned":2')), /figures\.json does not say/, 'figure_differs'],
  ]) {
    rmSync(meddled, { recursive: true, force: true });
    cpSync(site(), meddled, { recursive: true });
    meddle();
    const { problems } = await verifyLog(inFolder(meddled), vkey);
    assert.ok(problems.some((problem) => said.test(problem)), `${what}: ${problems.join('; ') || 'nothing was found'}`);
    const audited = audit(meddled, '--vkey', vkey.trim());
    assert.equal(audited.code, 1, what);
    assert.ok(audited.findings.some(({ what: fault }) => fault.startsWith(named)), `${what}: ${JSON.stringify(audited.counts)}`);
  }
});

test('a log that was put back to an older copy is caught, and what goes on from there', { timeout: 120_000 }, async () => {
  const old = makeFolder(), state = `${old.folder}/audits`, data = `${old.folder}/data`;
  let running;
  const file = async () => assert.equal((await ask(running.port, 'POST', '/api/v1/cases', { body: { body: '路灯不亮。' } })).status, 201);
  const audited = () => audit(`http://127.0.0.1:${running.port}/log/demo`, '--state', state);
  try {
    init(data);
    running = await serve(data);
    await file();
    await running.stop();
    if (process.env.HUIYIN_DATABASE) return; // its copy is the database's own
    cpSync(data, `${old.folder}/copy`, { recursive: true });
    running = await serve(data);
    await file();
    await until('a good audit', () => audited().code === 0);
    await running.stop();
    running = await serve(`${old.folder}/copy`);
    const back = audited();
    assert.equal(back.counts.went_back, 1, JSON.stringify(back));
    for (const name of ['kept-checkpoint', 'shown-checkpoint', 'vkey']) assert.ok(statSync(path.join(back.evidence, name)).size > 0, name);
    await file();
    await file();
    const forked = audited();
    assert.deepEqual([forked.code, forked.counts.forked, forked.was_kept], [1, 1, false], JSON.stringify(forked));
    assert.match(run('audit', `http://127.0.0.1:${running.port}/log/demo`, '--state', state).out, /its history was rewritten/);
  } finally {
    await running?.kill();
    old.remove();
  }
});
