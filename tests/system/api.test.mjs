// The API of the running program: the way of a case, and what careless and hostile callers send.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { addUser, ask, init, makeFolder, run, serve, signIn, townDay } from './huiyin.mjs';

let disk, server, port, logins;

before(async () => {
  disk = makeFolder();
  logins = init(`${disk.folder}/data`);
  logins.helper = addUser(`${disk.folder}/data`, 'helper', 'officer', 'water');
  server = await serve(`${disk.folder}/data`);
  port = server.port;
});
after(async () => {
  const ended = await server.stop();
  const checked = run('fsck', '--data', `${disk.folder}/data`);
  const log = server.log();
  disk.remove();
  assert.deepEqual(ended, { code: 0, signal: null });
  assert.equal(checked.code, 0, checked.out + checked.err);
  for (const word of ['秘密的话', '13900000000', 'Case ', 'huiyin_session']) assert.ok(!log.includes(word), `the log holds ${word}`);
});

const file = async (fields = { body: '秘密的话：路灯坏了。' }, headers = {}) => {
  const answer = await ask(port, 'POST', '/api/v1/cases', { body: fields, headers });
  return { ...answer, case: answer.status === 201 ? answer.json() : null };
};
const read = (reference, headers) => ask(port, 'GET', `/api/v1/cases/${reference}`, { headers });
const act = (reference, name, headers, body) => ask(port, 'POST', `/api/v1/cases/${reference}/${name}`, { headers, body });
const holder = ({ secret }) => ({ Authorization: `Case ${secret}` });
const staff = (login) => signIn(port, login, logins[login]);
const fieldsOf = (answer) => answer.json().errors.map(({ field }) => field).sort();

async function inWork() {
  const filed = (await file({ body: '秘密的话：水管漏水。', category: 'urban-rural' })).case;
  const dispatcher = await staff('dispatcher');
  const officer = await staff('officer-housing');
  assert.equal((await act(filed.reference, 'accept', dispatcher, { version: 1 })).status, 200);
  assert.equal((await act(filed.reference, 'assign', dispatcher, { version: 2, unit: 'housing' })).status, 200);
  assert.equal((await act(filed.reference, 'start', officer, { version: 3 })).status, 200);
  return { filed, dispatcher, officer };
}

test('a case goes its whole way, comes back once, and ends', async () => {
  const { filed, officer } = await inWork();
  const { reference } = filed;
  assert.equal((await act(reference, 'answer', officer, { version: 4, words: '已修好。' })).status, 200);
  const no = { version: 5, contacted: true, solved: false, satisfaction: 'not_satisfied', words: '秘密的话：还在漏。' };
  assert.deepEqual((await act(reference, 'rate', holder(filed), no)).json(), { version: 7, emergency_numbers: [] });
  assert.equal((await read(reference, officer)).json().status, 'in_work');
  assert.equal((await act(reference, 'answer', officer, { version: 7, words: '这次真的修好了。' })).status, 200);
  assert.equal((await act(reference, 'close', officer, { version: 8 })).status, 409, 'the time to judge is not over');
  const yes = { version: 8, contacted: true, solved: true, satisfaction: 'satisfied' };
  assert.equal((await act(reference, 'rate', holder(filed), yes)).status, 200);
  assert.equal((await act(reference, 'close', officer, { version: 9 })).status, 200);
  const mine = (await read(reference, holder(filed))).json();
  assert.equal(mine.status, 'closed');
  assert.deepEqual(mine.story.map(({ event }) => event),
    ['submitted', 'accepted', 'assigned', 'started', 'answered', 'rated', 'returned', 'answered', 'rated', 'closed']);
});

// On the version that is there.
async function acts(reference, name, headers, fields = {}) {
  const { version } = (await read(reference, headers)).json();
  return act(reference, name, headers, { version, ...fields });
}
async function done(reference, name, headers, fields) {
  const answer = await acts(reference, name, headers, fields);
  assert.equal(answer.status, 200, `${name}: ${answer.text}`);
}

test('what nobody does alone is proposed by one and done by another, with the words that were proposed', async () => {
  const { filed, officer } = await inWork();
  const { reference } = filed;
  const leader = await staff('leader-housing');
  await done(reference, 'ask_extension', officer, { amount: 8, reason: '配件海运，尚未到货。' });
  assert.equal((await acts(reference, 'rule_proposal', officer, { approved: true })).status, 403);
  assert.ok(!(await read(reference, holder(filed))).text.includes('配件海运'), 'the requester reads what is done, not what is weighed');
  const waiting = (await ask(port, 'GET', '/api/v1/cases?proposed=true', { headers: leader })).json().cases;
  assert.ok(waiting.some((row) => row.reference === reference && row.proposed === 'extension'));
  assert.equal((await read(reference, leader)).json().proposal.reason, '配件海运，尚未到货。');
  await done(reference, 'rule_proposal', leader, { approved: true });
  assert.ok((await read(reference, holder(filed))).text.includes('配件海运'));
  await done(reference, 'hand_over', officer, { road: 'court-civil', reason: '法院已经立案。' });
  await done(reference, 'rule_proposal', leader, { approved: true });
  await done(reference, 'prove_hand_over', officer, { taken: true, words: '法院受理案件通知书（2026）民初 12 号。' });
  assert.equal((await read(reference, holder(filed))).json().status, 'handed_over');
});

test('the answer waits for the supporting unit; a promise is followed until it is kept', async () => {
  const { filed, dispatcher, officer } = await inWork();
  const { reference } = filed;
  const helper = await staff('helper');
  assert.equal((await read(reference, helper)).status, 403);
  await done(reference, 'support', dispatcher, { unit: 'water' });
  assert.equal((await acts(reference, 'answer', officer, { words: '已修好。' })).status, 409);
  await done(reference, 'contribute', helper, { words: '管网已检修。' });
  await done(reference, 'promise', officer, { words: '年内更换主管。', until: new Date(Date.now() + 9e9).toISOString().slice(0, 10) });
  await done(reference, 'answer', officer, { words: '已修好。' });
  await done(reference, 'rate', holder(filed), { contacted: true, solved: true, satisfaction: 'satisfied' });
  assert.equal((await acts(reference, 'close', officer)).status, 409);
  await done(reference, 'fulfil', officer, { promise: 1, words: '主管已更换。' });
  await done(reference, 'close', officer);
  const mine = (await read(reference, holder(filed))).json();
  assert.equal(mine.status, 'closed');
  assert.equal(mine.promises[0].words, '年内更换主管。');
  assert.ok(mine.windows.reopening_until.explanation.length > 10);
});

test('a formal opinion goes out signed, part by part, and others review it', async () => {
  const filed = (await file({ body: '征地补偿没有到位。', category: 'land-taking' })).case;
  const { reference } = filed;
  const dispatcher = await staff('dispatcher'), officer = await staff('officer-natural-resources');
  await done(reference, 'accept', dispatcher);
  await done(reference, 'assign', dispatcher, { unit: 'natural-resources' });
  await done(reference, 'start', officer);
  const opinion = { words: '处理意见如下。', outcome: 'explained', parts: { claim: '要求补偿', facts: '已核实', grounds: '依法不足' } };
  assert.deepEqual(fieldsOf(await acts(reference, 'answer', officer, opinion)), ['parts.basis']);
  await done(reference, 'answer', officer, { ...opinion, parts: { ...opinion.parts, basis: '《土地管理法》第四十八条' } });
  assert.equal((await read(reference, holder(filed))).json().outcome, null, 'nothing goes out before it is signed');
  await done(reference, 'rule_proposal', await staff('leader-natural-resources'), { approved: true });
  const mine = (await read(reference, holder(filed))).json();
  assert.equal(mine.outcome, 'explained');
  assert.ok(JSON.stringify(mine.story).includes('第四十八条'));
  assert.ok(mine.windows.review_until.explanation.length > 10);
  await done(reference, 'ask_review', holder(filed), { words: '面积不对。' });
  await done(reference, 'assign_review', dispatcher, { unit: 'water' });
  await done(reference, 'decide_review', await staff('helper'), { outcome: 'upheld', words: '维持原处理意见。' });
  assert.equal((await read(reference, holder(filed))).json().reviewed, 'review');
});

test('the identity is opened to one person, and its owner reads why', async () => {
  const filed = (await file({ body: '路灯', contact: { phone: '13900000000' }, category: 'urban-rural' })).case;
  const { reference } = filed;
  const dispatcher = await staff('dispatcher'), officer = await staff('officer-housing'), leader = await staff('leader-housing');
  await done(reference, 'accept', dispatcher);
  await done(reference, 'assign', dispatcher, { unit: 'housing' });
  await done(reference, 'reveal', officer, { reason: '需要入户查看。' });
  assert.equal((await read(reference, officer)).json().contact, null);
  await done(reference, 'rule_proposal', leader, { approved: true });
  assert.equal((await read(reference, officer)).json().contact.phone, '13900000000');
  for (const other of [leader, dispatcher]) assert.equal((await read(reference, other)).json().contact, null);
  assert.ok((await read(reference, holder(filed))).text.includes('需要入户查看'));
  assert.deepEqual(fieldsOf(await acts(reference, 'note', officer, { words: '电话 13912345678' })), ['words']);
});

test('a case that was merged gets the answer of the other one, and neither requester learns of the other', async () => {
  const one = await inWork(), other = await inWork();
  const { reference } = one.filed;
  await done(reference, 'merge', one.dispatcher, { into: other.filed.reference, reason: '同一处漏水。' });
  assert.equal((await acts(reference, 'rule_proposal', one.dispatcher, { approved: true })).status, 403);
  await done(reference, 'rule_proposal', await staff('dispatcher2'), { approved: true });
  await done(other.filed.reference, 'answer', one.officer, { words: '水管已更换。' });
  let mine;
  for (let tries = 0; tries < 60; ++tries) {
    mine = (await read(reference, holder(one.filed))).json();
    if (mine.status === 'answered') break;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  assert.equal(mine.status, 'answered');
  assert.ok(JSON.stringify(mine).includes('水管已更换'));
  assert.ok(!JSON.stringify(mine).includes(other.filed.reference));
  assert.ok(!(await read(other.filed.reference, holder(other.filed))).text.includes(reference));
});

test('a letter is split into cases that open with its secret', async () => {
  const filed = (await file({ body: '路灯坏了，水管也漏。', contact: { phone: '13900000000' } })).case;
  const dispatcher = await staff('dispatcher');
  const wrong = await acts(filed.reference, 'split', dispatcher, { parts: [{ body: '路灯坏了。' }, { body: '水管漏水。', category: 'nowhere' }] });
  assert.deepEqual(fieldsOf(wrong), ['parts[1].category']);
  await done(filed.reference, 'split', dispatcher, { parts: [{ body: '路灯坏了。' }, { body: '水管漏水。', category: 'urban-rural' }] });
  const mine = (await read(filed.reference, holder(filed))).json();
  assert.equal(mine.status, 'split');
  assert.equal(mine.split_into.length, 2);
  for (const reference of mine.split_into) {
    const part = (await read(reference, holder(filed))).json();
    assert.equal(part.contact.phone, '13900000000');
    assert.equal(part.clocks[0].due_at, mine.clocks[0].due_at);
  }
});

test('a complaint about a unit is closed to it, and danger to life is told at once', async () => {
  const filed = (await file({ body: '住建局不作为。', category: 'urban-rural', about: 'housing' })).case;
  const dispatcher = await staff('dispatcher'), officer = await staff('officer-housing');
  await done(filed.reference, 'accept', dispatcher);
  assert.deepEqual(fieldsOf(await acts(filed.reference, 'assign', dispatcher, { unit: 'housing' })), ['unit']);
  await done(filed.reference, 'assign', dispatcher, { unit: 'water' });
  assert.equal((await read(filed.reference, officer)).status, 403);
  const danger = (await file({ body: '楼道里煤气泄漏，味道很大！' })).case;
  assert.equal(danger.urgent, true);
  assert.ok(danger.emergency_numbers.some(({ number }) => number === '119'));
  const urgent = (await ask(port, 'GET', '/api/v1/cases?urgent=true', { headers: dispatcher })).json().cases;
  assert.ok(urgent.some(({ reference }) => reference === danger.reference));
});

test('the owner sees contact and rating, staff see neither; the owner sees no notes', async () => {
  const filed = (await file({ body: '路灯', contact: { name: '某', phone: '13900000000' }, category: 'urban-rural' })).case;
  const dispatcher = await staff('dispatcher');
  await act(filed.reference, 'note', dispatcher, { version: 1, words: '内部备注' });
  const mine = await read(filed.reference, holder(filed));
  assert.equal(mine.json().contact.phone, '13900000000');
  assert.ok(!mine.text.includes('内部备注'));
  const theirs = await read(filed.reference, dispatcher);
  assert.equal(theirs.json().contact, null);
  assert.ok(!theirs.text.includes('13900000000'));
  assert.ok(theirs.text.includes('内部备注'));
  assert.ok(!theirs.text.includes(filed.secret));
});

test('a deputy acts with the roles of who is away, and only while the absence lasts', async () => {
  const absences = (headers, method = 'GET', body = undefined, query = '') => ask(port, method, `/api/v1/absences${query}`, { headers, body });
  const { filed, officer } = await inWork();
  const leader = await staff('leader-housing');
  const more = { version: 4, amount: 8, reason: '秘密的话：等待配件。' };
  const yes = { version: 5, approved: true, reason: '同意。' };
  const me = async () => (await ask(port, 'GET', '/api/v1/me', { headers: officer })).json();
  assert.equal((await act(filed.reference, 'ask_extension', officer, more)).status, 200);
  assert.deepEqual((await act(filed.reference, 'rule_proposal', officer, yes)).status, 403);
  const today = townDay();
  const away = { deputy: 'officer-housing', first_day: today, last_day: '2199-12-31' };
  assert.deepEqual(fieldsOf(await absences(leader, 'PUT', away)), ['last_day'], '366 days are the most');
  const days = { ...away, last_day: townDay(7) };
  assert.deepEqual(fieldsOf(await absences(leader, 'PUT', { ...days, deputy: 'dispatcher' })), ['deputy']);
  assert.equal((await absences({ Cookie: leader.Cookie }, 'PUT', days)).status, 403, 'without the token of the session');
  assert.equal((await absences(leader, 'PUT', days)).json().absence.deputy.login, 'officer-housing');
  assert.deepEqual((await me()).roles, ['officer', 'leader']);
  assert.deepEqual((await me()).acts_for.map(({ login }) => login), ['leader-housing']);
  const own = await act(filed.reference, 'rule_proposal', officer, yes);
  assert.equal(own.status, 403, 'who asked is one person, whoever they act for');
  assert.equal((await absences(officer, 'DELETE', undefined, '?login=leader-utilities')).status, 403);
  assert.equal((await absences(leader, 'DELETE')).status, 204);
  assert.deepEqual((await me()).roles, ['officer']);
  assert.equal((await absences(leader, 'DELETE')).status, 404);
  assert.equal((await act(filed.reference, 'rule_proposal', leader, yes)).status, 200);
});

test('input that is wrong is named, field by field, and nothing is saved', async () => {
  const table = [
    [{ body: 7 }, ['body']],
    [{ body: '' }, ['body']],
    [{}, ['body']],
    [{ body: '字'.repeat(20_001) }, ['body']],
    [{ body: 'x', subject: '字'.repeat(101) }, ['subject']],
    [{ body: 'x', category: 'no-such' }, ['category']],
    [{ body: 'x', category: 'NOT A CODE' }, ['category']],
    [{ body: 'x', place: { lat: 91, long: 0 } }, ['place.lat', 'place.long']],
    [{ body: 'x', place: { lat: 10 } }, ['place.long']],
    [{ body: 'x', place: 'here' }, ['place']],
    [{ body: 'x', contact: { email: 'nobody' } }, ['contact.email']],
    [{ body: 'x', contact: { phone: "1'; DROP TABLE event" } }, ['contact.phone']],
    [{ body: 'x', language: 'fr' }, ['language']],
    [{ body: 'x', bodi: 'y' }, ['bodi']],
    [[1], ['(body)']],
  ];
  for (const [fields, expected] of table) {
    const answer = await ask(port, 'POST', '/api/v1/cases', { body: fields });
    assert.equal(answer.status, 400, JSON.stringify(fields).slice(0, 80) + answer.text);
    assert.match(answer.headers['content-type'], /^application\/problem\+json/);
    const wrong = fieldsOf(answer);
    assert.ok(expected.some((field) => wrong.includes(field)), `${JSON.stringify(fields).slice(0, 80)}: ${wrong}`);
    for (const { expected: wanted } of answer.json().errors) assert.ok(wanted.length > 0);
  }
});

test('bytes that are no UTF-8, JSON that is none, nests too deep or is too large', async () => {
  const headers = { 'Content-Type': 'application/json' };
  const send = (body) => ask(port, 'POST', '/api/v1/cases', { body, headers });
  assert.equal((await send(Buffer.from([0x7b, 0x22, 0x62, 0xff, 0x22, 0x3a, 0x31, 0x7d]))).status, 400);
  assert.equal((await send(Buffer.concat([Buffer.from('{"body":"'), Buffer.from([0xc0, 0xaf]), Buffer.from('"}')]))).status, 400);
  assert.equal((await send('{"body":"a\\u0000b"}')).status, 400);
  assert.equal((await send('{"body":')).status, 400);
  assert.equal((await send('['.repeat(50_000))).status, 400);
  assert.equal((await send(`{"body":${'[' .repeat(17)}${']'.repeat(17)}}`)).status, 400);
  const large = await send('x'.repeat(10 * 1024 * 1024));
  assert.equal(large.status, 413);
  assert.match(large.headers['content-type'], /problem\+json/);
  const typed = await ask(port, 'POST', '/api/v1/cases', { body: '{"body":"x"}', headers: { 'Content-Type': 'text/plain' } });
  assert.deepEqual(fieldsOf(typed), ['Content-Type']);
});

test('SQL and HTML in every field come back as they were sent', async () => {
  const nasty = `'); DROP TABLE event; -- <script>alert(1)</script> "&amp; \\ \u202e 路`;
  const filed = (await file({ subject: nasty.slice(0, 90), body: nasty, place: { address: nasty }, contact: { name: nasty } })).case;
  const mine = (await read(filed.reference, holder(filed))).json();
  assert.equal(mine.body, nasty);
  assert.equal(mine.place.address, nasty);
  assert.equal(mine.contact.name, nasty);
  const dispatcher = await staff('dispatcher');
  for (const name of ['status', 'unit', 'category', 'due_before', 'cursor', 'limit', 'returned', 'urgent', 'proposed', 'mine', "x'; --"]) {
    const answer = await ask(port, 'GET', `/api/v1/cases?${encodeURIComponent(name)}=${encodeURIComponent(nasty)}`, { headers: dispatcher });
    assert.equal(answer.status, 400, `${name}: ${answer.text}`);
  }
  assert.equal((await ask(port, 'POST', '/api/v1/session', { body: { login: nasty.slice(0, 60), password: nasty } })).status, 401);
});

test('a wrong secret and a wrong reference are told apart by nobody; someone else\'s case stays closed', async () => {
  const mine = (await file()).case, other = (await file()).case;
  const wrong = await read(mine.reference, { Authorization: 'Case 2222-2222-2222-2222' });
  const absent = await read('222-222-22A', { Authorization: 'Case 2222-2222-2222-2222' });
  const crossed = await read(mine.reference, holder(other));
  for (const answer of [wrong, absent, crossed]) {
    assert.equal(answer.status, 404);
    assert.equal(answer.json().detail, wrong.json().detail);
  }
  assert.equal((await read(mine.reference, {})).status, 401);
  assert.equal((await act(mine.reference, 'rate', holder(other), { version: 1, contacted: true, solved: true, satisfaction: 'satisfied' })).status, 404);
  assert.equal((await act(mine.reference, 'accept', holder(mine), { version: 1 })).status, 403);
});

test('staff: without CSRF token, of another unit, in a role that may not', async () => {
  const { filed, dispatcher } = await inWork();
  const { 'X-CSRF-Token': token, ...withoutToken } = dispatcher;
  assert.ok(token);
  assert.equal((await act(filed.reference, 'note', withoutToken, { version: 4, words: 'x' })).status, 403);
  assert.equal((await act(filed.reference, 'note', { ...withoutToken, 'X-CSRF-Token': 'wrong' }, { version: 4, words: 'x' })).status, 403);
  const other = await staff(Object.keys(logins).find((login) => login.startsWith('officer-') && login !== 'officer-housing'));
  assert.equal((await read(filed.reference, other)).status, 403);
  assert.equal((await act(filed.reference, 'answer', other, { version: 4, words: 'x' })).status, 403);
  const theirs = await ask(port, 'GET', '/api/v1/cases?limit=100', { headers: other });
  assert.ok(theirs.json().cases.every(({ reference }) => reference !== filed.reference));
  const steward = await staff('steward');
  assert.equal((await read(filed.reference, steward)).status, 403);
  assert.equal((await ask(port, 'GET', '/api/v1/cases', { headers: steward })).status, 403);
  assert.equal((await ask(port, 'POST', '/api/v1/clock/confirm', { headers: dispatcher })).status, 403);
  assert.equal((await ask(port, 'POST', '/api/v1/clock/confirm', { headers: steward })).status, 204);
});

test('two officers at once: one acts, the other is told what happened', async () => {
  const { filed, officer, dispatcher } = await inWork();
  const both = await Promise.all([
    act(filed.reference, 'answer', officer, { version: 4, words: '甲的答复' }),
    act(filed.reference, 'note', dispatcher, { version: 4, words: '乙的备注' }),
  ]);
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 409]);
  const refused = both.find(({ status }) => status === 409).json();
  assert.equal(refused.errors.length, 1);
  assert.equal(refused.errors[0].field, 'version');
});

test('an act in a phase where it makes no sense, an act that does not exist, a version that never was', async () => {
  const filed = (await file()).case;
  const dispatcher = await staff('dispatcher');
  assert.equal((await act(filed.reference, 'assign', dispatcher, { version: 1, unit: 'housing' })).status, 409);
  assert.equal((await act(filed.reference, 'submit', dispatcher, { version: 1 })).status, 404);
  assert.equal((await act(filed.reference, 'destroy', dispatcher, { version: 1 })).status, 404);
  assert.equal((await act(filed.reference, 'accept', dispatcher, { version: 99, category: 'health' })).status, 409);
  assert.equal((await act(filed.reference, 'accept', dispatcher, { category: 'health' })).status, 400);
  const road = await act(filed.reference, 'not_accept', dispatcher, { version: 1, road: 'nowhere', reason: 'x' });
  assert.deepEqual(fieldsOf(road), ['road']);
});

test('the same Idempotency-Key gives the same answer, also at once; another request under it is refused', async () => {
  const headers = { 'Idempotency-Key': 'a key of my own, long' };
  const all = await Promise.all(Array.from({ length: 8 }, () => file({ body: '同一件事' }, headers)));
  assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([201]));
  assert.equal(new Set(all.map((answer) => `${answer.case.reference} ${answer.case.secret}`)).size, 1);
  for (const answer of all) assert.ok(answer.case.receipt.proof.startsWith('c2sp.org/tlog-proof@v1\n'));
  assert.equal((await file({ body: '另一件事' }, headers)).status, 409);
  assert.equal((await file({ body: '短' }, { 'Idempotency-Key': 'fifteen letters' })).status, 400);
});

test('lists turn pages without losing or doubling a case', async () => {
  const filed = [];
  for (let i = 0; i < 25; ++i) filed.push((await file({ body: `第 ${i} 件` })).case.reference);
  const dispatcher = await staff('dispatcher');
  for (const query of ['status=received', 'due_before=2199-01-01T00:00:00Z']) {
    const seen = [];
    for (let next = ''; next !== null;) {
      const page = (await ask(port, 'GET', `/api/v1/cases?${query}&limit=7${next && `&cursor=${next}`}`, { headers: dispatcher })).json();
      seen.push(...page.cases.map(({ reference }) => reference));
      next = page.next;
    }
    assert.equal(new Set(seen).size, seen.length);
    for (const reference of filed) assert.ok(seen.includes(reference), `${query}: ${reference}`);
  }
});

test('signing out ends the session; an unknown address, method and health', async () => {
  const dispatcher = await staff('dispatcher');
  assert.equal((await ask(port, 'GET', '/api/v1/me', { headers: dispatcher })).json().login, 'dispatcher');
  assert.equal((await ask(port, 'DELETE', '/api/v1/session', { headers: dispatcher })).status, 204);
  assert.equal((await ask(port, 'GET', '/api/v1/me', { headers: dispatcher })).status, 401);
  assert.equal((await ask(port, 'GET', '/api/v1/nothing')).status, 404);
  const wrong = await ask(port, 'PUT', '/api/v1/cases');
  assert.equal(wrong.status, 405);
  assert.match(wrong.headers.allow, /POST/);
  assert.equal((await ask(port, 'GET', '/healthz')).status, 200);
  assert.equal((await ask(port, 'GET', '/readyz')).status, 200);
  assert.match((await ask(port, 'GET', '/metrics')).text, /huiyin_http_requests_total/);
});
