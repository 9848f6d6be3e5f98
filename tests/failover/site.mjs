// Huiyin on a cluster: one key folder, any number of nodes, each with a data directory of its own and, when asked, a network.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';

import { program, source } from '../system/huiyin.mjs';
import { makeFolder, placed, start, until } from './processes.mjs';

const here = path.join(source, 'tests/failover');

// `namespace`: where the commands that are not a node's run, so that they reach the database.
export function makeSite(url, { namespace } = {}) {
  const { folder, remove } = makeFolder('huiyin-site');
  const keys = `${folder}/first/keys`;
  const running = [];

  // A subcommand, to its end.
  const run = (verb, data, ...rest) => {
    const [first, ...args] = placed([program, verb, '--data', data, ...rest], { namespace });
    const done = spawnSync(first, args, { cwd: source, encoding: 'utf8', timeout: 300_000 });
    return { code: done.status, out: done.stdout, err: done.stderr };
  };

  const site = {
    folder,
    init() {
      const done = run('init', `${folder}/first`, '--database', url, '--pack', 'packs/petition-zh', '--jurisdiction', 'demo', '--origin', 'localhost',
        '--demo-users');
      if (done.code !== 0) throw new Error(`init: ${done.code}\n${done.out}${done.err}`);
    },
    fsck: (database = url) => run('fsck', `${folder}/first`, '--database', database),

    // Starts a node, and waits until it serves, or ends (then `ended` tells, and `port` is missing).
    async serve(name, { machine, database = url } = {}) {
      const data = `${folder}/${name}`, log = `${folder}/${name}.log`;
      mkdirSync(data, { recursive: true });
      const where = machine ? { namespace: machine.namespace } : {};
      const mine = name === 'first' ? [] : ['--keys', keys];
      const heard = existsSync(log) ? readFileSync(log, 'utf8').length : 0;
      const child = start([program, 'serve', '--data', data, '--database', database, ...mine, '--listen', '127.0.0.1:0', '--requests-per-minute', '0'],
        { ...where, log, cwd: source });
      const node = {
        name, child, log: () => child.log().slice(heard),
        stop: async () => {
          child.send('SIGTERM');
          await until(`the end of ${name}`, 60, () => !child.running);
          node.door?.kill();
        },
        kill: () => { child.kill(); node.door?.kill(); },
      };
      running.push(node);
      await until(`${name} serves`, 60, () => {
        node.port = Number(/http:\/\/127\.0\.0\.1:(\d+)\//.exec(node.log())?.[1]) || undefined;
        return node.port ?? !child.running;
      });
      node.to = { host: '127.0.0.1', port: node.port };
      // Into its network leads a file: what connects to it comes out at the node.
      if (machine && node.port) {
        const socketPath = `${folder}/${name}.door`;
        rmSync(socketPath, { force: true });
        node.door = start([process.execPath, `${here}/door.mjs`, socketPath, String(node.port)], { ...where, log: `${folder}/${name}.door.log` });
        await until(`the door of ${name}`, 20, () => existsSync(socketPath));
        node.to = { socketPath };
      }
      return node;
    },

    async remove() {
      for (const node of running) node.kill();
      await until('the end of huiyin', 30, () => running.every(({ child }) => !child.running));
      remove();
    },
    logs: (lines = 30) => running.map((node) => `--- ${node.name}\n${node.log().split('\n').slice(-lines).join('\n')}`).join('\n'),
  };
  return site;
}

// One request; the answer with its status and text. Rejects when the connection breaks, or nothing came in `seconds`.
export function send(to, method, target, { headers = {}, body, agent, seconds = 40 } = {}) {
  const text = body === undefined ? undefined : JSON.stringify(body);
  const all = { ...(text === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text) }), ...headers };
  return new Promise((resolve, reject) => {
    const sent = request({ ...to, method, path: target, headers: all, agent }, (answer) => {
      const parts = [];
      answer.on('data', (part) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        clearTimeout(patience);
        const whole = Buffer.concat(parts).toString('utf8');
        resolve({ status: answer.statusCode, headers: answer.headers, text: whole, json: () => JSON.parse(whole) });
      });
    });
    const patience = setTimeout(() => sent.destroy(new Error(`no answer within ${seconds} s`)), seconds * 1000);
    sent.on('error', (fault) => { clearTimeout(patience); reject(fault); });
    sent.end(text);
  });
}
