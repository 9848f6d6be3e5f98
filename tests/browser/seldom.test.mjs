// The roads that few cases take, each walked to its end by the people whose they are: a part no longer needed, an objection upheld,
// a review that rests for a hearing and sets the answer aside, a hand-over that is sent back, a complaint about one person, and
// the answer that reaches a case merged into another. And that a day in a story says on a click why it is that day.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { has, hasNot, leave, openCast, propose, texts, unit } from './cast.mjs';
import { act, press, sideAct } from './stage.mjs';

const cast = await openCast();
const { demo, assertSound, openCase, staffOf, file, own, bring, approve } = cast;
after(() => cast.close());

const silent = () => {};
const said = {
  zh: { body: '小区门口的下水道堵了，一下雨就往外冒水。', land: '征地补偿款至今没有发放。', why: '经核对，情况属实。', answer: '已疏通，并更换了破损的管道。', hours: '24 小时', danger: '算了，不用了。家里着火了。', refusal: '材料已经齐全，不需要延期。', missing: '请写明需要哪一年的哪些文件。' },
  en: { body: 'The drain at our gate is blocked and floods whenever it rains.', land: 'The money for our land has not come.', why: 'It was checked and is so.', answer: 'It was cleared, and the broken pipe replaced.', hours: '24 hours', danger: 'Never mind. The house is on fire.', refusal: 'The papers are complete.', missing: 'Please say which papers, of which year.' },
};
const reason = (words) => (box) => box.locator('textarea').fill(words);

// What a formal opinion has to say, about the land.
async function giveOpinion(lang, officer, outcome) {
  const t = texts[lang], s = said[lang];
  await officer.page.check(`#answer input[name=outcome][value=${outcome}]`);
  await act(officer.page, t.act_answer, { '#answer-parts-claim': s.land, '#answer-parts-facts': s.why, '#answer-parts-grounds': s.why, '#answer-parts-basis': s.why, '#answer-words': s.answer });
}

// Its requester asks for a review, and the bureau of housing is to decide it; its reviewer has it before them.
async function bringToReview(lang, receipt, dispatcher, reviewer) {
  const t = texts[lang], s = said[lang];
  await own(lang, receipt);
  await sideAct(receipt.who.page, t.act_ask_review, reason(s.land));
  await openCase(dispatcher.page, lang, receipt.reference);
  await dispatcher.page.selectOption('#assign-review-unit', 'housing');
  await act(dispatcher.page, t.act_assign_review);
  await openCase(reviewer.page, lang, receipt.reference);
}

// A part that is no longer needed no longer holds the answer up; the unit in charge changes when it was not its matter.
async function units(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, officer, other, helper] = await staffOf(lang, options, 'dispatcher', `officer-${unit}`, 'officer-transport', 'officer-housing');
  const receipt = await file(lang, s.body, silent, options);
  const { who: person, reference } = receipt;
  await bring(lang, reference, { dispatcher, officer }, 'drainage', 'assigned');
  await openCase(officer.page, lang, reference);
  await propose(lang, officer, 'act_object', reason(s.why));
  await openCase(dispatcher.page, lang, reference);
  await dispatcher.page.check('#rule input[name=upheld][value=true]');
  await dispatcher.page.selectOption('#rule-unit', 'transport');
  await act(dispatcher.page, t.act_rule, { '#rule-reason': s.why });
  await look(dispatcher, 'seldom-ruled');
  await officer.page.goto(`${demo.origin}/${lang}/staff/cases/${reference}`);
  assert.equal(await officer.page.locator('.story').count(), 0, 'it is no longer theirs to read');
  await openCase(other.page, lang, reference);
  await act(other.page, t.act_start);

  await openCase(dispatcher.page, lang, reference);
  await propose(lang, dispatcher, 'act_support', (box) => box.locator('select').selectOption('housing'));
  await openCase(helper.page, lang, reference);
  await other.page.reload();
  assert.equal(await other.page.locator('#answer').count(), 0, 'no answer while a part is open');
  await dispatcher.page.reload();
  await propose(lang, dispatcher, 'act_release_support', async (box) => {
    await box.locator('select').selectOption('housing');
    await box.locator('textarea').fill(s.why);
  });
  await look(dispatcher, 'seldom-released');
  await other.page.reload();
  await act(other.page, t.act_answer, { '#answer-words': s.answer });
  await own(lang, receipt);
  await has(person.page, s.answer);
  await look(person, 'seldom-answered');
  await leave(person, dispatcher, officer, other, helper);
}

// A review rests for a hearing, then sets the answer aside: the unit begins anew, with a fresh limit.
async function setAside(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, officer, signer, reviewer] = await staffOf(lang, options, 'dispatcher', `officer-${unit}`, `signer-${unit}`, 'officer-housing');
  const receipt = await file(lang, s.land, silent, options);
  const { who: person, reference } = receipt;
  await bring(lang, reference, { dispatcher, officer }, 'land-taking');
  await giveOpinion(lang, officer, 'not_supported');
  await approve(lang, signer, reference);
  await bringToReview(lang, receipt, dispatcher, reviewer);
  await propose(lang, reviewer, 'act_pause', async (box) => {
    await box.locator('select').selectOption('hearing');
    await box.locator('textarea').fill(s.why);
  });
  await look(reviewer, 'seldom-review-rests');
  assert.equal(await reviewer.page.locator('#decide_review').count(), 0, 'nothing is decided while it rests');
  await person.page.reload();
  await look(person, 'seldom-hearing');
  await act(reviewer.page, t.act_resume);
  await reviewer.page.check('#decide_review input[name=outcome][value=set_aside]');
  await act(reviewer.page, t.act_decide_review, { '#decide-review-words': s.why });
  await person.page.reload();
  await has(person.page, t.stands_set_aside);
  await look(person, 'seldom-set-aside');
  await openCase(officer.page, lang, reference);
  await act(officer.page, t.act_start);
  await giveOpinion(lang, officer, 'supported');
  await look(officer, 'seldom-answered-anew');
  await leave(person, dispatcher, officer, signer, reviewer);
}

// Another body sends it back: it is where it was. Then it complains of the one who handles it, who is shut out, and nobody else.
async function sentBack(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, officer, officer2, leader] = await staffOf(lang, options, 'dispatcher', `officer-${unit}`, `officer2-${unit}`, `leader-${unit}`);
  const receipt = await file(lang, s.body, silent, options);
  const { who: person, reference } = receipt;
  await bring(lang, reference, { dispatcher, officer }, 'drainage');
  await propose(lang, officer, 'act_hand_over', async (box) => {
    await box.locator('select').selectOption('commercial-arbitration');
    await box.locator('textarea').fill(s.why);
  });
  await approve(lang, leader, reference);
  await officer.page.reload();
  await officer.page.check('#prove_hand_over input[name=taken][value=false]');
  await act(officer.page, t.act_prove_hand_over, { '#prove-hand-over-words': s.why });
  assert.equal(await officer.page.locator('#answer').count(), 1, 'it is where it was');
  await own(lang, receipt);
  await has(person.page, t.story_not_taken_over);
  await look(person, 'seldom-sent-back');

  await openCase(dispatcher.page, lang, reference);
  await propose(lang, dispatcher, 'act_set_about', async (box) => {
    await box.locator('input[type=text]').fill(`officer-${unit}`);
    await box.locator('textarea').fill(s.why);
  });
  await look(dispatcher, 'seldom-about-person');
  await officer.page.goto(`${demo.origin}/${lang}/staff/cases/${reference}`);
  await has(officer.page, t.may_not_with_others);
  await hasNot(officer.page, s.body);
  await officer.page.goto(`${demo.origin}/${lang}/staff/`);
  assert.ok(!(await officer.page.textContent('main')).includes(reference), 'nor in a list');
  await openCase(officer2.page, lang, reference);
  await has(officer2.page, s.body);
  await leave(person, dispatcher, officer, officer2, leader);
}

// The answer of the one case reaches the other, whose requester judges it for themselves.
async function together(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, other, officer] = await staffOf(lang, options, 'dispatcher', 'dispatcher2', `officer-${unit}`);
  const both = { dispatcher, officer };
  const [first, again] = [await file(lang, s.body, silent, options), await file(lang, s.body, silent, options)];
  await bring(lang, first.reference, both, 'heating');
  await bring(lang, again.reference, both, 'heating', 'accepted');
  await propose(lang, dispatcher, 'act_merge', async (box) => {
    await box.locator('#merge-into').fill(first.reference);
    await box.locator('textarea').fill(s.why);
  });
  await approve(lang, other, again.reference);
  await openCase(officer.page, lang, first.reference);
  await act(officer.page, t.act_answer, { '#answer-words': s.answer });
  await own(lang, again);
  // The server passes it on by itself, a moment later.
  const until = Date.now() + 60_000;
  while (!(await again.who.page.textContent('main')).includes(s.answer) && Date.now() < until) await again.who.page.reload();
  await has(again.who.page, s.answer);
  await hasNot(again.who.page, first.reference);
  await look(again.who, 'seldom-answered-together');
  await again.who.page.check('#rate input[name=contacted][value=true]');
  await again.who.page.check('#rate input[name=solved][value=true]');
  await again.who.page.check('#rate input[name=satisfaction][value=satisfied]');
  await press(again.who.page, t.rate_act);
  await has(again.who.page, t.stands_solved);
  await own(lang, first);
  await hasNot(first.who.page, t.stands_solved);
  await leave(first.who, again.who, dispatcher, other, officer);
}

// A day explains itself: where it stands in the way of the case, in the list of limits, in the story, in the list of cases.
async function days(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, officer] = await staffOf(lang, options, 'dispatcher', `officer-${unit}`);
  const receipt = await file(lang, s.body, silent, options);
  await bring(lang, receipt.reference, { dispatcher, officer }, 'heating');
  await own(lang, receipt);
  await receipt.who.page.locator('.way a').last().click();
  assert.equal(new URL(receipt.who.page.url()).hash, '#limits');
  const limit = receipt.who.page.locator('#limits li', { hasText: s.hours });
  await limit.locator('summary').click();
  assert.ok((await limit.locator('details[open] p').first().textContent()).includes(s.hours));
  await look(receipt.who, 'seldom-days');
  await openCase(dispatcher.page, lang, receipt.reference);
  await propose(lang, dispatcher, 'act_urgent', reason(s.why));
  const told = dispatcher.page.locator('.story li', { has: dispatcher.page.locator('details.why') }).first();
  await told.locator('summary').first().click();
  assert.ok((await told.locator('details[open] p').first().textContent()).length > 20);
  await dispatcher.page.goto(`${demo.origin}/${lang}/staff/`);
  await dispatcher.page.locator('li', { hasText: receipt.reference }).locator('.row-due a').first().click();
  assert.ok(dispatcher.page.url().endsWith(`${receipt.reference}#limits`));
  await leave(receipt.who, dispatcher, officer);
}

// What dispatchers do themselves: give away what is not ours before anybody has it, close what was judged, have it opened again,
// step aside. And a danger told of in the last words is still on top when the case is over.
async function dispatchers(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, other, officer, supervisor] = await staffOf(lang, options, 'dispatcher', 'dispatcher2', `officer-${unit}`, 'supervisor');
  const away = await file(lang, s.body, silent, options);
  await openCase(dispatcher.page, lang, away.reference);
  await propose(lang, dispatcher, 'act_hand_over', async (box) => {
    await box.locator('select').selectOption('commercial-arbitration');
    await box.locator('textarea').fill(s.why);
  });
  await openCase(other.page, lang, away.reference);
  await other.page.check('#rule_proposal input[name=approved][value=true]');
  await act(other.page, t.act_rule_proposal);
  await dispatcher.page.reload();
  await dispatcher.page.check('#prove_hand_over input[name=taken][value=true]');
  await act(dispatcher.page, t.act_prove_hand_over, { '#prove-hand-over-words': s.why });
  await own(lang, away);
  await look(away.who, 'seldom-handed-over');

  const judged = await file(lang, s.body, silent, options);
  await bring(lang, judged.reference, { dispatcher, officer }, 'drainage');
  await act(officer.page, t.act_answer, { '#answer-words': s.answer });
  await own(lang, judged);
  for (const [name, value] of [['contacted', 'true'], ['solved', 'true'], ['satisfaction', 'satisfied']])
    await judged.who.page.check(`#rate input[name=${name}][value=${value}]`);
  await press(judged.who.page, t.rate_act);
  await openCase(dispatcher.page, lang, judged.reference);
  await act(dispatcher.page, t.act_close);
  await propose(lang, dispatcher, 'act_reopen_by_staff', reason(s.why));
  await approve(lang, supervisor, judged.reference);
  await supervisor.page.reload();
  await propose(lang, supervisor, 'act_note', reason(s.why));
  await judged.who.page.reload();
  await has(judged.who.page, t.stands_reopened_by_staff);

  const danger = await file(lang, s.body, silent, options);
  await own(lang, danger);
  await sideAct(danger.who.page, t.act_withdraw, reason(s.danger));
  await has(danger.who.page, '119');
  await look(danger.who, 'seldom-danger-withdrawn');
  await dispatcher.page.goto(`${demo.origin}/${lang}/staff/`);
  assert.ok((await dispatcher.page.locator('section.urgent').textContent()).includes(danger.reference), 'on top, though it is over');
  await openCase(dispatcher.page, lang, danger.reference);
  await has(dispatcher.page, t.urgent_case);
  await propose(lang, dispatcher, 'act_not_urgent', reason(s.why));
  await hasNot(dispatcher.page, t.urgent_case);
  await openCase(other.page, lang, judged.reference);
  await sideAct(other.page, t.act_recuse, reason(s.why));
  assert.equal(new URL(other.page.url()).pathname, `/${lang}/staff/`, 'it is closed to them from now on');
  await leave(away.who, judged.who, danger.who, dispatcher, other, officer, supervisor);
}

// What is asked for may be refused, with a reason that who asked reads; or be taken back. A reviewer, too, has to ask before seeing
// who it is, and the requester reads who saw it.
async function asked(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, officer, leader, signer, reviewer, chief] = await staffOf(lang, options, 'dispatcher', `officer-${unit}`, `leader-${unit}`, `signer-${unit}`, 'officer-housing', 'leader-housing');
  const receipt = await file(lang, s.land, (page) => page.fill('#field-contact-phone', '+86 10 5555 0100'), options);
  const { who: person, reference } = receipt;
  await bring(lang, reference, { dispatcher, officer }, 'land-taking');
  await propose(lang, officer, 'act_note', reason(s.why));
  await propose(lang, officer, 'act_ask_extension', async (box) => {
    await box.locator('#ask-extension-amount').fill('10');
    await box.locator('textarea').fill(s.why);
  });
  await propose(lang, officer, 'act_take_back', silent);
  await propose(lang, officer, 'act_ask_extension', async (box) => {
    await box.locator('#ask-extension-amount').fill('10');
    await box.locator('textarea').fill(s.why);
  });
  await openCase(leader.page, lang, reference);
  await leader.page.check('#rule_proposal input[name=approved][value=false]');
  await act(leader.page, t.act_rule_proposal, { '#rule-proposal-reason': s.refusal });
  await officer.page.reload();
  await has(officer.page, s.refusal);
  await look(officer, 'seldom-refused');
  await giveOpinion(lang, officer, 'not_supported');
  await openCase(leader.page, lang, reference);
  await leader.page.check('#rule_proposal input[name=approved][value=false]');
  await act(leader.page, t.act_rule_proposal, { '#rule-proposal-reason': s.refusal });
  await officer.page.reload();
  await giveOpinion(lang, officer, 'not_supported');
  await approve(lang, signer, reference);

  await bringToReview(lang, receipt, dispatcher, reviewer);
  await hasNot(reviewer.page, '+86 10 5555 0100');
  await propose(lang, reviewer, 'act_reveal', reason(s.why));
  await approve(lang, chief, reference);
  await reviewer.page.reload();
  await has(reviewer.page, '+86 10 5555 0100');
  await person.page.reload();
  await has(person.page, t.revealed_head);
  await look(person, 'seldom-revealed-in-review');
  await leave(person, dispatcher, officer, leader, signer, reviewer, chief);
}

// A request that cannot be answered as it is: what is missing is asked for once, work rests, and the time to answer begins anew with
// what comes.
async function corrected(lang, options, look) {
  const t = texts[lang], s = said[lang];
  const [dispatcher, officer] = await staffOf(lang, options, 'dispatcher', `officer-${unit}`);
  const receipt = await file(lang, s.body, silent, options);
  const { who: person, reference } = receipt;
  await bring(lang, reference, { dispatcher, officer }, 'openness');
  await propose(lang, officer, 'act_ask_correction', reason(s.missing));
  assert.equal(await officer.page.locator('#answer').count(), 0, 'work rests');
  assert.equal(await officer.page.locator('#lapse').count(), 0, 'the requester has time');
  await look(officer, 'seldom-correction-asked');
  await own(lang, receipt);
  await has(person.page, t.stands_correction);
  await has(person.page, s.missing);
  await look(person, 'seldom-correction');
  await person.page.fill('#reply-words', s.body);
  await press(person.page, t.act_reply);
  await hasNot(person.page, t.stands_correction);
  await has(person.page, t.event_corrected);
  await look(person, 'seldom-corrected');
  await officer.page.reload();
  assert.equal(await officer.page.locator('#ask_correction').count(), 0, 'once only');
  await act(officer.page, t.act_answer, { '#answer-words': s.answer });
  await leave(person, dispatcher, officer);
}

const ways = { 'a part released, an objection upheld': units, 'a review that sets the answer aside': setAside, 'a hand-over sent back, a complaint of one person': sentBack, 'one answer for two cases': together, 'days that explain themselves': days, 'a request put right': corrected, 'what dispatchers do themselves': dispatchers, 'what is asked for, refused, taken back, and approved in a review': asked };
for (const [name, walk] of Object.entries(ways)) {
  test(`${name}: in Chinese, without JavaScript`, { timeout: 240_000 }, () => walk('zh', { javaScriptEnabled: false }, silent));
  test(`${name}: every page is sound (en)`, { timeout: 600_000 }, () => walk('en', {}, (who, page) => assertSound(who, page, 'en')));
}
