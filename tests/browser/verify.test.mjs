// The page that checks a receipt in the browser: it finds what the program finds, in both languages, with the browser's own
// cryptography and without, and asks for nothing while it does.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, test } from 'node:test';
import { makeFolder, run, source } from '../system/huiyin.mjs';
import { checkReceipt, parseReceipt } from '../../web/verify/receipt.js';
import { logType, parseKey } from '../../web/verify/note.js';
import { openStage } from './stage.mjs';

const example = JSON.parse(readFileSync(path.join(source, 'docs/formats/example.huiyin-receipt'), 'utf8'));
const logKey = 'log.example/town/log1+c2963a07+Ac/if/TVHrk3nGbCguvpZUqjpJ5GfXOuwvLX+I+Wdfm0';
const witnessKey = 'witness.example/reader+64b9a71a+BD7qkHN6ctshNzoEU1eu15GXKa+RvDO0O9jDiWZLBPmZ';

const words = {
  zh: { proved: '已证明：这条记录确实在日志中。', unproved: '未能证明：文件本身前后一致', refuted: '未能证明：这个文件被改动过' },
  en: { proved: 'Proved: this entry stands in the log.', unproved: 'Not proved: the file hangs together', refuted: 'Not proved: this file was changed' },
};

const stage = await openStage();
const { demo, visitor, assertSound } = stage;
after(() => stage.close());

// The example with its entry changed, as somebody would who dates it a month earlier.
function forged() {
  const entry = Buffer.from(example.entry, 'base64').toString().replace('2026-03-01', '2026-02-01');
  return { ...example, entry: Buffer.from(entry).toString('base64') };
}

// What a camera would read in the picture.
function read(png) {
  const done = spawnSync('zbarimg', ['--quiet', '--raw', '--nodbus', '--oneshot', 'png:-'], { input: png });
  assert.equal(done.status, 0, String(done.error ?? done.stderr));
  return done.stdout.toString().trim();
}

const asFile = (receipt) => ({ name: 'F7K-3M2-Q9X.huiyin-receipt', mimeType: 'application/json', buffer: Buffer.from(typeof receipt === 'string' ? receipt : JSON.stringify(receipt)) });

// Opens the page, puts in the keys, picks the file; gives the verdict and the findings. Nothing may be asked for meanwhile.
async function check(who, lang, receipt, keys = { log: logKey, witness: witnessKey }) {
  const { page } = who;
  await page.goto(`${demo.origin}/${lang}/verify`);
  await page.fill('#verify-log-keys', keys.log);
  await page.fill('#verify-witness-keys', keys.witness);
  const asked = [];
  const note = (request) => asked.push(request.url());
  page.on('request', note);
  await page.setInputFiles('#verify-file', asFile(receipt));
  await page.waitForSelector('[data-verdict]');
  page.off('request', note);
  assert.deepEqual(asked, [], 'nothing is asked for while it checks');
  return {
    verdict: await page.getAttribute('[data-verdict]', 'data-verdict'),
    said: await page.textContent('[data-verdict]'),
    findings: await page.locator('[data-finding]').evaluateAll((items) => items.map((item) => item.dataset.finding)),
    text: await page.textContent('#verify-outcome'),
  };
}

for (const lang of ['zh', 'en']) {
  test(`a receipt is checked in the browser (${lang})`, { timeout: 120_000 }, async () => {
    const w = words[lang];
    const who = await visitor({});
    await who.page.goto(`${demo.origin}/${lang}/verify`);
    await assertSound(who, 'verify', lang);
    const good = await check(who, lang, example);
    assert.deepEqual(good.findings, ['included', 'signed_by_log', 'witnessed', 'disclosed', 'not_true']);
    assert.ok(good.said.startsWith(w.proved), good.said);
    assert.ok(good.text.includes('log.example/town/log1') && good.text.includes('witness.example/reader'), good.text);
    assert.ok(good.text.includes('晚上停水 No water in the evening.'));
    await assertSound(who, 'verify-proved', lang);
    const alone = await check(who, lang, example, { log: '', witness: '' });
    assert.deepEqual(alone.findings, ['included', 'signed_by_named_key', 'witness_unchecked', 'disclosed', 'not_when', 'not_true']);
    assert.ok(alone.said.startsWith(w.unproved), alone.said);
    await assertSound(who, 'verify-unproved', lang);
    const wrong = await check(who, lang, forged());
    assert.deepEqual(wrong.findings, ['not_included', 'signed_by_log', 'witnessed', 'disclosed', 'not_true']);
    assert.ok(wrong.said.startsWith(w.refuted), wrong.said);
    await assertSound(who, 'verify-forged', lang);
    assert.equal((await check(who, lang, '{"format":"huiyin-receipt/v2"}')).verdict, 'unreadable');
    assert.equal((await check(who, lang, example, { log: 'nonsense', witness: '' })).verdict, 'unreadable');
    assert.deepEqual(who.seen.faults, []);
    assert.deepEqual([...who.seen.hosts], [demo.origin]);
    await who.context.close();
  });
}

test('without TLS a browser hides its cryptography, and the page does without', { timeout: 60_000 }, async () => {
  const who = await visitor({});
  await who.page.goto(`${demo.publicOrigin}/en/verify`);
  assert.equal(await who.page.evaluate(() => globalThis.crypto.subtle === undefined), true);
  await who.page.fill('#verify-log-keys', logKey);
  await who.page.setInputFiles('#verify-file', asFile(example));
  await who.page.waitForSelector('[data-verdict=proved]');
  const changed = { ...example, proof: example.proof.replace('\n700\n', '\n701\n') };
  await who.page.setInputFiles('#verify-file', asFile(changed));
  await who.page.waitForSelector('[data-verdict=refuted] + .findings [data-finding=signature_wrong]');
  await who.context.close();
});

test('a file can be dropped, and changed keys check again', { timeout: 60_000 }, async () => {
  const who = await visitor({});
  await who.page.goto(`${demo.origin}/en/verify`);
  await who.page.evaluate((text) => {
    const carried = new DataTransfer();
    carried.items.add(new File([text], 'a.huiyin-receipt'));
    document.querySelector('h1').dispatchEvent(new DragEvent('drop', { dataTransfer: carried, bubbles: true, cancelable: true }));
  }, JSON.stringify(example));
  await who.page.waitForSelector('[data-verdict=unproved]'); // the key of this server's log is another one
  await who.page.fill('#verify-log-keys', logKey);
  await who.page.waitForSelector('[data-verdict=proved]');
  await who.context.close();
});

test('the receipt of this very server is checked with the key it brings, and stands on paper with a code', { timeout: 60_000 }, async () => {
  const who = await visitor({});
  await who.page.goto(`${demo.origin}/en/report`);
  await who.page.fill('#field-body', 'No light in the stairs.');
  await who.page.getByRole('button', { name: 'Send', exact: true }).click();
  const reference = await who.page.textContent('#reference');
  const drawn = await who.page.locator('svg.qr').screenshot();
  await assertSound(who, 'receipt-code', 'en');
  const answer = await who.context.request.get(`${demo.origin}/en/case/${reference}/receipt`);
  const receipt = await answer.json();
  const leaf = createHash('sha256').update(Buffer.from([0])).update(Buffer.from(receipt.entry, 'base64')).digest('base64url');
  const index = /^index (\d+)$/m.exec(receipt.proof)[1];
  assert.equal(read(drawn), `${demo.origin}/en/case/${reference}#log=${index},${leaf}`);
  await who.page.goto(`${demo.origin}/en/verify`);
  await who.page.setInputFiles('#verify-file', asFile(await answer.text()));
  await who.page.waitForSelector('[data-verdict=proved]');
  assert.match(await who.page.textContent('#verify-outcome'), /No light in the stairs\./);
  await who.page.goto(`${demo.origin}/en/witnesses`);
  await assertSound(who, 'witnesses', 'en');
  await who.context.close();
});

test('without a script the page says how to check by the program', { timeout: 60_000 }, async () => {
  const who = await visitor({ javaScriptEnabled: false });
  await who.page.goto(`${demo.origin}/en/verify`);
  assert.match(await who.page.textContent('main'), /huiyin verify FILE --vkey 'localhost\/demo\/log1\+/);
  assert.equal(await who.page.isVisible('.command'), true);
  assert.equal(await who.page.isVisible('#verify-inputs'), false);
  await who.context.close();
});

test('browser and program find the same in every changed receipt', { timeout: 120_000 }, async () => {
  const { folder, remove } = makeFolder();
  try {
    const trusted = { logs: [parseKey(logKey)], witnesses: [parseKey(witnessKey)] };
    assert.equal(trusted.logs[0].type, logType);
    const flipped = (text, at) => text.slice(0, at) + (text[at] === 'A' ? 'B' : 'A') + text.slice(at + 1);
    const changes = [example, forged(), { ...example, state: 'signed' }, { ...example, disclosures: [] }, { ...example, more: 1 }, { ...example, disclosures: [...example.disclosures, 'WyJhIiwiYiIsMV0'] }];
    for (let at = 3; at < example.proof.length; at += 61) changes.push({ ...example, proof: flipped(example.proof, at) });
    for (let at = 0; at < example.entry.length; at += 97) changes.push({ ...example, entry: flipped(example.entry, at) });
    for (let at = 5; at < example.verifier_key.length; at += 13) changes.push({ ...example, verifier_key: flipped(example.verifier_key, at) });
    for (const [number, receipt] of changes.entries()) {
      const name = path.join(folder, `${number}.huiyin-receipt`);
      writeFileSync(name, JSON.stringify(receipt));
      const program = run('verify', name, '--json', '--vkey', logKey, '--witness', witnessKey);
      const { receipt: read } = parseReceipt(JSON.stringify(receipt));
      if (!read) {
        assert.equal(program.code, 2, `${number}: the browser cannot read it`);
        continue;
      }
      assert.notEqual(program.code, 2, `${number}: ${program.err}`);
      const found = await checkReceipt(read, trusted);
      const told = JSON.parse(program.out);
      assert.deepEqual([found.verdict, found.findings], [told.verdict, told.findings], `${number}`);
    }
  } finally {
    remove();
  }
});
