// A network of our own: a bridge, and for every machine a namespace with one cable to it that can be pulled.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

import { atTheEnd, must } from './processes.mjs';

const quietly = (...command) => spawnSync(command[0], command.slice(1));

// Whether this machine lets us make namespaces; the reason when it does not.
export function whyNoNamespaces() {
  const name = `huiyin-${process.pid}`;
  const made = spawnSync('ip', ['netns', 'add', name], { encoding: 'utf8' });
  quietly('ip', 'netns', 'delete', name);
  return made.status === 0 ? '' : `no right to make network namespaces: ${made.error ?? made.stderr}`;
}

// Those of a test that was killed: nobody else removes them.
function removeForgotten() {
  for (const [, name, maker] of quietly('ip', 'netns', 'list').stdout.toString().matchAll(/^(hy(\d+)-\w+)/gm)) {
    if (!existsSync(`/proc/${maker}`)) quietly('ip', 'netns', 'delete', name);
  }
}

// The switch is a namespace too, with a bridge for either side: to cut, a machine's plug moves to the other bridge. So the cut-off
// machines still reach each other, and nobody else.
export function makeNetwork(names) {
  const tag = `hy${process.pid}`;
  const machines = Object.fromEntries(names.map((name, i) => [name, {
    namespace: `${tag}-${name}`, address: `10.83.11.${i + 1}`, plug: `plug${i}`,
  }]));
  const hub = `${tag}-hub`;
  const inHub = (...command) => must('ip', '-n', hub, ...command);
  const remove = () => {
    for (const { namespace } of Object.values(machines)) quietly('ip', 'netns', 'delete', namespace);
    quietly('ip', 'netns', 'delete', hub);
  };
  atTheEnd(remove);
  removeForgotten();
  must('ip', 'netns', 'add', hub);
  for (const side of ['inside', 'outside']) {
    inHub('link', 'add', side, 'type', 'bridge');
    inHub('link', 'set', side, 'up');
  }
  for (const { namespace, address, plug } of Object.values(machines)) {
    must('ip', 'netns', 'add', namespace);
    must('ip', '-n', namespace, 'link', 'set', 'lo', 'up');
    must('ip', '-n', namespace, 'link', 'add', 'cable', 'type', 'veth', 'peer', 'name', plug, 'netns', hub);
    must('ip', '-n', namespace, 'address', 'add', `${address}/24`, 'dev', 'cable');
    must('ip', '-n', namespace, 'link', 'set', 'cable', 'up');
    inHub('link', 'set', plug, 'master', 'inside', 'up');
  }
  return {
    machines,
    cut: (...cutOff) => { for (const name of cutOff) inHub('link', 'set', machines[name].plug, 'master', 'outside'); },
    heal: () => { for (const { plug } of Object.values(machines)) inHub('link', 'set', plug, 'master', 'inside'); },
    remove,
  };
}
