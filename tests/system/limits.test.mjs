// Several programs on one PostgreSQL limit a client that the proxy spreads over them as one would; and without the database each
// goes on by itself.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

import { ask, init, makeDatabase, makeFolder, serve } from './huiyin.mjs';

const patience = 30_000, look = 50;

async function until(what, is) {
  for (const end = Date.now() + patience; !(await is()); await setTimeout(look)) assert.ok(Date.now() < end, what);
}

test('two nodes share the limit of a client, and go on without their database', { timeout: 120_000 }, async () => {
  const { folder, remove } = makeFolder();
  const database = makeDatabase();
  const nodes = [];
  try {
    init(`${folder}/one`, '--database', database.url);
    for (const name of ['one', 'two']) {
      nodes.push(await serve(`${folder}/${name}`, '--database', database.url, '--keys', `${folder}/one/keys`,
        '--proxy', '127.0.0.1', '--requests-per-minute', '60'));
    }
    const [one, two] = nodes;
    const passes = async (node, client, most) => {
      let count = 0;
      while (count < most && (await ask(node.port, 'GET', '/healthz', { headers: { 'X-Forwarded-For': client } })).status === 200) ++count;
      return count;
    };
    const written = () => Number(database.ask('SELECT coalesce(sum(requests), 0) FROM request_count'));

    assert.equal(await passes(two, '203.0.113.10', 6), 6);
    await until('the second node tells nobody of its client', () => written() === 6);
    const began = Date.now();
    assert.equal(await passes(one, '203.0.113.9', 40), 40);
    await until('the first node tells nobody of its client', () => written() === 46);
    assert.equal(await passes(two, '203.0.113.9', 6), 6);
    await until('the second node tells nobody of it', () => written() === 52);
    const more = await passes(two, '203.0.113.9', 60);
    // Meanwhile the bucket filled, and what was asked of the first node drained.
    const filled = 2 * Math.ceil((Date.now() - began) / 1000);
    assert.ok(more >= 14 && more <= 14 + filled, `${more} more passed of 60, 46 of which were used`);
    assert.equal(await passes(two, '203.0.113.11', 60), 60);
    assert.equal(database.ask("SELECT count(*) FROM request_count WHERE encode(client, 'escape') LIKE '%203.0.113%'"), '0');

    const asServer = (text) => {
      const done = spawnSync('psql', ['--no-psqlrc', '--quiet', `--dbname=${process.env.HUIYIN_TEST_POSTGRES}`, `--command=${text}`], { encoding: 'utf8' });
      assert.equal(done.status, 0, done.stderr);
    };
    const name = new URL(database.url).pathname.slice(1);
    asServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
    asServer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    await until('nobody tells the operator', () => nodes.every((node) => node.log().includes('limits by itself')));
    assert.ok(await passes(one, '203.0.113.12', 100) >= 60);
    for (const node of nodes) {
      assert.equal((await node.stop()).code, 0, node.log());
      assert.ok(!node.log().includes('203.0.113'), node.log());
      assert.equal(node.log().split('limits by itself').length - 1, 1, node.log());
    }
  } finally {
    await Promise.all(nodes.map((node) => node.kill()));
    database.drop();
    remove();
  }
});
