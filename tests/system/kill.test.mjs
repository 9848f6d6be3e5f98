// kill -9 under load, fifty times: every answered submission is there, whatever was in flight; fsck is clean.
import assert from 'node:assert/strict';
import { Agent } from 'node:http';
import { test } from 'node:test';

import { ask, assertAllThere, init, makeFolder, run, serve } from './huiyin.mjs';

const rounds = 50;
const connections = 16;
const answersARound = 60;

// Files until the server is gone; keeps what was answered.
async function load(port, agent, answered, enough) {
  for (;;) {
    try {
      const body = { body: `第 ${answered.length} 件：路灯坏了。` + '灯'.repeat(answered.length % 300) };
      const answer = await ask(port, 'POST', '/api/v1/cases', { body, agent });
      if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
      answered.push({ ...answer.json(), words: body.body });
      if (answered.length >= enough.count) enough.resolve();
    } catch (fault) {
      if (fault.code === undefined) enough.reject(fault);  // an answer that was no 201
      return;
    }
  }
}

test('kill -9 under load, fifty times: every answered submission is there, fsck clean', { timeout: 600_000 }, async () => {
  const { folder, remove } = makeFolder();
  try {
    const data = `${folder}/data`;
    init(data);
    const answered = [];
    for (let round = 0; round < rounds; ++round) {
      const server = await serve(data);
      const agent = new Agent({ keepAlive: true, maxSockets: connections });
      const enough = { count: answered.length + 1 + Math.floor((round * 37) % answersARound) };
      const reached = new Promise((resolve, reject) => Object.assign(enough, { resolve, reject }));
      const loads = Array.from({ length: connections }, () => load(server.port, agent, answered, enough));
      await reached;
      await server.kill();
      await Promise.all(loads);
      agent.destroy();
      if (round % 10 === 9) {
        const checked = run('fsck', '--data', data);
        assert.equal(checked.code, 0, `fsck after round ${round}:\n${checked.out}${checked.err}`);
      }
    }
    const server = await serve(data);
    const agent = new Agent({ keepAlive: true, maxSockets: connections });
    await assertAllThere(server.port, answered, agent);
    agent.destroy();
    assert.deepEqual(await server.stop(), { code: 0, signal: null });
    const checked = run('fsck', '--data', data);
    assert.equal(checked.code, 0, checked.out + checked.err);
    assert.ok(answered.length >= rounds);
  } finally {
    remove();
  }
});
