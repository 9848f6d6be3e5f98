// What the system tests share: a data directory, the release program at work on it, requests to it.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';

export const program = process.env.HUIYIN ?? path.resolve('build/release/huiyin');
export const source = path.resolve(import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname), '../..');

delete process.env.HUIYIN_DATABASE; // what the developer's shell names is not for tests

// A folder for a test's data directories. With HUIYIN_TEST_STORE=postgres also a fresh database in the server that
// HUIYIN_TEST_POSTGRES names, on which everything that is run works until remove().
export function makeFolder() {
  const folder = mkdtempSync(path.join(tmpdir(), 'huiyin-system-'));
  const database = process.env.HUIYIN_TEST_STORE === 'postgres' ? makeDatabase() : null;
  if (database) process.env.HUIYIN_DATABASE = database.url;
  return {
    folder,
    // A copy of the database of `data`, which nobody has open; what it gives puts it back in place of a newer one.
    copyDatabase: (data) => (database ? database.copy() : copyFiles(data)),
    remove: () => {
      if (database) delete process.env.HUIYIN_DATABASE;
      database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function copyFiles(data) {
  const names = () => readdirSync(data).filter((name) => name.startsWith('huiyin.db'));
  const kept = names().map((name) => [name, readFileSync(path.join(data, name))]);
  return () => {
    for (const name of names()) rmSync(path.join(data, name));
    for (const [name, bytes] of kept) writeFileSync(path.join(data, name), bytes, { mode: 0o600 });
  };
}

let databases = 0;

// A fresh database on PostgreSQL: { url, ask(sql), drop() }.
export function makeDatabase() {
  const server = process.env.HUIYIN_TEST_POSTGRES;
  if (!server) throw new Error('HUIYIN_TEST_POSTGRES names no server; ./dev test starts one');
  const name = `test_${process.pid}_${++databases}`;
  const url = new URL(server);
  url.pathname = name;
  psql(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  const drop = (which) => psql(server, `DROP DATABASE ${which} WITH (FORCE)`);
  const copies = [];
  const copy = () => {
    const kept = `${name}_copy_${copies.length}`;
    psql(server, `CREATE DATABASE ${kept} TEMPLATE ${name}`);
    copies.push(kept);
    return () => {
      drop(name);
      psql(server, `CREATE DATABASE ${name} TEMPLATE ${kept}`);
    };
  };
  return { url: url.href, ask: (sql) => psql(url.href, sql), copy, drop: () => [name, ...copies].forEach(drop) };
}

// What psql says: rows without decoration, a line each.
function psql(url, sql) {
  const done = spawnSync('psql', ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align', '--set=ON_ERROR_STOP=1', `--dbname=${url}`, `--command=${sql}`], { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`psql: ${done.error ?? done.stderr}`);
  return done.stdout.trim();
}

export function run(...args) {
  const done = spawnSync(program, args, { cwd: source, encoding: 'utf8' });
  return { code: done.status, out: done.stdout, err: done.stderr };
}

export function init(data, ...args) {
  const done = run('init', '--data', data, '--pack', 'packs/petition-zh', '--jurisdiction', 'demo', '--origin', 'localhost', '--demo-users', ...args);
  if (done.code !== 0) throw new Error(`init failed: ${done.err}`);
  const logins = readFileSync(path.join(data, 'demo-logins.txt'), 'utf8').trim().split('\n').map((line) => line.split(' '));
  return Object.fromEntries(logins.map(([login, password]) => [login, password]));
}

// One more account, beside the demonstration ones; its password.
export function addUser(data, login, role, unit) {
  const password = 'a password for the tests';
  const args = ['user', 'add', '--data', data, '--login', login, '--name', login, '--role', role, ...(unit ? ['--unit', unit] : [])];
  const done = spawnSync(program, args, { cwd: source, encoding: 'utf8', input: `${password}\n` });
  if (done.status !== 0) throw new Error(`user add failed: ${done.stderr}`);
  return password;
}

// Serves `data` on a free port until stop() or kill().
export function serve(data, ...args) {
  return start(program, data, ...args);
}

// The same by another build of the program.
export function start(binary, data, ...args) {
  return launch(binary, 'serve', '--data', data, '--listen', '127.0.0.1:0', ...args);
}

// A witness with its data in `data` for the logs that the file `policy` names; with the key it prints as vkey.
export async function startWitness(data, name, policy, listen = '127.0.0.1:0') {
  const witness = await launch(program, 'witness', '--data', data, '--name', name, '--policy', policy, '--listen', listen);
  return { ...witness, vkey: /^ {2}(\S+\+[0-9a-f]{8}\+\S+)$/m.exec(witness.said())[1], url: `http://127.0.0.1:${witness.port}` };
}

// A command that serves until it is told to stop, once it says where.
async function launch(binary, ...words) {
  const child = spawn(binary, words, { cwd: source, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '', err = '';
  child.stderr.on('data', (bytes) => { err += bytes; });
  const ended = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
  const port = await new Promise((resolve, reject) => {
    child.stdout.on('data', (bytes) => {
      out += bytes;
      const found = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(out);
      if (found && out.endsWith('Ctrl-C stops it.\n')) resolve(Number(found[1]));
    });
    ended.then(({ code, signal }) => reject(new Error(`the server ended (${code ?? signal}) before it served:\n${err}`)));
  });
  return {
    port,
    said: () => out,
    log: () => err,
    ended,
    signal: (name) => child.kill(name),
    kill: () => { child.kill('SIGKILL'); return ended; },
    stop: () => { child.kill('SIGTERM'); return ended; },
  };
}

// One request; the answer with its status, headers and text. Rejects when the connection breaks.
export function ask(port, method, target, { headers = {}, body, agent } = {}) {
  const text = body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const all = { ...(text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }), ...headers };
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, method, path: target, headers: all, agent }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const whole = Buffer.concat(parts).toString('utf8');
        resolve({ status: answer.statusCode, headers: answer.headers, text: whole, json: () => JSON.parse(whole) });
      });
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

// Each answered submission is there once, with its words: [{ reference, secret, words }].
export async function assertAllThere(port, answered, agent) {
  assert.equal(new Set(answered.map(({ reference }) => reference)).size, answered.length);
  for (const { reference, secret, words } of answered) {
    const found = await ask(port, 'GET', `/api/v1/cases/${reference}`, { headers: { Authorization: `Case ${secret}` }, agent });
    assert.equal(found.status, 200, `${reference} was answered and is not there: ${found.text}`);
    assert.equal(found.json().body, words);
  }
}

export async function signIn(port, login, password) {
  const answer = await ask(port, 'POST', '/api/v1/session', { body: { login, password } });
  if (answer.status !== 201) throw new Error(`sign-in: ${answer.status} ${answer.text}`);
  return { Cookie: answer.headers['set-cookie'][0].split(';')[0], 'X-CSRF-Token': answer.json().csrf_token };
}

// The day in the demonstration's town (UTC+8 all year), so many days from now: 2026-03-01. Not by a locale: these write days as
// their version pleases.
export const townDay = (days = 0) => new Date(Date.now() + (24 * days + 8) * 3_600_000).toISOString().slice(0, 10);
