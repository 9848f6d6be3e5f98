// Processes of the fail-over test: started in a network of their own or in ours, as postgres or as we are, written to a file, and
// ended by their numbers, whatever becomes of the test.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const started = new Set();  // every process of ours that may still run, with what came of it
const undone = new Set();   // what else must not outlive us: namespaces, bridges

// Ends everything at once, without waiting: for the end of a test, and for the end of the whole process.
export function endAll() {
  for (const one of started) one.kill();
  for (const undo of undone) undo();
  undone.clear();
}

export function atTheEnd(undo) { undone.add(undo); }

// A temporary folder, gone when we are.
export function makeFolder(name) {
  const folder = mkdtempSync(path.join(tmpdir(), `${name}-`));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  atTheEnd(remove);
  return { folder, remove };
}

process.on('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));

// The words that put a command into a network namespace and under another user. setpriv becomes the command, so that the number
// of the process is the command's own; and it asks the kernel to end the command when this process ends without a word.
export function placed(command, { namespace, user }) {
  const network = namespace ? ['ip', 'netns', 'exec', namespace] : [];
  const identity = user ? [`--reuid=${user}`, `--regid=${user}`, '--init-groups'] : [];
  return [...network, 'setpriv', '--pdeathsig', 'INT', ...identity, '--', ...command];
}

// The answer of a short command; rejects when it fails or takes longer than `seconds`.
export function ask(command, { namespace, user, env, seconds = 10, cwd = '/' } = {}) {
  const [first, ...rest] = placed(command, { namespace, user });
  return new Promise((resolve, reject) => {
    execFile(first, rest, { env: { ...process.env, ...env }, cwd, timeout: seconds * 1000, killSignal: 'SIGKILL', maxBuffer: 1 << 26 }, (fault, out, err) => {
      if (!fault) return resolve(out);
      reject(Object.assign(new Error(`${command.join(' ')}: ${fault.killed ? `no answer within ${seconds} s` : fault.code}\n${out}${err}`), { code: fault.code, out, err }));
    });
  });
}

export function must(...command) {
  const done = spawnSync(command[0], command.slice(1), { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command.join(' ')}: ${done.error ?? done.stderr}`);
  return done.stdout;
}

// Number, parent and time of birth of every process: the birth tells a process from a later one with the same number.
function processes() {
  const found = [];
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'latin1');
      const words = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      found.push({ pid: Number(name), parent: Number(words[1]), born: words[19], state: words[0] });
    } catch { /* it ended while we read */ }
  }
  return found;
}

function signal(pid, name) {
  try { process.kill(pid, name); } catch (fault) { if (fault.code !== 'ESRCH') throw fault; }
}

// Starts a command that stays, its words in the file `log`.
export function start(command, { namespace, user, env, log, cwd = '/' }) {
  const file = openSync(log, 'a');
  const [first, ...rest] = placed(command, { namespace, user });
  const child = spawn(first, rest, { env: { ...process.env, ...env }, cwd, stdio: ['ignore', file, file] });
  closeSync(file);
  const seen = new Map();  // every descendant ever seen, by number
  const one = {
    pid: child.pid,
    running: true,
    log: () => readFileSync(log, 'utf8'),
    ended: new Promise((resolve) => {
      child.on('error', (fault) => { one.running = false; resolve(fault); });
      child.on('exit', (code, name) => { one.running = false; resolve(code ?? name); });
    }),
    // It and all that it started and that still runs, also what lost its parent since.
    tree() {
      const all = processes();
      const kept = new Set(all.filter(({ pid, born }) => seen.get(pid) === born).map(({ pid }) => pid));
      if (one.running) kept.add(child.pid);
      for (let grown = true; grown;) {
        grown = false;
        for (const { pid, parent } of all) {
          if (kept.has(pid) || !kept.has(parent)) continue;
          kept.add(pid);
          grown = true;
        }
      }
      const alive = all.filter(({ pid, state }) => kept.has(pid) && state !== 'Z');
      for (const { pid, born } of alive) seen.set(pid, born);
      return alive.map(({ pid }) => pid);
    },
    // Gone at once, all of it, as when the power fails. Stopped first, so that nothing starts anew meanwhile.
    kill() {
      for (let before = -1, pids = one.tree(); pids.length !== before;) {
        before = pids.length;
        for (const pid of pids) signal(pid, 'SIGSTOP');
        pids = one.tree();
      }
      for (const pid of one.tree()) signal(pid, 'SIGKILL');
    },
    send: (name) => { if (one.running) signal(child.pid, name); },
  };
  started.add(one);
  return one;
}

// Asks `what` until its answer is not undefined; `deadline` seconds at most. A fault counts as no answer yet.
export async function until(name, deadline, what, every = 100) {
  const end = performance.now() + deadline * 1000;
  let last;
  for (;;) {
    try {
      const answer = await what();
      if (answer !== undefined && answer !== false) return answer;
    } catch (fault) {
      if (fault.final) throw fault;
      last = fault;
    }
    if (performance.now() > end) throw new Error(`${name}: not within ${deadline} s${last ? `; at last: ${last.message}` : ''}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
