// The side ways of a case in a real browser, each step by the person whose it is: parts and promises, signature and reviews,
// mergers, splits and hand-overs, what nobody does alone, and who has nothing to do with it.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { townDay } from '../system/huiyin.mjs';
import { has, hasNot, leave, openCast, propose, texts, unit } from './cast.mjs';
import { act, press, sideAct } from './stage.mjs';

const cast = await openCast();
const { demo, assertSound, openCase, staffOf, file, own, bring, approve } = cast;
after(() => cast.close());

const silent = () => {};

const said = {
  zh: { body: '征地补偿款至今没有发放，村里已经问了三次。', urgent: '楼道里煤气泄漏，味道很重，快来人。', part: '本单位已核对面积，无误。', answer: '补偿款已核实，将于月底前发放。', claim: '请求发放征地补偿款。', why: '经核对，情况属实。', other: '第二个问题：路灯不亮。' },
  en: { body: 'The money for our land has not come; the village asked three times.', urgent: 'A gas leak in the stairwell, it smells strongly, please come.', part: 'We have checked the areas: they are right.', answer: 'The money is due and will be paid by the end of the month.', claim: 'To be paid for the land.', why: 'It was checked and is so.', other: 'And the street lamp is out.' },
};

// A formal opinion: a supporting unit's part before it, a promise in it, a signature under it; then a review and a re-review by
// others, and the promise kept.
async function formal(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, officer, signer, helper, reviewer, second] = await staffOf(lang, options, 'dispatcher', `officer-${unit}`, `signer-${unit}`, 'officer-transport', 'officer-housing', 'officer-ecology');
  const receipt = await file(lang, s.body, async (page, who) => {
    await page.locator('summary', { hasText: t.report_joint }).click();
    await page.fill('#field-people', '12');
    await page.fill('#field-representatives-0-name', '李四');
    await page.fill('#field-representatives-2-name', '王五');
    await page.locator('summary', { hasText: t.report_behalf }).click();
    await page.fill('#field-on-behalf-name', '张奶奶');
    await look(who, 'life-report-open');
  }, options);
  const { who: person, reference } = receipt;
  await own(lang, receipt);
  await has(person.page, '王五');
  await look(person, 'life-joint');
  await bring(lang, reference, { dispatcher, officer }, 'land-taking', 'assigned');
  await propose(lang, dispatcher, 'act_support', (box) => box.locator('select').selectOption('transport'));
  await openCase(officer.page, lang, reference);
  await act(officer.page, t.act_start);
  assert.equal(await officer.page.locator('#answer').count(), 0, 'no answer while a part is open');
  await hasNot(officer.page, '王五');
  await look(officer, 'life-waits-for-part');
  await openCase(helper.page, lang, reference);
  await act(helper.page, t.act_contribute, { '#contribute-words': s.part });
  await officer.page.reload();
  await has(officer.page, s.part);
  await propose(lang, officer, 'act_promise', async (box) => {
    await box.locator('#promise-words').fill(s.answer);
    await box.locator('#promise-until').fill(townDay(20));
  });
  await press(officer.page, t.act_answer, '.act-main');
  assert.ok((await officer.page.locator('.act-main [aria-invalid=true]').count()) > 0, 'an opinion needs its parts');
  await look(officer, 'life-opinion-wrong');
  await officer.page.check('#answer input[name=outcome][value=supported]');
  await act(officer.page, t.act_answer, { '#answer-parts-claim': s.claim, '#answer-parts-facts': s.why, '#answer-parts-grounds': s.why, '#answer-parts-basis': s.why, '#answer-words': s.answer });
  await look(officer, 'life-to-be-signed');
  await person.page.reload();
  await hasNot(person.page, s.claim);
  await openCase(signer.page, lang, reference);
  await has(signer.page, s.claim);
  await look(signer, 'life-sign');
  await approve(lang, signer, reference);
  await person.page.reload();
  await has(person.page, s.claim);
  await has(person.page, t.promises_head);
  await look(person, 'life-opinion');

  await sideAct(person.page, t.act_ask_review, (box) => box.locator('textarea').fill(s.body));
  await has(person.page, t.stands_in_review);
  await openCase(dispatcher.page, lang, reference);
  await dispatcher.page.selectOption('#assign-review-unit', unit);
  await press(dispatcher.page, t.act_assign_review, '.act-main');
  assert.equal(await dispatcher.page.locator('[aria-invalid=true]').count(), 1, 'not those who answered');
  await dispatcher.page.selectOption('#assign-review-unit', 'housing');
  await act(dispatcher.page, t.act_assign_review);
  await openCase(reviewer.page, lang, reference);
  await look(reviewer, 'life-review');
  await reviewer.page.check('#decide_review input[name=outcome][value=upheld]');
  await act(reviewer.page, t.act_decide_review, { '#decide-review-words': s.why });
  await person.page.reload();
  await has(person.page, t.ask_rereview_head);
  await look(person, 'life-reviewed');
  await sideAct(person.page, t.act_ask_review, (box) => box.locator('textarea').fill(s.body));
  await openCase(dispatcher.page, lang, reference);
  await dispatcher.page.selectOption('#assign-review-unit', 'ecology');
  await act(dispatcher.page, t.act_assign_review);
  await openCase(second.page, lang, reference);
  await second.page.check('#decide_review input[name=outcome][value=revised]');
  await act(second.page, t.act_decide_review, { '#decide-review-words': s.why });
  await person.page.reload();
  await has(person.page, t.story_final);

  await openCase(officer.page, lang, reference);
  await officer.page.check('#fulfil input[name=promise]');
  await act(officer.page, t.act_fulfil, { '#fulfil-words': s.answer });
  await person.page.reload();
  await has(person.page, t.promise_kept);
  await look(person, 'life-final');
  await leave(person, dispatcher, officer, signer, helper, reviewer, second);
}

// Two cases about one matter, merged by two people and parted again; a letter split into two; a case handed over with proof.
async function elsewhere(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, other, officer, leader] = await staffOf(lang, options, 'dispatcher', 'dispatcher2', `officer-${unit}`, `leader-${unit}`);
  const both = { dispatcher, officer };
  const [first, again] = [await file(lang, s.body, silent, options), await file(lang, s.body, silent, options)];
  for (const { reference } of [first, again]) await bring(lang, reference, both, 'water-supply', 'accepted');
  await propose(lang, dispatcher, 'act_merge', async (box) => {
    await box.locator('#merge-into').fill(first.reference.toLowerCase());
    await box.locator('textarea').fill(s.why);
  });
  await look(dispatcher, 'life-merge-proposed');
  await openCase(other.page, lang, again.reference);
  await look(other, 'life-merge-to-approve');
  await approve(lang, other, again.reference);
  await own(lang, again);
  await has(again.who.page, t.merged_head);
  await hasNot(again.who.page, first.reference);
  await look(again.who, 'life-merged');
  await propose(lang, other, 'act_split_back', (box) => box.locator('textarea').fill(s.why));
  await again.who.page.reload();
  await hasNot(again.who.page, t.merged_lead);

  const letter = await file(lang, s.body, silent, options);
  await openCase(dispatcher.page, lang, letter.reference);
  await propose(lang, dispatcher, 'act_split', async (box) => {
    assert.equal(await box.locator('#split-parts-0-body').inputValue(), s.body);
    await box.locator('#split-parts-2-body').fill(s.other);
    await box.locator('#split-parts-2-category').selectOption('water-supply');
    await look(dispatcher, 'life-split-form');
  });
  await own(lang, letter);
  await look(letter.who, 'life-split');
  const part = await letter.who.page.locator('.answer .references a').nth(1);
  const reference = await part.textContent();
  await part.click();
  assert.equal(await letter.who.page.inputValue('#track-reference'), reference);
  await letter.who.page.fill('#track-secret', letter.secret);
  await press(letter.who.page, t.track_act);
  await has(letter.who.page, s.other);
  await look(letter.who, 'life-split-part');

  const away = await file(lang, s.body, silent, options);
  await bring(lang, away.reference, both, 'water-supply');
  await propose(lang, officer, 'act_hand_over', async (box) => {
    await box.locator('select').selectOption('commercial-arbitration');
    await box.locator('textarea').fill(s.why);
  });
  await approve(lang, leader, away.reference);
  await own(lang, away);
  await has(away.who.page, t.handing_over_lead);
  await look(away.who, 'life-handing-over');
  await officer.page.reload();
  await look(officer, 'life-prove');
  await officer.page.check('#prove_hand_over input[name=taken][value=true]');
  await act(officer.page, t.act_prove_hand_over, { '#prove-hand-over-words': s.part });
  await away.who.page.reload();
  await has(away.who.page, s.part);
  await look(away.who, 'life-handed-over');
  await leave(first.who, again.who, letter.who, away.who, dispatcher, other, officer, leader);
}

// What nobody does alone, and who has nothing to do with a case.
async function guarded(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, other, supervisor, officer, officer2, leader] = await staffOf(lang, options, 'dispatcher', 'dispatcher2', 'supervisor', `officer-${unit}`, `officer2-${unit}`, `leader-${unit}`);
  const both = { dispatcher, officer };

  // Not accepted by two: refused, taken back, approved; reopened by two.
  const refused = await file(lang, s.body, silent, options);
  const notAccept = async () => {
    await openCase(dispatcher.page, lang, refused.reference);
    await propose(lang, dispatcher, 'act_not_accept', async (box) => {
      await box.locator('select').selectOption('commercial-arbitration');
      await box.locator('textarea').fill(s.why);
    });
  };
  await notAccept();
  assert.equal(await dispatcher.page.locator('#rule_proposal').count(), 0, 'nobody approves what they proposed');
  await openCase(other.page, lang, refused.reference);
  await other.page.check('#rule_proposal input[value=false]');
  await press(other.page, t.act_rule_proposal, '.act-main');
  assert.equal(await other.page.locator('.act-main [aria-invalid=true]').count(), 1, 'a refusal has its reason');
  await act(other.page, t.act_rule_proposal, { '#rule-proposal-reason': s.why });
  await notAccept();
  await propose(lang, dispatcher, 'act_take_back');
  await notAccept();
  await approve(lang, supervisor, refused.reference);
  await own(lang, refused);
  await has(refused.who.page, t.not_accepted_head);
  await propose(lang, supervisor, 'act_reopen_by_staff', (box) => box.locator('textarea').fill(s.why));
  await approve(lang, other, refused.reference);

  // Danger to life: whom to call at once, first on every list; taken back, and set again.
  const danger = await file(lang, s.urgent, async (page) => {
    await page.fill('#field-contact-name', '赵六');
  }, options);
  assert.equal(await danger.who.page.locator('a[href="tel:119"]').count(), 1);
  await look(danger.who, 'life-urgent-receipt');
  await own(lang, danger);
  await look(danger.who, 'life-urgent');
  await dispatcher.page.goto(`${demo.origin}/${lang}/staff/`);
  assert.ok((await dispatcher.page.textContent('.urgent')).includes(danger.reference));
  await look(dispatcher, 'life-list-urgent');
  await openCase(dispatcher.page, lang, danger.reference);
  await propose(lang, dispatcher, 'act_not_urgent', (box) => box.locator('textarea').fill(s.why));
  await propose(lang, dispatcher, 'act_urgent', (box) => box.locator('textarea').fill(s.why));
  await bring(lang, danger.reference, both, 'water-supply');

  // The identity: for a reason that the requester reads, when another has approved it.
  await hasNot(officer.page, '赵六');
  await propose(lang, officer, 'act_reveal', (box) => box.locator('textarea').fill(s.why));
  await leader.page.goto(`${demo.origin}/${lang}/staff/?proposed=true`);
  assert.ok((await leader.page.textContent('.queue')).includes(danger.reference));
  await approve(lang, leader, danger.reference);
  await hasNot(leader.page, '赵六');
  await officer.page.reload();
  await has(officer.page, '赵六');
  await look(officer, 'life-identity');
  await danger.who.page.reload();
  await has(danger.who.page, t.revealed_head);
  await look(danger.who, 'life-revealed');

  // Another officer; who steps aside; whom it complains of.
  await openCase(leader.page, lang, danger.reference);
  await propose(lang, leader, 'act_change_handler', (box) => box.locator('select').selectOption(`officer2-${unit}`));
  await officer2.page.goto(`${demo.origin}/${lang}/staff/?mine=true`);
  assert.ok((await officer2.page.textContent('.queue')).includes(danger.reference));
  await openCase(officer2.page, lang, danger.reference);
  await propose(lang, officer2, 'act_recuse', (box) => box.locator('textarea').fill(s.why));
  await has(officer2.page, t.list_left);
  await officer2.page.goto(`${demo.origin}/${lang}/staff/cases/${danger.reference}`);
  await has(officer2.page, t.may_not_with_others);
  await openCase(officer.page, lang, danger.reference);
  await act(officer.page, t.act_start);
  await openCase(dispatcher.page, lang, danger.reference);
  await propose(lang, dispatcher, 'act_set_about', (box) => box.locator('select').selectOption(unit));
  await look(dispatcher, 'life-about');
  for (const who of [officer, leader]) {
    await who.page.goto(`${demo.origin}/${lang}/staff/cases/${danger.reference}`);
    await has(who.page, t.may_not_with_others);
  }
  await leave(refused.who, danger.who, dispatcher, other, supervisor, officer, officer2, leader);
}

// A leaver's cases go to a colleague, each with its result.
async function handedOn(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, officer, officer2, leader] = await staffOf(lang, options, 'dispatcher', `officer-${unit}`, `officer2-${unit}`, `leader-${unit}`);
  const receipts = [await file(lang, s.body, silent, options), await file(lang, s.other, silent, options)];
  for (const { reference } of receipts) await bring(lang, reference, { dispatcher, officer }, 'water-supply');
  await leader.page.locator('main').getByRole('link', { name: t.handover_link, exact: true }).click();
  await look(leader, 'handover');
  await leader.page.selectOption('#whose-of', `officer-${unit}`);
  await press(leader.page, t.handover_show);
  for (const { reference } of receipts) await has(leader.page, reference);
  await press(leader.page, t.handover_act);
  assert.equal(await leader.page.locator('[aria-invalid=true]').count(), 1);
  await look(leader, 'handover-wrong');
  await leader.page.selectOption('#handover-to', `officer2-${unit}`);
  await press(leader.page, t.handover_act);
  for (const { reference } of receipts) assert.ok((await leader.page.locator('.queue li', { hasText: reference }).textContent()).includes(t.handover_done));
  await look(leader, 'handover-done');
  await officer2.page.goto(`${demo.origin}/${lang}/staff/?mine=true`);
  for (const { reference } of receipts) assert.ok((await officer2.page.textContent('.queue')).includes(reference));
  await leave(...receipts.map(({ who }) => who), dispatcher, officer, officer2, leader);
}

const ways = { 'a formal opinion, its promise, its reviews': formal, 'a merger, a split and a hand-over': elsewhere, 'what nobody does alone, and who keeps out': guarded, 'the cases of one who leaves': handedOn };
for (const [name, walk] of Object.entries(ways)) {
  test(`${name}: in Chinese, without JavaScript`, { timeout: 240_000 }, () => walk('zh', { javaScriptEnabled: false }, silent));
  for (const lang of ['zh', 'en']) {
    test(`${name}: every page is sound (${lang})`, { timeout: 600_000 }, () => walk(lang, {}, (who, page) => assertSound(who, page, lang)));
  }
}
