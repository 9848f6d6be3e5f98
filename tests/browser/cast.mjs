// The people of the demonstration, for tests of what each of them does: somebody who files, the staff signed in, and what they do
// most, found by the words of the pages in either language.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { source } from '../system/huiyin.mjs';
import { act, openStage, press, sideAct } from './stage.mjs';

export const unit = 'utilities'; // in charge, unless a walk says otherwise

// The words of the pages, from the catalogues.
function catalogue(lang) {
  const folder = path.join(source, 'texts', lang);
  const lines = readdirSync(folder).flatMap((file) => readFileSync(path.join(folder, file), 'utf8').split('\n'));
  return Object.fromEntries(lines.filter((line) => /^[a-z]/.test(line)).map((line) => line.split(' = ')));
}
export const texts = { zh: catalogue('zh'), en: catalogue('en') };

const main = (page) => page.textContent('main');
export const has = async (page, words) => assert.ok((await main(page)).includes(words), `“${words}” stands on ${page.url()}`);
export const hasNot = async (page, words) => assert.ok(!(await main(page)).includes(words), `“${words}” does not stand on ${page.url()}`);
export const leave = (...all) => Promise.all(all.map((who) => who.context.close()));

// An act behind its summary, done without a fault.
export async function propose(lang, who, name, fill) {
  await sideAct(who.page, texts[lang][name], fill);
  assert.equal(await who.page.locator('.notice').count(), 1, await main(who.page));
}

export async function openCast() {
  const stage = await openStage();
  const { demo, visitor, openCase } = stage;

  // Somebody of the staff in a browser of their own, signed in.
  async function staff(lang, login, options = {}) {
    const who = await visitor(options);
    await who.page.goto(`${demo.origin}/${lang}/staff/`);
    await who.page.fill('#field-login', login);
    await who.page.fill('#field-password', demo.logins[login]);
    await press(who.page, texts[lang].sign_in_act);
    assert.equal(who.page.url(), `${demo.origin}/${lang}/staff/`);
    return who;
  }
  const staffOf = (lang, options, ...logins) => Promise.all(logins.map((login) => staff(lang, login, options)));

  // Somebody who files: { who, reference, secret }.
  async function file(lang, body, fill = async () => {}, options = {}) {
    const who = await visitor(options);
    await who.page.goto(`${demo.origin}/${lang}/report`);
    await who.page.fill('#field-body', body);
    await fill(who.page, who);
    await press(who.page, texts[lang].report_act);
    return { who, reference: await who.page.textContent('#reference'), secret: await who.page.textContent('#secret') };
  }
  const own = (lang, { who, reference }) => who.page.goto(`${demo.origin}/${lang}/case/${reference}`);

  // Accepted and with the unit; as far as `until` says: "accepted", "assigned", "in_work".
  async function bring(lang, reference, { dispatcher, officer }, category, until = 'in_work') {
    const t = texts[lang];
    await openCase(dispatcher.page, lang, reference);
    await dispatcher.page.selectOption('#accept-category', category);
    await act(dispatcher.page, t.act_accept);
    if (until === 'accepted') return;
    await dispatcher.page.selectOption('#assign-unit', unit);
    await act(dispatcher.page, t.act_assign);
    if (until === 'assigned') return;
    await openCase(officer.page, lang, reference);
    await act(officer.page, t.act_start);
  }
  async function approve(lang, who, reference) {
    await openCase(who.page, lang, reference);
    await who.page.check('#rule_proposal input[name=approved][value=true]');
    await act(who.page, texts[lang].act_rule_proposal);
  }
  return { ...stage, staff, staffOf, file, own, bring, approve };
}
