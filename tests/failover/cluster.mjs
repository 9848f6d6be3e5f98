// PostgreSQL that fails over by itself: a monitor and three nodes of pg_auto_failover on this machine, in one temporary folder, each
// with its own data, port and, when asked, network. A commit is on two nodes before it is acknowledged.
import { appendFileSync, chmodSync, chownSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';

import { ask, makeFolder, must, start, until } from './processes.mjs';

const user = 'postgres';  // PostgreSQL refuses to run as root
const nodeNames = ['one', 'two', 'three'];
export const database = 'huiyin';

// How soon the monitor believes that a node is gone; milliseconds. Its defaults suit networks that stutter, and cost half a minute.
const monitorSettings = {
  'pgautofailover.health_check_period': 500,
  'pgautofailover.health_check_timeout': 1000,
  'pgautofailover.health_check_max_retries': 1,
  'pgautofailover.health_check_retry_delay': 300,
  'pgautofailover.node_considered_unhealthy_timeout': 2000,
  'pgautofailover.startup_grace_period': 1000,
  'pgautofailover.primary_demote_timeout': 4000,
};
// How soon a primary that reaches nobody steps down, in seconds: before the monitor's primary_demote_timeout is over.
const nodeTimeouts = { network_partition_timeout: 3, prepare_promotion_catchup: 5, prepare_promotion_walreceiver: 2 };
// It looks at its standbys only after it lost the monitor, and steps down only if it saw one then and lost it too: a connection to a
// standby must be given up later than one to the monitor.
const postgresSettings = { wal_sender_timeout: '6s', wal_receiver_timeout: '6s', wal_receiver_status_interval: '1s' };

// The folder of PostgreSQL's programs that pg_auto_failover is installed for.
function programs() {
  const root = '/usr/lib/postgresql';
  const found = existsSync(root) ? readdirSync(root).filter((version) => existsSync(`${root}/${version}/lib/pgautofailover.so`)) : [];
  return found.length && existsSync('/usr/bin/pg_autoctl') ? `${root}/${found.at(-1)}/bin` : '';
}

export const whyNoCluster = () =>
  process.getuid() !== 0 ? 'only root may start programs as postgres' : programs() ? '' : 'pg_auto_failover is not installed';

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

// A monitor and three nodes; `machines` gives each of monitor, one, two, three its namespace and address, else all are on loopback.
export async function makeCluster(machines = {}) {
  const { folder, remove } = makeFolder('huiyin-pg');
  const identity = { uid: Number(must('id', '-u', user)), gid: Number(must('id', '-g', user)) };
  const own = (name) => {
    mkdirSync(`${folder}/${name}`);
    chownSync(`${folder}/${name}`, identity.uid, identity.gid);
    return `${folder}/${name}`;
  };
  chmodSync(folder, 0o755);

  // One machine: where it is, and how its commands are run.
  const machine = async (name) => {
    const home = own(name);
    own(`${name}/run`);
    const { namespace, address = '127.0.0.1' } = machines[name] ?? {};
    return {
      name, namespace, address, home, data: `${home}/data`, log: `${home}/log`,
      port: await freePort(),  // one of its own also in a namespace: all their sockets are where Debian puts sockets
      env: {
        HOME: home, PATH: `${programs()}:/usr/sbin:/usr/bin:/sbin:/bin`, PGUSER: user, PGDATA: `${home}/data`, PGCONNECT_TIMEOUT: '2',
        XDG_CONFIG_HOME: `${home}/config`, XDG_DATA_HOME: `${home}/share`, XDG_RUNTIME_DIR: `${home}/run`,
      },
    };
  };
  const placeOf = ({ namespace, env }) => ({ namespace, user, env });
  const psql = async (on, name, sql, seconds) => (await ask(
    ['psql', '-XAtq', '-v', 'ON_ERROR_STOP=1', '-p', String(on.port), '-d', name, '-c', sql], { ...placeOf(on), seconds })).trim();
  const autoctl = (on, ...words) => ask(['pg_autoctl', ...words], { ...placeOf(on), seconds: 90 });
  const keep = (on, ...words) => {
    on.keeper = start(['pg_autoctl', ...words], { ...placeOf(on), log: on.log });
  };
  const orItEnded = (on, what) => async () => {
    if (!on.keeper.running) throw Object.assign(new Error(`pg_autoctl of ${on.name} ended:\n${on.keeper.log()}`), { final: true });
    return what();
  };

  const monitor = await machine('monitor');
  const nodes = [];
  for (const name of nodeNames) nodes.push(await machine(name));
  const trust = ['--auth', 'trust', '--no-ssl'];

  const states = async () => (await psql(monitor, 'pg_auto_failover',
    'select nodename, reportedstate, goalstate, health, reportedlsn from pgautofailover.node order by nodeid')).split('\n').filter(Boolean).map((line) => {
    const [name, state, goal, health, lsn] = line.split('|');
    return { name, state, goal, health: Number(health), lsn };
  });
  const nodeCalled = (name) => nodes.find((node) => node.name === name);

  const cluster = {
    folder, monitor, nodes, states, nodeCalled,
    sql: (node, sql, seconds) => psql(node, database, sql, seconds),
    // For one line of a diagnostic.
    show: async () => (await states()).map(({ name, state, goal, health }) => `${name} ${state}${goal === state ? '' : `->${goal}`} ${health}`).join(', '),
    url: (settings = {}) => {
      const query = new URLSearchParams({ target_session_attrs: 'read-write', ...settings });
      return `postgresql://${database}@${nodes.map(({ address, port }) => `${address}:${port}`).join(',')}/${database}?${query}`;
    },

    // The node that the monitor lets write, when both agree that it is so.
    primary: async () => {
      const now = await states();
      const found = now.filter(({ state, goal }) => state === goal && ['primary', 'wait_primary', 'join_primary', 'single'].includes(state));
      return found.length === 1 ? nodeCalled(found[0].name) : undefined;
    },
    // A primary and `secondaries` that follow it, none of them on its way elsewhere, and commits wait for one of them.
    settled: (secondaries = 2, deadline = 90) => until(`a primary and ${secondaries} secondaries`, deadline, async () => {
      const now = await states();
      const calm = now.filter(({ state, goal, health }) => state === goal && health === 1);
      const first = calm.find(({ state }) => state === 'primary');
      if (!first) return undefined;
      if (calm.filter(({ state }) => state === 'secondary').length < secondaries) {
        // A node whose data could not be rewound is copied anew, and a copy begins with a checkpoint, which may take minutes.
        await psql(nodeCalled(first.name), 'postgres', 'checkpoint');
        return undefined;
      }
      const names = await psql(nodeCalled(first.name), 'postgres', 'show synchronous_standby_names');
      const following = Number(await psql(nodeCalled(first.name), 'postgres',
        "select count(*) from pg_stat_replication where state = 'streaming' and sync_state in ('sync', 'quorum')"));
      return names && following >= secondaries ? nodeCalled(first.name) : undefined;
    }),

    // As when the power fails: keeper, postmaster and all backends are gone at once.
    kill: (node) => node.keeper.kill(),
    // The keeper and the postmaster are gone, the backends find out by themselves.
    killPostmaster(node) {
      const postmaster = Number(readFileSync(`${node.data}/postmaster.pid`, 'utf8').split('\n')[0]);
      const whole = node.keeper.tree();  // remembered, so that the backends end with the test
      const backends = new Set(whole.filter((pid) => parentOf(pid) === postmaster));
      for (const pid of [...whole.filter((one) => !backends.has(one) && one !== postmaster), postmaster]) {
        try { process.kill(pid, 'SIGKILL'); } catch { /* it ended with its parent */ }
      }
    },
    // Waits until nothing of it runs, then starts it again.
    async restart(node) {
      await until(`the end of ${node.name}`, 30, () => node.keeper.tree().length === 0 && !node.keeper.running);
      keep(node, 'run', '--pgdata', node.data);
    },

    // A copy of a running node's data, as a server of its own would have it.
    async copy(node, name) {
      const to = await machine(name);
      await ask(['pg_basebackup', '-D', to.data, '-p', String(node.port), '-U', user, '-X', 'stream', '-c', 'fast'],
        { ...placeOf(node), seconds: 120 });
      return to;
    },
    // A copy served alone, read-write, under nobody's care.
    async serveAlone(copy) {
      for (const file of ['standby.signal', 'recovery.signal']) rmSync(`${copy.data}/${file}`, { force: true });
      appendFileSync(`${copy.data}/postgresql.auto.conf`, [
        `port = ${copy.port}`, `listen_addresses = '${copy.address}'`,
        "synchronous_standby_names = ''", "primary_conninfo = ''", "primary_slot_name = ''", ''].join('\n'));
      cluster.copies.push(copy);
      await cluster.restartAlone(copy);
    },
    async restartAlone(copy) {
      await until(`the end of ${copy.name}`, 30, () => !copy.keeper || copy.keeper.tree().length === 0);
      copy.keeper = start(['postgres', '-D', copy.data], { ...placeOf(copy), log: copy.log });
      await until(`${copy.name} writes`, 60, orItEnded(copy, async () => (await psql(copy, database, 'select pg_is_in_recovery()')) === 'f'));
    },

    // Ends all, by number, and takes the folder away.
    async remove() {
      const all = [...nodes, monitor, ...cluster.copies].filter(({ keeper }) => keeper);
      for (const { keeper } of all) keeper.kill();
      await until('the end of PostgreSQL', 30, () => all.every(({ keeper }) => keeper.tree().length === 0));
      remove();
    },
    copies: [],
    // The last words of every machine, for a test that fails.
    logs: (lines = 30) => [monitor, ...nodes, ...cluster.copies].filter(({ log }) => existsSync(log))
      .map(({ name, log }) => `--- ${name}\n${readFileSync(log, 'utf8').split('\n').slice(-lines).join('\n')}`).join('\n'),
  };

  try {
    keep(monitor, 'create', 'monitor', '--pgdata', monitor.data, '--pgport', String(monitor.port), '--hostname', monitor.address, ...trust, '--run');
    await until('a monitor', 60, orItEnded(monitor, async () => (await psql(monitor, 'pg_auto_failover', 'select 1 from pgautofailover.formation')) === '1'));
    for (const [name, value] of Object.entries(monitorSettings)) await psql(monitor, 'pg_auto_failover', `alter system set ${name} to ${value}`);
    await psql(monitor, 'pg_auto_failover', 'select pg_reload_conf()');
    const lan = machines.monitor ? ['host all all 10.83.11.0/24 trust', 'host replication all 10.83.11.0/24 trust', ''].join('\n') : '';
    if (lan) appendFileSync(`${monitor.data}/pg_hba.conf`, lan);
    for (const node of nodes) {
      // Made first and run then: some of the settings are read only when it begins to run.
      const made = autoctl(node, 'create', 'postgres', '--pgdata', node.data, '--pgport', String(node.port), '--listen', node.address,
        '--name', node.name, '--hostname', node.address, '--username', database, '--dbname', database,
        '--monitor', `postgresql://autoctl_node@${monitor.address}:${monitor.port}/pg_auto_failover?sslmode=disable`, ...trust);
      let done = false;
      made.then(() => { done = true; }, () => { done = true; });
      await until(`${node.name} is made`, 90, async () => {
        if (!done && node !== nodes[0]) await psql(nodes[0], 'postgres', 'checkpoint');  // which the copy of the data waits for
        return done;
      });
      await made;
      for (const [name, value] of Object.entries(nodeTimeouts)) {
        await autoctl(node, 'config', 'set', '--pgdata', node.data, `timeout.${name}`, String(value));
      }
      const lines = Object.entries(postgresSettings).map(([name, value]) => `${name} = '${value}'\n`);
      appendFileSync(`${node.data}/postgresql.auto.conf`, lines.join(''));
      if (lan) appendFileSync(`${node.data}/pg_hba.conf`, lan);
      keep(node, 'run', '--pgdata', node.data);
      const joined = node === nodes[0] ? 'single' : 'secondary';
      await until(`${node.name} is ${joined}`, 90, orItEnded(node, async () => {
        const mine = (await states()).find(({ name }) => name === node.name);
        return mine?.state === joined && mine.goal === joined;
      }));
    }
    await cluster.settled();
  } catch (fault) {
    fault.message += `\n${cluster.logs()}`;
    await cluster.remove();
    throw fault;
  }
  return cluster;
}

function parentOf(pid) {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
  } catch {
    return 0;
  }
}
