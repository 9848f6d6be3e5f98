// Clients that file cases and do not give up: whatever is not acknowledged is sent again under the same key, to one node and then to
// the other, until it is.
import { randomBytes } from 'node:crypto';
import { Agent } from 'node:http';

import { send } from './site.mjs';

const pauseBeforeRetry = 50;  // milliseconds

// `nodes`: what serve() gave. `pace`: how long a client rests after each acknowledgement, in milliseconds.
export function makeLoad(nodes, { connections = 16, pace = 20, seconds = 40 } = {}) {
  const agents = nodes.map(() => new Agent({ keepAlive: true, maxSockets: connections }));
  const acknowledged = [];  // {key, reference, secret, words, began, answered}: the times are those of the attempt that succeeded
  const refused = new Map();  // what else came, how often
  const wrong = [];           // answers that no client should get
  let open = true, count = 0;
  const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

  async function client(number) {
    while (open) {
      const key = randomBytes(16).toString('hex');
      const words = `第 ${++count} 件：路灯坏了。${'灯'.repeat(count % 300)}`;
      for (let turn = number; ; ++turn) {
        const at = turn % nodes.length;
        const began = performance.now();
        let came;
        try {
          const answer = await send(nodes[at].to, 'POST', '/api/v1/cases',
            { body: { body: words }, headers: { 'Idempotency-Key': key }, agent: agents[at], seconds });
          if (answer.status === 201) {
            const { reference, secret } = answer.json();
            acknowledged.push({ key, reference, secret, words, began, answered: performance.now() });
            break;
          }
          came = String(answer.status);
          if (answer.status !== 503) wrong.push(`${answer.status} ${answer.text}`);
        } catch (fault) {
          came = fault.code ?? fault.message;
        }
        refused.set(came, (refused.get(came) ?? 0) + 1);
        if (!open && load.givesUp) return;
        await rest(pauseBeforeRetry);
      }
      await rest(pace);
    }
  }

  const clients = Array.from({ length: connections }, (_, number) => client(number));
  const load = {
    acknowledged, refused, wrong,
    givesUp: false,
    // The first acknowledgement of a request that was sent after `moment`.
    firstSince: (moment) => {
      let first;
      for (let i = acknowledged.length - 1; i >= 0 && acknowledged[i].answered > moment; --i) {
        if (acknowledged[i].began >= moment) first = acknowledged[i].answered;
      }
      return first;
    },
    // Files nothing new; ends when all that was begun is acknowledged, or at once after the attempt under way with `givesUp`.
    async stop({ givesUp = false } = {}) {
      open = false;
      load.givesUp = givesUp;
      await Promise.all(clients);
      for (const agent of agents) agent.destroy();
    },
    // For the end of a test that failed: nothing is waited for.
    remove() {
      open = false;
      load.givesUp = true;
      for (const agent of agents) agent.destroy();
    },
  };
  return load;
}

// What of `acknowledged` is not there, or not with the words that were sent.
export async function missing(acknowledged, nodes, connections = 16) {
  const agents = nodes.map(() => new Agent({ keepAlive: true, maxSockets: connections }));
  const found = [];
  let next = 0;
  await Promise.all(Array.from({ length: connections }, async (_, number) => {
    const at = number % nodes.length;
    while (next < acknowledged.length) {
      const { reference, secret, words } = acknowledged[next++];
      const answer = await send(nodes[at].to, 'GET', `/api/v1/cases/${reference}`, { headers: { Authorization: `Case ${secret}` }, agent: agents[at] });
      if (answer.status !== 200) found.push(`${reference}: ${answer.status} ${answer.text}`);
      else if (answer.json().body !== words) found.push(`${reference}: other words`);
    }
  }));
  for (const agent of agents) agent.destroy();
  return found;
}
