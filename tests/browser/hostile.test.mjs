// Values that would be markup, script, addresses, terminal controls or turned text run nothing and are shown
// for what they are.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vectors } from './documents.mjs';
import { assertQuiet, go, newPage, open, read, text, withBrowser } from './support.mjs';

const document_ = read('hostile');

test('hostile values run nothing', async (t) => withBrowser({}, async (context) => {
  const page = await newPage(context);
  const clean = async (address) => {
    const said = await page.evaluate(() => ({
      pwned: window.pwned ?? window.top.pwned,
      // Those of the page itself have no attribute but id, type or nothing.
      elements: [...document.querySelectorAll('img,iframe,object,embed,link,base,video,audio,form:not(.app-filter),math,animate,template,body style')].map((one) => one.outerHTML.slice(0, 100)),
      handlers: [...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames().filter((name) => name.startsWith('on'))),
      addresses: [...document.querySelectorAll('[href],[src],[action],[formaction]')].map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? '?').filter((to) => !to.startsWith('#')),
      scripts: document.querySelectorAll('script:not([type])').length,
      controls: /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/.test(document.body.innerText + document.title),
    }));
    assert.deepEqual(said, { pwned: undefined, elements: [], handlers: [], addresses: [], scripts: 1, controls: false }, address);
    await assertQuiet(page);
  };

  await t.test('on every view', async () => {
    await open(page, 'hostile');
    await page.evaluate(() => document.querySelectorAll('details').forEach((one) => one.setAttribute('open', '')));
    const main = await text(page, 'main');
    for (const vector of vectors.slice(0, 20)) assert.ok(main.includes(vector), vector);
    assert.ok(main.includes('[U+202E]gnp.exe') && main.includes('[U+001B][31mred'));
    await clean('summary');
    await go(page, 'measures');
    await clean('measures');
    for (const measure of document_.measures) {
      await go(page, `measure/${measure.pack}/${measure.id}`);
      await clean(measure.id);
    }
    for (const group of ['none', 'case', 'rule']) {
      await go(page, `findings?group=${group}`);
      await clean(group);
    }
  });

  await t.test('on the pages of findings and children, each under its own name', async () => {
    const cases = [...new Set(document_.findings.map((finding) => finding.case))].slice(0, vectors.length);
    for (const key of cases) {
      const finding = document_.findings.find((one) => one.case === key);
      await go(page, `finding/${finding.id}`);
      await clean(finding.id);
      await go(page, `child/${encodeURIComponent(key)}`);
      assert.ok(!/Not in this report/.test(await text(page, 'main h1')), JSON.stringify(key));
      await clean(key);
    }
  });

  await t.test('from the address', async () => {
    for (const vector of vectors.filter((one) => !/[\u0000\u2028\u2029]/.test(one))) {
      for (const address of [vector, `findings?text=${vector}`, `findings?who=${vector}&rule=${vector}&group=${vector}`, `finding/${vector}`, `child/${encodeURIComponent(vector)}x`, `measure/iro/reviews-in-timescale-by-team?period=${vector}`]) {
        await page.evaluate((to) => { location.hash = `#/${to}`; }, address);
        await page.waitForTimeout(30);
        await clean(address);
      }
    }
  });
}));
