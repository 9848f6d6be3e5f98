// What the browser tests share: the release program serving a fresh demonstration, and Debian's Chromium looking at it.
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import { init, makeFolder, serve } from '../system/huiyin.mjs';

const publicName = 'huiyin.test';
const flags = [`--host-resolver-rules=MAP ${publicName} 127.0.0.1`, '--no-sandbox', '--disable-gpu', '--disable-background-networking', '--no-first-run', '--disable-dev-shm-usage'];

// { origin, publicOrigin, logins: {login: password}, stop() }
export async function startDemo() {
  const { folder, remove } = makeFolder();
  const data = path.join(folder, 'data');
  const logins = init(data);
  const server = await serve(data);
  return {
    origin: `http://127.0.0.1:${server.port}`,
    publicOrigin: `http://${publicName}:${server.port}`, // the same under a name that no browser takes for the machine itself
    logins,
    stop: async () => {
      await server.stop();
      remove();
    },
  };
}

// Playwright gives every launch a profile of its own and removes it.
export const startBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags });

// Where pictures of the pages go: SCREENSHOTS, or nowhere.
export function pictures() {
  const folder = process.env.SCREENSHOTS;
  if (folder) mkdirSync(folder, { recursive: true });
  return (name) => (folder ? path.join(folder, `${name}.png`) : undefined);
}
