// The server's pages in a real browser: the whole loop without a script, in both languages; and every page on the way held against
// WCAG (axe), HTML, 320 px, the dark scheme and the promise to ask no other host for anything.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { townDay } from '../system/huiyin.mjs';
import { act as mainAct, openStage, press, sideAct } from './stage.mjs';

const firstLoadBytesMax = 50_000;
const officer = 'officer-utilities'; // the unit usually in charge of water-supply

const words = {
  zh: {
    act: '我要反映', send: '提交', body: '三楼以上每天晚上没有水，已经一个星期了。\n物业说不归他们管。', subject: '晚上停水', place: '幸福路 12 号 3 单元', open: '查看',
    signIn: '登录', accept: '受理', assign: '交办', start: '开始办理', answer: '答复', note: '添加备注', close: '办结', rate: '提交评价', notAccept: '不予受理',
    first: '已联系水厂，明晚恢复供水。', second: '增压泵已更换，连续三晚压力正常。', refusal: '合同纠纷请走仲裁。', back: '已退回原承办单位', solved: '已解决：这是您的评价', wrong: '对不上', leave: '在这台设备上退出',
  },
  en: {
    act: 'Say what happened', send: 'Send', body: 'No water above the third floor, every evening for a week.\nThe landlord says it is not theirs.', subject: 'No water in the evening', place: '12 Happiness Road, door 3',
    open: 'Open the case', signIn: 'Sign in', accept: 'Accept', assign: 'Give to a unit', start: 'Take up', answer: 'Answer', note: 'Add a note', close: 'Close', rate: 'Send', notAccept: 'Do not accept',
    first: 'The water works have been told; tomorrow evening there is water.', second: 'The pump is new; three evenings of good pressure.', refusal: 'A dispute over a contract goes to arbitration.',
    back: 'went back to those who answered', solved: 'Solved: you said so', wrong: 'do not fit together', leave: 'Close this case on this device',
  },
};

const stage = await openStage();
const { demo, visitor, assertSound, openCase } = stage;
after(() => stage.close());

async function file(page, w, lang, look) {
  await page.goto(`${demo.origin}/${lang}/`);
  await look('home');
  await page.getByRole('link', { name: w.act, exact: true }).click();
  await look('report');
  await page.fill('#field-contact-email', 'not an address');
  await press(page, w.send);
  assert.equal(await page.locator('[role=alert] a').first().getAttribute('href'), '#field-contact-email');
  assert.equal(await page.inputValue('#field-contact-email'), 'not an address');
  await look('report-wrong');
  await page.fill('#field-contact-email', '');
  await press(page, w.send);
  assert.equal(await page.locator('[role=alert] a').first().getAttribute('href'), '#field-body', 'words are what it needs');
  await page.fill('#field-body', w.body);
  await page.fill('#field-subject', w.subject);
  await page.fill('#field-place-address', w.place);
  await page.fill('#field-contact-phone', '+86 10 5555 0100');
  await page.selectOption('#field-category', 'water-supply');
  await press(page, w.send);
  const receipt = { reference: await page.textContent('#reference'), secret: await page.textContent('#secret') };
  assert.match(receipt.reference, /^[A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3}$/);
  await look('receipt');
  return receipt;
}

async function track(page, w, lang, { reference, secret }, look) {
  await page.goto(`${demo.origin}/${lang}/track`);
  await look('track');
  await page.fill('#track-reference', reference);
  await page.fill('#track-secret', '2222-2222-2222-2222');
  await press(page, w.open);
  assert.match(await page.textContent('[role=alert]'), new RegExp(w.wrong));
  await look('track-wrong');
  await page.fill('#track-secret', secret.toLowerCase().replaceAll('-', ' '));
  await press(page, w.open);
  assert.equal(page.url(), `${demo.origin}/${lang}/case/${reference}`);
}

async function signIn(page, w, lang, login, look) {
  await page.goto(`${demo.origin}/${lang}/staff/`);
  assert.match(page.url(), /\/staff\/sign-in\?next=/);
  await page.fill('#field-login', login);
  await page.fill('#field-password', 'wrong password');
  await press(page, w.signIn);
  assert.equal(await page.locator('[role=alert]').count(), 1);
  await look('sign-in-wrong');
  await page.fill('#field-login', login);
  await page.fill('#field-password', demo.logins[login]);
  await press(page, w.signIn);
  assert.equal(page.url(), `${demo.origin}/${lang}/staff/`);
}

const act = (page, w, name, fields) => mainAct(page, name, fields);
const rate = async (page, w, solved, satisfaction) => {
  await page.check(`input[name=solved][value=${solved}]`);
  await page.check('input[name=contacted][value=true]');
  await page.check(`input[name=satisfaction][value=${satisfaction}]`);
  await press(page, w.rate, '#rate');
};

// The loop of one matter, from the first word to the last; look(name) at every page on the way.
async function loop(lang, options, look) {
  const w = words[lang];
  const person = await visitor(options);
  const dispatcher = await visitor(options);
  const handler = await visitor(options);
  const of = (who) => (name) => look(who, name);
  const receipt = await file(person.page, w, lang, of(person));
  const { reference } = receipt;
  await track(person.page, w, lang, receipt, of(person));
  await look(person, 'case-received');

  await signIn(dispatcher.page, w, lang, 'dispatcher', of(dispatcher));
  await look(dispatcher, 'staff-list');
  await openCase(dispatcher.page, lang, reference);
  await look(dispatcher, 'staff-case-received');
  await act(dispatcher.page, w, w.accept);
  assert.equal(await dispatcher.page.inputValue('#assign-unit'), 'utilities', 'the usual unit is chosen already');
  await look(dispatcher, 'staff-case-accepted');
  await act(dispatcher.page, w, w.assign);

  await signIn(handler.page, w, lang, officer, () => {});
  await openCase(handler.page, lang, reference);
  await act(handler.page, w, w.start);
  await press(handler.page, w.answer, '.act-main');
  assert.equal(await handler.page.locator('.act-main [aria-invalid=true]').count(), 1, 'an answer needs words');
  await look(handler, 'staff-case-wrong');
  await act(handler.page, w, w.answer, { '#answer-words': w.first });

  await person.page.reload();
  assert.match(await person.page.textContent('main'), new RegExp(w.first.slice(0, 8)));
  await look(person, 'case-answered');
  await press(person.page, w.rate, '#rate');
  assert.equal(await person.page.locator('#rate [role=alert] a').count(), 3);
  await look(person, 'case-rate-wrong');
  await rate(person.page, w, false, 'not_satisfied');
  assert.match(await person.page.textContent('.stands'), new RegExp(w.back));
  await look(person, 'case-back');

  await handler.page.goto(`${demo.origin}/${lang}/staff/?returned=true`);
  await look(handler, 'staff-list-returned');
  await openCase(handler.page, lang, reference);
  assert.equal(await handler.page.locator('.story .back').count(), 1);
  await look(handler, 'staff-case-back');
  await act(handler.page, w, w.answer, { '#answer-words': w.second });
  await person.page.reload();
  await rate(person.page, w, true, 'satisfied');
  assert.match(await person.page.textContent('.stands'), new RegExp(w.solved));
  await look(person, 'case-solved');
  await handler.page.reload();
  await act(handler.page, w, w.close);
  await look(handler, 'staff-case-closed');
  await person.page.reload();
  await look(person, 'case-closed');

  await handler.page.goto(`${demo.origin}/${lang}/staff/?category=heating`);
  await look(handler, 'staff-list-empty');
  await person.page.goto(`${demo.origin}/${lang}/nothing-here`);
  await look(person, 'not-found');
  for (const who of [person, dispatcher, handler]) {
    assert.deepEqual([...who.seen.hosts], [demo.origin], 'no other host is asked for anything');
    assert.deepEqual(who.seen.faults, []);
    await who.context.close();
  }
}

test('the whole loop works without JavaScript, in Chinese', { timeout: 120_000 }, () => loop('zh', { javaScriptEnabled: false }, () => {}));

for (const lang of ['zh', 'en']) {
  test(`every page is sound: HTML, WCAG in both schemes, 320 px (${lang})`, { timeout: 400_000 }, () =>
    loop(lang, {}, (who, name) => assertSound(who, name, lang)));
}

const sides = {
  zh: {
    object: '提出异议：不属本单位', rule: '裁定异议', ask: '询问诉求人', reply: '回复', pause: '暂停办理', resume: '恢复办理', more: '申请延期', approve: '审批', withdraw: '撤回', reopen: '要求重办',
    why: '该小区由物业二次供水。', ruling: '管网属供水单位。', question: '是整栋楼都没有水吗？', replied: '是的，整栋楼。', waits: '正在与物业调解。', longer: '增压泵需要订货。', still: '又停水了。', enough: '已经好了，谢谢。',
    reopened: '已按您的要求重新办理', withdrawn: '您已撤回', asked: '想向您了解',
  },
  en: {
    object: 'Object: not ours', rule: 'Rule on the objection', ask: 'Ask the requester', reply: 'Reply', pause: 'Pause', resume: 'Take up again', more: 'Ask for more time', approve: 'Rule on the proposal', withdraw: 'Withdraw', reopen: 'Reopen',
    why: 'The landlord pumps the water here.', ruling: 'The mains are the water works’.', question: 'Is the whole house without water?', replied: 'Yes, all of it.', waits: 'Talks with the landlord.', longer: 'The pump must be ordered.',
    still: 'No water again.', enough: 'It is well now, thank you.', reopened: 'Taken up again, as you asked', withdrawn: 'You withdrew it', asked: 'has a question for you',
  },
};

async function filed(person, w, lang) {
  await person.page.goto(`${demo.origin}/${lang}/report`);
  await person.page.fill('#field-body', w.body);
  await person.page.selectOption('#field-category', 'drainage');
  await press(person.page, w.send);
  const receipt = { reference: await person.page.textContent('#reference'), secret: await person.page.textContent('#secret') };
  await track(person.page, w, lang, receipt, () => {});
  return receipt.reference;
}

// The side ways of one matter, each by the person whose it is; look(name) at what they see.
async function sideWays(lang, options, look) {
  const w = words[lang], s = sides[lang];
  const [person, dispatcher, handler, leader] = await Promise.all([1, 2, 3, 4].map(() => visitor(options)));
  const reference = await filed(person, w, lang);
  await signIn(dispatcher.page, w, lang, 'dispatcher', () => {});
  await openCase(dispatcher.page, lang, reference);
  await act(dispatcher.page, w, w.accept);
  await act(dispatcher.page, w, w.assign);

  await signIn(handler.page, w, lang, officer, () => {});
  await openCase(handler.page, lang, reference);
  await sideAct(handler.page, s.object, (box) => box.locator('#object-reason').fill(s.why));
  assert.equal(await handler.page.locator('.notice').count(), 1);
  await look(handler, 'staff-case-objected');
  await openCase(dispatcher.page, lang, reference);
  await look(dispatcher, 'staff-case-to-rule');
  await dispatcher.page.check('input[name=upheld][value=false]');
  await act(dispatcher.page, w, s.rule, { '#rule-reason': s.ruling });

  await openCase(handler.page, lang, reference);
  await act(handler.page, w, w.start);
  await sideAct(handler.page, s.ask, (box) => box.locator('#ask-words').fill(s.question));
  await person.page.reload();
  assert.match(await person.page.textContent('.stands'), new RegExp(s.asked));
  await look(person, 'case-asked');
  await person.page.fill('#reply-words', s.replied);
  await press(person.page, s.reply, '#reply');
  assert.equal(await person.page.locator('#reply').count(), 0);
  await handler.page.reload();
  assert.match(await handler.page.textContent('.story'), new RegExp(s.replied));

  await sideAct(handler.page, s.pause, async (box) => {
    await box.locator('#pause-reason').selectOption('mediation');
    await box.locator('#pause-words').fill(s.waits);
  });
  await look(handler, 'staff-case-paused');
  await act(handler.page, w, s.resume);
  await sideAct(handler.page, s.more, async (box) => {
    await box.locator('#ask-extension-amount').fill('9');
    await box.locator('#ask-extension-reason').fill(s.longer);
  });
  assert.equal(await handler.page.locator('[aria-invalid=true]').count(), 1, '8 days are the most');
  await look(handler, 'staff-case-too-much');
  await handler.page.fill('#ask-extension-amount', '8');
  await press(handler.page, s.more);

  await signIn(leader.page, w, lang, 'leader-utilities', () => {});
  await openCase(leader.page, lang, reference);
  await look(leader, 'staff-case-to-approve');
  await leader.page.check('input[name=approved][value=true]');
  await act(leader.page, w, s.approve);
  await look(leader, 'staff-case-extended');

  await handler.page.reload();
  await act(handler.page, w, w.answer, { '#answer-words': w.second });
  await person.page.reload();
  await rate(person.page, w, true, 'satisfied');
  await handler.page.reload();
  await act(handler.page, w, w.close);
  await person.page.reload();
  await sideAct(person.page, s.reopen, (box) => box.locator('#reopen-words').fill(s.still));
  assert.match(await person.page.textContent('.stands'), new RegExp(s.reopened));
  await look(person, 'case-reopened');
  await sideAct(person.page, s.withdraw, (box) => box.locator('#withdraw-words').fill(s.enough));
  assert.match(await person.page.textContent('.stands'), new RegExp(s.withdrawn));
  await look(person, 'case-withdrawn');
  for (const who of [person, dispatcher, handler, leader]) await who.context.close();
}

test('the side ways of a case work without JavaScript, in Chinese', { timeout: 120_000 }, () => sideWays('zh', { javaScriptEnabled: false }, () => {}));
test('the pages of the side ways are sound, in English', { timeout: 300_000 }, () => sideWays('en', {}, (who, name) => assertSound(who, name, 'en')));

const away = {
  zh: { link: '请假代理', set: '设置请假', end: '立即结束请假', acts: '您同时代理', other: '为他人设置请假', nobody: '您没有设置请假', endOf: '结束', by: '设置' },
  en: { link: 'Absence', set: 'Set the absence', end: 'End it now', acts: 'You also act for', other: 'Set an absence for somebody else', nobody: 'You have no absence set', endOf: 'End the absence of', by: 'Set by' },
};

// A leader goes on leave and an officer acts; then the officer falls ill, and a steward sets it for them.
async function absence(lang, options, look) {
  const w = words[lang], a = away[lang];
  const [leader, deputy, steward] = await Promise.all([1, 2, 3].map(() => visitor(options)));
  await signIn(leader.page, w, lang, 'leader-utilities', () => {});
  await leader.page.locator('header').getByRole('link', { name: a.link, exact: true }).click();
  assert.match(await leader.page.textContent('main'), new RegExp(a.nobody));
  await look(leader, 'absence-empty');
  await leader.page.fill('#own-first-day', townDay(2));
  await leader.page.fill('#own-last-day', townDay(1));
  await press(leader.page, a.set, '.act-main');
  assert.equal(await leader.page.locator('[role=alert] a').first().getAttribute('href'), '#own-deputy');
  await leader.page.selectOption('#own-deputy', officer);
  await press(leader.page, a.set, '.act-main');
  assert.equal(await leader.page.inputValue('#own-last-day'), townDay(1));
  assert.equal(await leader.page.inputValue('#own-deputy'), officer);
  assert.equal(await leader.page.locator('#own-last-day[aria-invalid=true]').count(), 1, 'the last day is before the first');
  await look(leader, 'absence-wrong');
  await leader.page.fill('#own-first-day', townDay(0));
  await leader.page.fill('#own-last-day', townDay(9));
  await press(leader.page, a.set, '.act-main');
  assert.equal(await leader.page.locator('.notice').count(), 1);
  await look(leader, 'absence-set');

  await signIn(deputy.page, w, lang, officer, () => {});
  assert.match(await deputy.page.textContent('.acts-for'), new RegExp(a.acts));
  await look(deputy, 'staff-list-deputy');
  await deputy.page.locator('header').getByRole('link', { name: a.link, exact: true }).click();
  await look(deputy, 'absence-deputy');

  await leader.page.getByRole('button', { name: a.end, exact: true }).click();
  assert.match(await leader.page.textContent('main'), new RegExp(a.nobody));
  await deputy.page.goto(`${demo.origin}/${lang}/staff/`);
  assert.equal(await deputy.page.locator('.acts-for').count(), 0);

  await steward.page.goto(`${demo.origin}/${lang}/staff/`);
  await steward.page.fill('#field-login', 'steward');
  await steward.page.fill('#field-password', demo.logins.steward);
  await press(steward.page, w.signIn);
  assert.equal(steward.page.url(), `${demo.origin}/${lang}/staff/absence`, 'who may see no case has no list of them');
  await steward.page.locator('details', { hasText: a.other }).locator('summary').click();
  await steward.page.selectOption('#other-login', officer);
  await steward.page.selectOption('#other-deputy', 'officer-housing');
  await steward.page.fill('#other-first-day', townDay(0));
  await steward.page.fill('#other-last-day', townDay(0));
  await press(steward.page, a.set, 'details');
  assert.equal(await steward.page.locator('#other-deputy[aria-invalid=true]').count(), 1, 'of another unit');
  await look(steward, 'absence-other-wrong');
  await steward.page.selectOption('#other-deputy', 'leader-utilities');
  await press(steward.page, a.set, 'details');
  assert.match(await steward.page.textContent('.absences'), new RegExp(a.endOf));
  await look(steward, 'absence-others');
  await deputy.page.goto(`${demo.origin}/${lang}/staff/absence`);
  assert.match(await deputy.page.textContent('main'), new RegExp(a.by));
  await steward.page.locator('.absences').getByRole('button').click();
  assert.equal(await steward.page.locator('.absences').count(), 0);
  for (const who of [leader, deputy, steward]) await who.context.close();
}

for (const lang of ['zh', 'en']) {
  test(`an absence is set, seen by the deputy and ended (${lang})`, { timeout: 200_000 }, () => absence(lang, {}, (who, name) => assertSound(who, name, lang)));
}
test('an absence needs no JavaScript', { timeout: 60_000 }, () => absence('zh', { javaScriptEnabled: false }, () => {}));

test('a matter that is not ours ends with the road named', { timeout: 60_000 }, async () => {
  const w = words.en;
  const person = await visitor({ javaScriptEnabled: false });
  const { reference } = await file(person.page, w, 'en', () => {});
  const dispatcher = await visitor({});
  await signIn(dispatcher.page, w, 'en', 'dispatcher', () => {});
  await openCase(dispatcher.page, 'en', reference);
  const refusal = dispatcher.page.locator('details', { hasText: w.notAccept });
  await refusal.locator('summary').click();
  await refusal.locator('select').selectOption('commercial-arbitration');
  await refusal.locator('textarea').fill(w.refusal);
  await refusal.getByRole('button').click();
  assert.equal(await dispatcher.page.locator('.notice').count(), 1);
  const second = await visitor({});
  await signIn(second.page, w, 'en', 'dispatcher2', () => {});
  await openCase(second.page, 'en', reference);
  await second.page.check('input[name=approved][value=true]');
  await act(second.page, w, 'Rule on the proposal');
  await person.page.goto(`${demo.origin}/en/case/${reference}`);
  assert.match(await person.page.textContent('main'), /Arbitration by agreement/);
  const watching = await visitor({});
  await watching.context.addCookies(await person.context.cookies());
  await watching.page.goto(`${demo.origin}/en/case/${reference}`);
  await assertSound(watching, 'case-not-accepted', 'en');
});

test('reloading the receipt shows the same receipt, and its file can be taken along', { timeout: 60_000 }, async () => {
  const { page, context } = await visitor({ javaScriptEnabled: false });
  const first = await file(page, words.en, 'en', () => {});
  await page.reload();
  assert.equal(await page.textContent('#reference'), first.reference);
  assert.equal(await page.textContent('#secret'), first.secret);
  const answer = await context.request.get(`${demo.origin}/en/case/${first.reference}/receipt`);
  assert.match(answer.headers()['content-disposition'], new RegExp(`${first.reference}\\.huiyin-receipt`));
  const receipt = JSON.parse(await answer.text());
  assert.equal(receipt.format, 'huiyin-receipt/v1');
  assert.match(receipt.proof, /^c2sp\.org\/tlog-proof@v1\n/);
});

test('whoever leaves on a shared computer has to show the code again', { timeout: 60_000 }, async () => {
  const { page } = await visitor({ javaScriptEnabled: false });
  const { reference } = await file(page, words.en, 'en', () => {});
  await page.goto(`${demo.origin}/en/case/${reference}`);
  await press(page, words.en.leave);
  await page.goto(`${demo.origin}/en/case/${reference}`);
  assert.equal(page.url(), `${demo.origin}/en/track?reference=${reference}`);
  assert.equal(await page.inputValue('#track-reference'), reference);
});

test('when somebody was faster, what was typed is kept and what changed is told', { timeout: 60_000 }, async () => {
  const w = words.en;
  const { page } = await visitor({ javaScriptEnabled: false });
  const { reference } = await file(page, w, 'en', () => {});
  const [slow, fast] = [await visitor({}), await visitor({})];
  for (const who of [slow, fast]) {
    await signIn(who.page, w, 'en', 'dispatcher', () => {});
    await openCase(who.page, 'en', reference);
  }
  await act(fast.page, w, w.accept);
  const note = slow.page.locator('details.act-other', { hasText: w.note });
  await note.locator('summary').click();
  await note.locator('textarea').fill('Seen on the spot.');
  await note.getByRole('button').click();
  assert.match(await slow.page.textContent('.changes'), /Accepted/);
  assert.equal(await slow.page.inputValue('#note-words'), 'Seen on the spot.');
  await assertSound(slow, 'staff-case-conflict', 'en');
  await slow.page.locator('details.act-other', { hasText: w.note }).getByRole('button').click();
  assert.match(await slow.page.textContent('.story'), /Seen on the spot/);
});

test('filing needs the keyboard alone', { timeout: 60_000 }, async () => {
  const { page } = await visitor({ javaScriptEnabled: false });
  await page.goto(`${demo.origin}/zh/`);
  await page.keyboard.press('Tab');
  assert.equal(await page.locator(':focus').getAttribute('class'), 'skip');
  const tabTo = async (selector) => {
    for (let i = 0; i < 40; ++i) {
      if ((await page.locator(`${selector}:focus`).count()) === 1) return;
      await page.keyboard.press('Tab');
    }
    assert.fail(`${selector} cannot be reached`);
  };
  await tabTo('a.primary');
  await page.keyboard.press('Enter');
  await page.waitForURL(/report$/);
  await tabTo('#field-body');
  await page.keyboard.type('The lamp at the corner is out.');
  await tabTo('button.primary');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#secret');
});

test('the first load is small', { timeout: 60_000 }, async () => {
  for (const path of ['/zh/', '/en/report']) {
    const { page, context } = await visitor({});
    let bytes = 0;
    const sizes = [];
    page.on('response', (response) => sizes.push(response.body().then((body) => { bytes += body.length; }, () => {})));
    await page.goto(demo.origin + path, { waitUntil: 'load' });
    await Promise.all(sizes);
    assert.ok(bytes > 0 && bytes < firstLoadBytesMax, `${path}: ${bytes} bytes`);
    await context.close();
  }
});

// There browsers send no Sec-Fetch-Site, and Origin alone tells whose form it is.
test('filing works over plain HTTP under a public name', { timeout: 60_000 }, async () => {
  const { context, page } = await visitor({});
  const posted = page.waitForRequest((request) => request.method() === 'POST');
  await page.goto(`${demo.publicOrigin}/en/report`);
  await page.fill('#field-body', words.en.body);
  await press(page, words.en.send);
  const headers = await (await posted).allHeaders();
  assert.equal(headers['sec-fetch-site'], undefined);
  assert.equal(headers.origin, demo.publicOrigin);
  assert.match(await page.textContent('#reference'), /^[A-Z2-9]{3}-[A-Z2-9]{3}-[A-Z2-9]{3}$/);
  await context.close();
});

test('a form from another site is refused', { timeout: 60_000 }, async () => {
  const { context } = await visitor({});
  const answer = await context.request.post(`${demo.origin}/en/report`, { form: { body: 'x' }, headers: { Origin: 'https://elsewhere.example', 'Sec-Fetch-Site': 'cross-site' } });
  assert.equal(answer.status(), 403);
  assert.match(await answer.text(), /another site/);
});
