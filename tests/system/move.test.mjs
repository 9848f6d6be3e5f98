// A site moves from SQLite to PostgreSQL and back: the running program, with real messages where they are at hand.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';

import { ask, init, makeDatabase, makeFolder, program, run, serve, source } from './huiyin.mjs';

const messages = path.join(source, '../shared/data/messages.jsonl');

const works = (...args) => {
  const done = run(...args);
  assert.equal(done.code, 0, done.out + done.err);
  return done;
};
const refused = (args, ...words) => {
  const done = run(...args);
  assert.equal(done.code, 1, done.out + done.err);
  for (const word of words) assert.ok(done.err.includes(word), `"${done.err}" does not say "${word}"`);
};
const rootOf = ({ out }) => /root ([0-9a-f]{64}), the same in both; writing paused for [0-9.]+ s/.exec(out)[1];
const entriesOf = ({ out }) => Number(/ (\d+) entries,/.exec(out)[1]);

// What a site went through is the same whatever it holds.
async function journey(data, one, other) {
  const there = ['--data', data, '--database', one.url], back = ['--data', data, '--database', other.url];
  const addUser = ['user', 'add', '--data', data, '--login', 'x', '--name', 'x', '--role', 'steward'];

  const first = works('move', '--data', data, '--to', one.url);
  assert.match(first.err, /demo: writing pauses, reading goes on\n/);
  assert.match(first.err, /demo: written from now on in postgresql:/);
  assert.match(first.out, /write `database = "\.\.\."` into .*huiyin\.toml/);
  for (const args of [['serve', '--data', data], addUser]) refused(args, 'nothing is written here any more', one.shown);
  works('fsck', '--data', data);
  works('fsck', ...there);
  assert.match(works('move', '--data', data, '--to', one.url).out, /already: nothing was left to do/);

  // Back, unchanged: the old file must be put aside first.
  refused(['move', ...there, '--to', 'sqlite'], 'it was moved to', 'aside first');
  for (const end of ['', '-wal', '-shm'].filter((end) => existsSync(`${data}/huiyin.db${end}`)))
    renameSync(`${data}/huiyin.db${end}`, `${data}/old.db${end}`);
  const second = works('move', ...there, '--to', 'sqlite');
  assert.equal(rootOf(second), rootOf(first));
  works('fsck', '--data', data);
  refused(['serve', ...there], 'nothing is written here any more', `${data}/huiyin.db`);

  // On to another database, with the settings in the file; and something new is filed there.
  assert.equal(rootOf(works('move', '--data', data, '--to', other.url)), rootOf(first));
  writeFileSync(`${data}/huiyin.toml`, `database = "${other.url}"\n`);
  const server = await serve(data);
  const filed = await ask(server.port, 'POST', '/api/v1/cases', { body: { body: '搬家以后的第一件。' } });
  const ended = await server.stop();
  assert.equal(filed.status, 201, filed.text);
  assert.deepEqual(ended, { code: 0, signal: null });

  renameSync(`${data}/huiyin.db`, `${data}/older.db`);
  const last = works('move', '--data', data, '--to', 'sqlite');
  assert.notEqual(rootOf(last), rootOf(first));
  assert.equal(entriesOf(last), entriesOf(first) + 1);
  assert.match(last.out, /take `database = \.\.\.` out of/);
  works('fsck', ...back);
  writeFileSync(`${data}/huiyin.toml`, '');
  works('fsck', '--data', data);
  const again = await serve(data);
  const { reference, secret } = filed.json();
  const read = await ask(again.port, 'GET', `/api/v1/cases/${reference}`, { headers: { Authorization: `Case ${secret}` } });
  await again.stop();
  assert.equal(read.status, 200);
  assert.ok(read.text.includes('搬家以后的第一件'));
  return first;
}

// The journey with two databases, and what they are called to people.
async function travel(prepare) {
  const disk = makeFolder(), databases = [makeDatabase(), makeDatabase()];
  for (const database of databases) database.shown = new URL(database.url).pathname;
  try {
    const data = `${disk.folder}/data`;
    init(data);
    prepare(data);
    return await journey(data, ...databases);
  } finally {
    for (const database of databases) database.drop();
    disk.remove();
  }
}

test('a small site moves there and back, and each old place says where it went', async () => {
  await travel(() => {});
});

test('a site with real messages moves there and back', { skip: !existsSync(messages) && 'the messages are not at hand' }, async () => {
  const first = await travel((data) => run('import', '--data', data, '--map', 'maps/messages.yaml', '--in', messages, '--report', `${data}/report`));
  assert.ok(entriesOf(first) > 7000, first.out);
});

// Whether a log may be written, in every place where it is: its mark, or 'open'.
const marks = (data, database) => {
  const sql = "SELECT coalesce(moved_to, 'open') FROM log_head";
  const file = spawnSync('sqlite3', ['-readonly', `${data}/huiyin.db`, sql], { encoding: 'utf8' }).stdout.trim();
  return [file, database.ask("SELECT to_regclass('log_head')") && database.ask(sql)];
};

test('killed while it moves, it leaves one place at most that may be written, and the next one ends it', async () => {
  const disk = makeFolder(), database = makeDatabase();
  try {
    const data = `${disk.folder}/data`;
    init(data);
    for (let round = 0; round < 5; ++round) {
      const child = spawn(program, ['move', '--data', data, '--to', database.url], { cwd: source, stdio: ['ignore', 'ignore', 'pipe'] });
      const ended = new Promise((resolve) => child.on('exit', resolve));
      child.stderr.once('data', () => child.kill('SIGKILL')); // writing pauses
      await ended;
      assert.ok(marks(data, database).filter((mark) => mark === 'open').length <= 1, `${marks(data, database)}`);
    }
    works('move', '--data', data, '--to', database.url);
    assert.deepEqual(marks(data, database).map((mark) => mark === 'open'), [false, true]);
    works('fsck', '--data', data, '--database', database.url);
  } finally {
    database.drop();
    disk.remove();
  }
});

test('what cannot be moved is refused before anything is written', () => {
  const disk = makeFolder(), database = makeDatabase();
  try {
    const data = `${disk.folder}/data`;
    init(data);
    assert.equal(run('move', '--data', data, '--to', 'mysql://x').code, 2);
    refused(['move', '--data', data, '--to', 'sqlite'], 'it lies in', 'already');
    refused(['move', '--data', data, '--to', `${database.url}&password=geheim&port=1`], 'cannot be reached');
    const { err } = run('move', '--data', data, '--to', `${database.url}&password=geheim&port=1`);
    assert.ok(!err.includes('geheim'), err);
    works('fsck', '--data', data);
  } finally {
    database.drop();
    disk.remove();
  }
});

test('migrate says what a database holds, and needs Citus to spread it', (t) => {
  const disk = makeFolder(), database = makeDatabase();
  try {
    const data = `${disk.folder}/data`;
    init(data);
    assert.match(works('migrate', '--data', data).out, /0001_begin\.sql\n[^]*A program of schema \d+ or later may use it/);
    refused(['migrate', '--data', data, '--distribute'], 'only a PostgreSQL database with the extension Citus');
    works('move', '--data', data, '--to', database.url);
    const there = ['--data', data, '--database', database.url];
    assert.match(works('migrate', ...there).out, /0001_begin\.sql/);
    if (database.ask("SELECT 1 FROM pg_available_extensions WHERE name = 'citus'")) return t.skip('not verified: this server has Citus');
    refused(['migrate', ...there, '--distribute'], 'the extension Citus is not in this database', 'nothing was changed', 'PostgreSQL alone serves');
    works('fsck', ...there);
  } finally {
    database.drop();
    disk.remove();
  }
});
