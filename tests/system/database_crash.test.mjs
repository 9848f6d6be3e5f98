// PostgreSQL crashes under load and comes back: whoever asks meanwhile waits or is told so, the server goes on by itself, and every answered
// submission is there.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Agent } from 'node:http';
import { after, before, test } from 'node:test';

import { ask, assertAllThere, init, makeFolder, run, serve, source } from './huiyin.mjs';

const rounds = 5;
const connections = 8;
const answersARound = 40;

function postgres(...words) {
  const done = spawnSync('tools/postgres', words, { cwd: source, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout.trim();
}

let disk, place;

before(() => {
  place = makeFolder();
  process.env.HUIYIN_TEST_POSTGRES = postgres('start', place.folder, '--durable');
  process.env.HUIYIN_TEST_STORE = 'postgres';
  disk = makeFolder();
});
after(() => {
  try {
    disk?.remove();
  } finally {
    postgres('stop', place.folder);
  }
});

test('PostgreSQL crashes under load, five times: no answer but 201 and 503, every answered submission is there, fsck clean', { timeout: 300_000 }, async () => {
  const data = `${disk.folder}/data`;
  init(data);
  const server = await serve(data);
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  const answered = [];
  let more = true, enough = () => {};
  // Until it is told to stop. Whatever is no 201 is a clear word.
  const load = async () => {
    while (more) {
      const body = { body: `第 ${answered.length} 件：路灯坏了。` };
      const answer = await ask(server.port, 'POST', '/api/v1/cases', { body, agent });
      if (answer.status === 201) {
        answered.push({ ...answer.json(), words: body.body });
        enough();
      } else {
        assert.equal(answer.status, 503, answer.text);
        assert.match(answer.headers['content-type'], /problem\+json/);
      }
    }
  };
  const reached = (count) => new Promise((resolve) => { enough = () => { if (answered.length >= count) resolve(); }; enough(); });
  try {
    const loads = Promise.all(Array.from({ length: connections }, load));
    for (let round = 0; round < rounds; ++round) {
      await Promise.race([reached(answered.length + answersARound), loads]);
      postgres('crash', place.folder);
      const { reference, secret } = answered.at(-1);
      const away = await ask(server.port, 'GET', `/api/v1/cases/${reference}`, { headers: { Authorization: `Case ${secret}` } });
      assert.equal(away.status, 503, away.text);
      postgres('start', place.folder, '--durable');
    }
    await Promise.race([reached(answered.length + answersARound), loads]);
    more = false;
    await loads;
    assert.equal((await ask(server.port, 'GET', '/readyz')).status, 200, 'it has just written');
    await assertAllThere(server.port, answered, agent);
    agent.destroy();
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
    const checked = run('fsck', '--data', data);
    assert.equal(checked.code, 0, checked.out + checked.err);
  } finally {
    more = false;
    await server.kill();
  }
});
