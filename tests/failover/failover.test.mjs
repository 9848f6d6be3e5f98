// PostgreSQL fails over under Huiyin: the primary dies again and again, an old copy comes back, the network is cut. Whatever was
// acknowledged is there, once, in one unbroken log.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';

import { makeCluster, whyNoCluster } from './cluster.mjs';
import { makeLoad, missing } from './load.mjs';
import { makeNetwork, whyNoNamespaces } from './network.mjs';
import { endAll, until } from './processes.mjs';
import { makeSite, send } from './site.mjs';

const rounds = Number(process.env.HUIYIN_FAILOVER_ROUNDS ?? 10);
const minute = 60_000;

after(endAll);

const inSeconds = (ms) => (ms / 1000).toFixed(1);
const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
const counted = (map) => [...map].map(([what, times]) => `${times} × ${what}`).join(', ') || 'none';

const sum = (map) => [...map.values()].reduce((all, one) => all + one, 0);
const together = (...loads) => ({ acknowledged: loads.flatMap(({ acknowledged }) => acknowledged), wrong: loads.flatMap(({ wrong }) => wrong) });

async function fileSome(nodes, count = 50) {
  const load = makeLoad(nodes);
  try {
    await until(`${count} cases`, 60, () => load.acknowledged.length > count);
    await load.stop();
  } finally {
    load.remove();
  }
  return load;
}

// Runs `body` with what ends everything afterwards; a failure tells what the programs last said.
async function ending(body) {
  const things = [];
  try {
    await body((thing) => { things.push(thing); return thing; });
  } catch (fault) {
    fault.message += `\n${things.map((thing) => thing.logs?.() ?? '').join('\n')}`;
    throw fault;
  } finally {
    for (const thing of things.reverse()) await thing.remove();
    endAll();
  }
}

// Each was filed once, none is missing, and the log is one line from its first entry on.
async function assertWhole(t, { load, cluster, site, nodes }) {
  const { acknowledged } = load;
  assert.deepEqual(load.wrong.slice(0, 3), [], `${load.wrong.length} answers that were neither 201 nor 503`);
  assert.equal(new Set(acknowledged.map(({ key }) => key)).size, acknowledged.length);
  assert.equal(new Set(acknowledged.map(({ reference }) => reference)).size, acknowledged.length, 'two filings got one reference');
  const lost = await missing(acknowledged, nodes);
  assert.deepEqual(lost.slice(0, 5), [], `${lost.length} of ${acknowledged.length} acknowledged are not there`);
  // A key that was used gives the first answer again, from any node.
  for (const { key, words, reference } of acknowledged.slice(-5)) {
    for (const node of nodes) {
      const again = await send(node.to, 'POST', '/api/v1/cases', { body: { body: words }, headers: { 'Idempotency-Key': key } });
      assert.equal(again.status, 201, again.text);
      assert.equal(again.json().reference, reference);
    }
  }
  const primary = await cluster.settled();
  const filed = Number(await cluster.sql(primary, 'select count(*) from case_row'));
  assert.equal(filed, acknowledged.length, `${filed} cases were filed for ${acknowledged.length} acknowledgements`);
  for (const node of nodes) await node.stop();
  const checked = site.fsck();
  assert.equal(checked.code, 0, checked.out + checked.err);
  t.diagnostic(`${acknowledged.length} acknowledged, all there; ${checked.out.trim()}`);
}

test(`the primary is killed under load, ${rounds} times`, { timeout: 30 * minute, skip: whyNoCluster() || false }, (t) => ending(async (end) => {
  const cluster = end(await makeCluster());
  const site = end(makeSite(cluster.url()));
  site.init();
  const nodes = [await site.serve('first'), await site.serve('second')];
  const load = end(makeLoad(nodes));
  await until('the first cases', 30, () => load.acknowledged.length > 100);
  const times = [];
  for (let round = 1; round <= rounds; ++round) {
    const old = await cluster.settled();
    const before = load.acknowledged.length;
    await until('some more cases', 60, () => load.acknowledged.length > before + 50);
    const killed = performance.now();
    if (round % 2) cluster.kill(old);
    else cluster.killPostmaster(old);
    // Backends may outlive their postmaster for a moment, and finish what they had begun.
    const gone = await until(`the end of ${old.name}`, 30, () => old.keeper.tree().length === 0 && performance.now(), 20);
    await until(`an acknowledgement after the death of ${old.name}`, 90, () => load.firstSince(gone), 20);
    times.push(load.firstSince(gone) - killed);
    const now = await until('a new primary', 30, async () => {
      const found = await cluster.primary();
      return found !== old && found;
    });
    // Until it has a standby again, a commit of the new primary is on one machine only.
    await until('commits on two machines', 60, async () => (await cluster.sql(now, 'show synchronous_standby_names')) !== '', 50);
    const synchronous = performance.now() - killed;
    await cluster.restart(old);
    await cluster.settled();
    t.diagnostic(`round ${round}: ${old.name} -> ${now.name}; first acknowledgement after ${inSeconds(times.at(-1))} s, commits on two machines ` +
      `again after ${inSeconds(synchronous)} s, three nodes again after ${inSeconds(performance.now() - killed)} s; ` +
      `${load.acknowledged.length - before} filed`);
    assert.equal(new Set(nodes.map(({ child }) => child.running)).has(false), false, 'a node of huiyin ended');
  }
  await load.stop();
  t.diagnostic(`from the kill to the next acknowledgement: worst ${inSeconds(Math.max(...times))} s, median ${inSeconds(median(times))} s`);
  t.diagnostic(`what clients met meanwhile: ${counted(load.refused)}`);
  await assertWhole(t, { load, cluster, site, nodes });
}));

test('an old copy of the database comes back as if it were the primary: nothing is written there', {
  timeout: 10 * minute, skip: whyNoCluster() || false,
}, (t) => ending(async (end) => {
  const cluster = end(await makeCluster());
  const site = end(makeSite(cluster.url()));
  site.init();
  let first = await site.serve('first');
  const early = await fileSome([first]);
  await first.stop();
  const copy = await cluster.copy(await cluster.settled(), 'copy');
  const withCopy = cluster.url().replace(/(@[^/]*)/, `$1,${copy.address}:${copy.port}`);
  first = await site.serve('first', { database: withCopy });
  const late = await fileSome([first]);

  // Everything is gone, and the old copy is all that a node finds: one at work, the same one started anew, a new one with the keys.
  for (const node of cluster.nodes) cluster.kill(node);
  await cluster.serveAlone(copy);
  const entries = await cluster.sql(copy, 'select size from log_head');
  const assertUntouched = async (who) => {
    assert.equal(await cluster.sql(copy, 'select size from log_head'), entries, `${who} wrote to the old copy`);
    assert.equal(await cluster.sql(copy, 'select count(*) from case_row'), String(early.acknowledged.length), `${who} wrote to the old copy`);
  };
  const assertRefuses = async (who, node) => {
    if (node.port) {
      const answer = await send(node.to, 'POST', '/api/v1/cases', { body: { body: '路灯坏了。' } });
      assert.equal(answer.status, 503, `${who} accepted a case on the old copy: ${answer.text}`);
      await until(`${who} says why`, 20, () => /went backwards/.test(node.log()));
      const ready = await send(node.to, 'GET', '/readyz');
      assert.equal(ready.status, 503, `${who} says that it is ready`);
    } else {
      assert.match(node.log(), /went backwards/, `${who} did not say why it does not start`);
    }
    t.diagnostic(`${who}: ${node.port ? '503' : 'not started'}: ${node.log().split('\n').findLast((line) => /went backwards/.test(line))}`);
    await assertUntouched(who);
  };
  await assertRefuses('a node at work', first);
  const newcomer = await site.serve('newcomer', { database: withCopy });
  await assertRefuses('a new node with the shared keys', newcomer);
  if (newcomer.port) await newcomer.stop();

  // The real ones come back: the node at work goes on by itself.
  copy.keeper.kill();
  for (const node of cluster.nodes) await cluster.restart(node);
  await cluster.settled();
  const again = await fileSome([first], 10);
  await first.stop();

  for (const node of cluster.nodes) cluster.kill(node);
  await cluster.restartAlone(copy);
  first = await site.serve('first', { database: withCopy });
  await assertRefuses('a node started anew', first);
  if (first.port) await first.stop();
  copy.keeper.kill();
  for (const node of cluster.nodes) await cluster.restart(node);
  await cluster.settled();

  const nodes = [await site.serve('first'), await site.serve('newcomer')];
  await assertWhole(t, { load: together(early, late, again), cluster, site, nodes });
}));

// `meanwhile`: what else befalls the old primary during the cut; gives the moment from when on nothing may be acknowledged there.
async function cutOff(t, end, meanwhile) {
  const network = end(makeNetwork(['monitor', 'one', 'two', 'three', 'left', 'right']));
  const cluster = end(await makeCluster(network.machines));
  const site = end(makeSite(cluster.url(), network.machines.left));
  site.init();
  const left = await site.serve('first', { machine: network.machines.left });
  const right = await site.serve('second', { machine: network.machines.right });
  const loads = { left: end(makeLoad([left], { connections: 8 })), right: end(makeLoad([right], { connections: 8 })) };
  await until('the first cases', 60, () => loads.left.acknowledged.length > 50 && loads.right.acknowledged.length > 50);

  const old = await cluster.settled();
  const cut = performance.now();
  network.cut(old.name, 'left');
  const broken = await meanwhile?.({ cluster, old, machines: network.machines });
  const wrongly = () => loads.left.acknowledged.filter(({ began, answered }) => began >= cut || answered > broken);
  await until('an acknowledgement on the other side', 90, () => loads.right.firstSince(cut));
  const back = loads.right.firstSince(cut) - cut;
  const now = await until('a new primary', 30, async () => {
    const found = await cluster.primary();
    return found !== old && found;
  });
  const enough = loads.right.acknowledged.length + 200;
  await until('many more on the other side', 60, () => loads.right.acknowledged.length > enough);
  await until('an answer on the cut-off side', 60, () => sum(loads.left.refused) > 0);
  assert.equal(wrongly().length, 0, `${wrongly().length} cases were acknowledged on the cut-off side`);
  t.diagnostic(`${old.name} cut off; ${now.name} acknowledged after ${inSeconds(back)} s; the cut-off node's clients got ` +
    `${counted(loads.left.refused)}; the others' ${counted(loads.right.refused)}`);

  const healed = performance.now();
  network.heal();
  await until('an acknowledgement on the healed side', 90, () => loads.left.firstSince(healed));
  t.diagnostic(`the cut-off node acknowledges ${inSeconds(loads.left.firstSince(healed) - healed)} s after the cut is healed`);
  await cluster.settled();
  t.diagnostic(`three nodes again ${inSeconds(performance.now() - healed)} s after the cut is healed: ${await cluster.show()}`);
  await Promise.all([loads.left.stop(), loads.right.stop()]);
  const load = together(loads.left, loads.right);
  // The old primary follows, and holds what the others hold.
  await until('the old primary holds all', 30, async () =>
    (await cluster.sql(old, 'select pg_is_in_recovery(), count(*) from case_row')) === `t|${load.acknowledged.length}`);
  await assertWhole(t, { load, cluster, site, nodes: [left, right] });
}

const cutOffOptions = { timeout: 10 * minute, skip: whyNoCluster() || whyNoNamespaces() || false };

test('the primary and a node are cut off from the others: nothing is acknowledged there, and nothing of it stays', cutOffOptions,
  (t) => ending((end) => cutOff(t, end)));

// A commit whose wait for a standby was broken off is committed here and nowhere else: neither its answer nor what the primary shows
// afterwards says that it will stay. An operator who ends what hangs, and a backend that crashes, both do it.
for (const ends of ['pg_cancel_backend', 'pg_terminate_backend']) {
  test(`the cut-off primary's commits are ended by ${ends}: nothing is acknowledged for it`, cutOffOptions,
    (t) => ending((end) => cutOff(t, end, ({ cluster, old, machines }) => until('a commit that waits for a standby', 9, async () => {
      // The other node's transactions, which nobody can finish any more, go too: one of them may hold the log.
      const ended = await cluster.sql(old, `select case when client_addr = '${machines.left.address}' then ${ends}(pid) else pg_terminate_backend(pid) end,
        client_addr from pg_stat_activity where backend_type = 'client backend' and (client_addr = '${machines.right.address}' and state <> 'idle'
        or client_addr = '${machines.left.address}' and wait_event = 'SyncRep')`);
      return ended.includes(machines.left.address) && performance.now();
    }, 20))));
}
