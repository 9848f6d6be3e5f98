// Build step: makes the scripts of the pages, one file each. `node web/bundle.mjs OUT_DIR`; CMake calls it. Installs the packages of
// package-lock.json first where they are not there.
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const here = path.dirname(fileURLToPath(import.meta.url));
const out = process.argv[2];
if (!out) throw new Error('usage: node web/bundle.mjs OUT_DIR');

const lock = path.join(here, 'package-lock.json');
const installed = path.join(here, 'node_modules/.installed-lock'); // ./dev looks at it too
if (!existsSync(installed) || !readFileSync(installed).equals(readFileSync(lock))) {
  const done = spawnSync('npm', ['ci', '--prefix', here, '--ignore-scripts', '--no-fund', '--no-audit'], { cwd: path.dirname(here), stdio: 'inherit' });
  if (done.status !== 0) process.exit(done.status ?? 1);
  copyFileSync(lock, installed);
}

const { build } = await import('esbuild');
await build({
  entryPoints: { verify: path.join(here, 'verify/page.js') },
  outdir: out,
  bundle: true,
  minify: true,
  format: 'esm',
  target: ['es2022'],
  legalComments: 'inline', // the licences of what goes in
  charset: 'utf8',
  logLevel: 'warning',
});
