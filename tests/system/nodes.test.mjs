// Several programs on one PostgreSQL, behind a proxy that tries another one when one is away: under load one is killed and one is
// replaced by the next version. Nothing that was answered is lost, nothing is done twice, and there is one log.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { Agent } from 'node:http';
import { test } from 'node:test';
import { setTimeout } from 'node:timers/promises';

import { ask, assertAllThere, init, makeDatabase, makeFolder, program, run, start } from './huiyin.mjs';

const next = process.env.HUIYIN_NEXT;
const clients = 24;
const enough = 400;  // answers before, between and after what happens
const patience = 60_000, retryAfter = 20;
const hangs = 4;

// A town with a database of its own; nodes are added to it.
async function town(work) {
  const { folder, remove } = makeFolder();
  const database = makeDatabase();
  const nodes = [];
  try {
    init(`${folder}/first`, '--database', database.url);
    await work({
      database,
      // A node beginning with an empty data directory; keys/ is shared.
      node: async (name, binary = program) => {
        const server = await start(binary, `${folder}/${name}`, '--database', database.url, '--keys', `${folder}/first/keys`);
        nodes.push(server);
        return server;
      },
      fsck: () => run('fsck', '--data', `${folder}/check`, '--database', database.url, '--keys', `${folder}/first/keys`),
      sql: database.ask,
    });
  } finally {
    await Promise.all(nodes.map((server) => server.kill()));
    database.drop();
    remove();
  }
}

// Clients that file one case after the other, each with a key of its own, until it is answered: at another node when one is away.
function load(ports) {
  const agent = new Agent({ keepAlive: true, maxSockets: 2 * clients });
  const filed = new Map();
  const faults = [];
  let stopped = false, waiting = [];
  const file = async (turn) => {
    const key = randomUUID(), body = { body: `第 ${key} 件：路灯坏了。` };
    const until = Date.now() + patience;
    for (let attempt = turn; ; ++attempt) {
      const port = ports[attempt % ports.length];
      const answer = await ask(port, 'POST', '/api/v1/cases', { body, agent, headers: { 'Idempotency-Key': key } }).catch(() => undefined);
      if (answer?.status === 201) {
        filed.set(key, { ...answer.json(), words: body.body });
        return;
      }
      if (answer !== undefined && answer.status !== 503) throw new Error(`${answer.status} ${answer.text}`);
      if (stopped || Date.now() > until) throw new Error(`nobody answered within ${patience} ms: ${answer?.text}`);
      await setTimeout(retryAfter);
    }
  };
  const client = async (number) => {
    for (let turn = number; !stopped; ++turn) {
      await file(turn);
      waiting = waiting.filter((one) => filed.size < one.count || one.resolve());
    }
  };
  const all = Array.from({ length: clients }, (_, number) => client(number).catch((fault) => {
    faults.push(fault);
    waiting.forEach((one) => one.reject(fault));
  }));
  return {
    filed,
    more: () => new Promise((resolve, reject) => {
      if (faults.length > 0) reject(faults[0]);
      else waiting.push({ count: filed.size + enough, resolve, reject });
    }),
    stop: async () => {
      stopped = true;
      await Promise.all(all);
      agent.destroy();
      if (faults.length > 0) throw faults[0];
    },
  };
}

test('three nodes under load, one killed and one replaced by the next version: nothing lost, nothing twice, one log', { timeout: 300_000 }, async () => {
  await town(async ({ node, fsck, sql }) => {
    const one = await node('one'), two = await node('two'), three = await node('three');
    const ports = [one.port, two.port, three.port];
    const run = load(ports);
    try {
      await run.more();
      await one.kill();
      await run.more();
      assert.deepEqual(await two.stop(), { code: 0, signal: null });
      ports[1] = (await node('two', next)).port;  // it migrates while the third serves
      await run.more();
      ports[0] = (await node('one', next)).port;  // in the data directory of the one that was killed
      await run.more();
    } finally {
      await run.stop();
    }
    const { filed } = run;

    assert.ok(filed.size >= 4 * enough);
    assert.equal(sql('SELECT count(*) FROM case_row'), String(filed.size), 'a case was filed twice, or one was never answered');
    assert.equal(sql('SELECT max(number) FROM migration'), '9000');
    await assertAllThere(three.port, [...filed.values()]);
    const checked = fsck();
    assert.equal(checked.code, 0, checked.out + checked.err);
    assert.match(checked.out, new RegExp(`${filed.size} entries`));
  });
});

test('a node that hangs in the middle of its work keeps nobody from writing for long', { timeout: 300_000 }, async () => {
  await town(async ({ node, fsck, sql }) => {
    const one = await node('one'), two = await node('two');
    const run = load([one.port, two.port]);
    try {
      for (let round = 0; round < hangs; ++round) {
        await run.more();
        one.signal('SIGSTOP');  // now and then while it holds the log
        for (const began = Date.now(); ;) {
          const answer = await ask(two.port, 'POST', '/api/v1/cases', { body: { body: '路灯坏了。' }, headers: { 'Idempotency-Key': `hang ${round} of a node that hangs` } });
          if (answer.status === 201) break;
          assert.equal(answer.status, 503, answer.text);
          assert.ok(Date.now() - began < patience / 2, 'the other node does not come to write');
        }
        one.signal('SIGCONT');
      }
      await run.more();
    } finally {
      one.signal('SIGCONT');
      await run.stop();
    }
    assert.equal(sql('SELECT count(*) FROM case_row'), String(run.filed.size + hangs), 'a case was filed twice, or one was never answered');
    const checked = fsck();
    assert.equal(checked.code, 0, checked.out + checked.err);
  });
});

test('a key that was used at one node is known at the others, and so is who signed in', { timeout: 60_000 }, async () => {
  await town(async ({ node }) => {
    const one = await node('one'), two = await node('two');
    const filing = { headers: { 'Idempotency-Key': randomUUID() }, body: { body: '路灯坏了。' } };
    const first = await ask(one.port, 'POST', '/api/v1/cases', filing), again = await ask(two.port, 'POST', '/api/v1/cases', filing);
    assert.equal(first.status, 201);
    assert.deepEqual([again.json().reference, again.json().secret], [first.json().reference, first.json().secret]);
    // Its receipt is asked of the node that did not write it.
    const receipt = await ask(two.port, 'GET', `/api/v1/cases/${first.json().reference}/receipt`, { headers: { Authorization: `Case ${first.json().secret}` } });
    assert.equal(receipt.status, 200, receipt.text);
  });
});

test('a node whose program is too old for the database writes nothing more and says so', { timeout: 60_000 }, async () => {
  await town(async ({ node, sql }) => {
    const old = await node('one');
    sql("INSERT INTO migration (number, name, hash, min_program) VALUES (9001, '9001_later.sql', 'x', 9001)");
    const refused = await ask(old.port, 'POST', '/api/v1/cases', { body: { body: '路灯坏了。' } });
    assert.equal(refused.status, 503, refused.text);
    const ready = await ask(old.port, 'GET', '/readyz', { headers: { 'Accept-Language': 'en' } });
    assert.equal(ready.status, 503, ready.text);
    assert.match(ready.text, /older/);
    await assert.rejects(node('two'), /newer Huiyin/);
    assert.equal(sql('SELECT count(*) FROM case_row'), '0');
  });
});

test('a node goes on by itself when the database was away', { timeout: 120_000 }, async () => {
  await town(async ({ node, sql, database }) => {
    const one = await node('one');
    const asServer = (text) => {
      const done = spawnSync('psql', ['--no-psqlrc', '--quiet', `--dbname=${process.env.HUIYIN_TEST_POSTGRES}`, ...text.split('; ').map((part) => `--command=${part}`)], { encoding: 'utf8' });
      assert.equal(done.status, 0, done.stderr);
    };
    const file = () => ask(one.port, 'POST', '/api/v1/cases', { body: { body: '路灯坏了。' } });
    assert.equal((await file()).status, 201);
    // Nobody may connect, and who was connected is thrown out.
    const name = new URL(database.url).pathname.slice(1);
    asServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false; SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
    assert.equal((await file()).status, 503);
    asServer(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    const until = Date.now() + patience;
    while ((await file()).status !== 201) assert.ok(Date.now() < until, 'it does not come back');
    assert.ok(Number(sql('SELECT count(*) FROM case_row')) >= 2);
  });
});
