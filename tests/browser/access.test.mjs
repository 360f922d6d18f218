// For everybody: axe, the keyboard, 400 % zoom, wider text, forced colours, paper.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { assertQuiet, newPage, open, read, text, withBrowser } from './support.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const document_ = read('enriched');
const finding = document_.findings.find((one) => one.evidence?.due);
const addresses = ['', 'measures', 'measure/iro/reviews-in-timescale', 'measure/iro/reviews-in-timescale-by-team',
  'measure/iro/children-by-age-and-placement', 'findings', 'findings?group=case', 'findings?group=rule', 'findings?text=zzzz',
  `finding/${finding.id}`, `child/${encodeURIComponent(finding.case)}`, 'nowhere'];

const active = (page) => page.evaluate(() => ({ tag: document.activeElement.tagName, text: document.activeElement.textContent.trim(), id: document.activeElement.id }));

// axe makes elements and styles of its own, which the page's policy forbids: for it alone the policy is off.
for (const [size, viewport] of [['wide', { width: 1280, height: 900 }], ['narrow', { width: 320, height: 640 }]])
  test(`axe finds nothing, ${size}`, async () => withBrowser({ viewport, bypassCSP: true }, async (context) => {
    const page = await context.newPage();
    for (const address of addresses) {
      await open(page, 'enriched', address);
      await page.evaluate(() => document.querySelectorAll('details').forEach((one) => one.setAttribute('open', '')));
      await page.evaluate(axe);
      const result = await page.evaluate(() => window.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] }));
      const said = result.violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.slice(0, 3).map((node) => node.html.slice(0, 200)).join(' | ')}`);
      assert.deepEqual(said, [], address);
      assert.ok(result.passes.length > 10, address);
    }
  }));

test('with the keyboard alone', async (t) => withBrowser({}, async (context) => {
  const page = await newPage(context);

  await t.test('the first stop skips to the content', async () => {
    await open(page, 'enriched', 'findings');
    await page.keyboard.press('Tab');
    assert.equal((await active(page)).text, 'Skip to main content');
    await page.keyboard.press('Enter');
    assert.equal((await active(page)).id, 'main');
  });

  await t.test('through the navigation to a filter, the list, a finding and its child', async () => {
    await open(page, 'enriched');
    for (let i = 0; i < 6 && (await active(page)).text !== 'Findings'; i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.activeElement.tagName === 'H1' && document.activeElement.textContent === 'Findings');
    await page.keyboard.press('Tab');
    assert.equal((await active(page)).id, 'filter-text');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.waitForFunction(() => /severity=/.test(location.hash));
    for (let i = 0; i < 30 && !(await page.evaluate(() => document.activeElement.closest('.app-finding'))); i++) await page.keyboard.press('Tab');
    const place = () => page.evaluate(() => Number(document.activeElement.closest('[data-position]').dataset.position));
    assert.equal(await place(), 0);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    assert.equal(await place(), 2);
    await page.keyboard.press('ArrowUp');
    assert.equal(await place(), 1);
    const last = Number(await page.locator('[aria-setsize]').first().getAttribute('aria-setsize')) - 1;
    await page.keyboard.press('End');
    assert.equal(await place(), last);
    assert.ok(await page.evaluate(() => { const box = document.activeElement.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }), 'the focus is on the screen');
    await page.keyboard.press('Home');
    assert.equal(await place(), 0);
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /^#\/finding\//.test(location.hash) && document.activeElement.tagName === 'H1');
    for (let i = 0; i < 20 && !(await active(page)).text.startsWith('Child '); i++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => /^#\/child\//.test(location.hash) && document.activeElement.tagName === 'H1');
    assert.match(await page.title(), /^Child .* – audit as at 31 March 2026$/);
    await page.evaluate(() => history.back());
    await page.waitForFunction(() => /^#\/finding\//.test(location.hash));
    await assertQuiet(page);
  });

  await t.test('what has the focus shows it', async () => {
    await open(page, 'enriched', 'findings');
    for (let i = 0; i < 25; i++) {
      await page.keyboard.press('Tab');
      const plain = await page.evaluate(() => {
        const style = getComputedStyle(document.activeElement), parent = document.activeElement.parentElement;
        const beside = document.activeElement.nextElementSibling ? getComputedStyle(document.activeElement.nextElementSibling, '::before') : style;
        return style.outlineStyle === 'none' && style.boxShadow === 'none' && beside.boxShadow === 'none' && parent !== null ? document.activeElement.outerHTML.slice(0, 120) : '';
      });
      assert.equal(plain, '');
    }
  });
}));

test('400 % zoom and wider text: nothing needs two directions of scrolling', async () => withBrowser({ viewport: { width: 320, height: 256 } }, async (context) => {
  const page = await newPage(context);
  for (const address of addresses) {
    await open(page, 'enriched', address);
    const width = () => page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(await width() <= 320, `${address} is ${await width()} pixels wide`);
    // WCAG 1.4.12, set on elements as a reader's extension would.
    await page.evaluate(() => document.querySelectorAll('main *').forEach((one) => {
      if (one.style) Object.assign(one.style, { lineHeight: '1.5', letterSpacing: '0.12em', wordSpacing: '0.16em' });
    }));
    assert.ok(await width() <= 320, `${address} with wider text is ${await width()} pixels wide`);
    const cut = await page.evaluate(() => [...document.querySelectorAll('main p, main h1, main h2, main h3, main dd, main .govuk-tag')]
      .filter((one) => getComputedStyle(one).overflow === 'hidden' && one.scrollHeight > one.clientHeight + 1).length);
    assert.equal(cut, 0, address);
  }
  await assertQuiet(page);
}));

test('on paper: no controls, everything open', async () => withBrowser({}, async (context) => {
  const page = await newPage(context);
  await open(page, 'enriched');
  await page.emulateMedia({ media: 'print' });
  await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
  assert.equal(await page.locator('details:not([open])').count(), 0);
  assert.equal(await page.locator('.app-header nav').isVisible(), false);
  assert.equal(await page.locator('.app-rules').isVisible(), true);
  assert.ok((await page.pdf({ format: 'A4' })).length > 20000);
  await assertQuiet(page);
}));

test('forced colours: bars and tags keep a shape', async () => withBrowser({ forcedColors: 'active' }, async (context) => {
  const page = await newPage(context);
  await open(page, 'enriched', 'findings');
  assert.ok((await text(page, 'main')).includes('High'));
  await assertQuiet(page);
}));
