// One demonstration and one browser for a file of tests: visitors, what they press, and what every page is held against.
import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';
import { HtmlValidate } from 'html-validate';
import { pictures, startBrowser, startDemo } from './server.mjs';

const wide = { width: 1280, height: 900 };
const narrow = { width: 320, height: 640 };

const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    'aria-label-misuse': ['error', { allowAnyNamable: true }], // an ordered list may be named (ARIA, list)
    'no-inline-style': 'error',
    'no-trailing-whitespace': 'off', // people's own words stand in the page as they wrote them
    'require-sri': ['error', { target: 'crossorigin' }],
  },
});

export const press = (page, name, inside = 'main') => page.locator(inside).getByRole('button', { name, exact: true }).click();

// The act that the case waits for.
export async function act(page, name, fields = {}) {
  for (const [field, value] of Object.entries(fields)) await page.fill(field, value);
  await page.locator('.act-main').getByRole('button', { name, exact: true }).click();
  assert.equal(await page.locator('.notice').count(), 1);
}

// An act that stands behind its summary.
export async function sideAct(page, name, fill = async () => {}) {
  const box = page.locator('details.act-other').filter({ has: page.getByRole('button', { name, exact: true, includeHidden: true }) });
  await box.locator(':scope > summary').click();
  await fill(box);
  await box.getByRole('button', { name, exact: true }).click();
}

// { demo, visitor(options), openCase(page, lang, reference), assertSound(who, name, lang), close() }
export async function openStage() {
  const demo = await startDemo();
  const browser = await startBrowser();
  const picture = pictures();

  // A browser of its own; notes every host that is asked and the HTML of the last document as it was sent.
  async function visitor(options = {}) {
    const context = await browser.newContext({ viewport: wide, reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    const seen = { hosts: new Set(), faults: [], html: '' };
    page.on('request', (request) => seen.hosts.add(new URL(request.url()).origin));
    page.on('console', (message) => message.type() === 'error' && /Content.Security.Policy/i.test(message.text()) && seen.faults.push(message.text()));
    page.on('response', (response) => {
      if (response.request().isNavigationRequest() && response.status() !== 303) seen.html = response.text().catch(() => '');
    });
    return { context, page, seen };
  }

  async function openCase(page, lang, reference) {
    await page.goto(`${demo.origin}/${lang}/staff/`);
    await page.locator('.queue li', { hasText: reference }).locator('.matter a').first().click();
  }

  async function assertSound(who, name, lang) {
    const { page, seen } = who;
    const html = await seen.html;
    const report = await validator.validateString(html);
    assert.ok(report.valid, `${name} (${lang}): ${report.results.flatMap((r) => r.messages.map((m) => `${m.line}:${m.column} ${m.ruleId} ${m.message}`)).join('\n')}`);
    assert.equal((html.match(/<h1[ >]/g) ?? []).length, 1, `${name}: one h1`);
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']).analyze();
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.html} ${n.failureSummary}`).join('\n')}`), [], `${name} (${lang}, ${colorScheme})`);
      const file = picture(`${lang}-${name}-${colorScheme}`);
      if (file) await page.screenshot({ path: file, fullPage: true });
    }
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize(narrow);
    const [scroll, client] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
    assert.ok(scroll <= client, `${name} (${lang}): ${scroll} px wide in a window of ${client}`);
    const small = picture(`${lang}-${name}-320`);
    if (small) await page.screenshot({ path: small, fullPage: true });
    await page.setViewportSize(wide);
    const paper = picture(`${lang}-${name}-print`);
    if (paper) {
      await page.emulateMedia({ media: 'print' });
      await page.screenshot({ path: paper, fullPage: true });
      await page.emulateMedia({ media: 'screen' });
    }
  }

  async function close() {
    await browser.close();
    await demo.stop();
  }
  return { demo, visitor, openCase, assertSound, close };
}
