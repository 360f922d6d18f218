// What is printed, read back from the PDF that Chromium makes of it.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { assertQuiet, newPage, open, read, withBrowser } from './support.mjs';

async function printed(page) {
  const pdf = await page.pdf({ format: 'A4' });
  return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, maxBuffer: 1 << 28 }).toString();
}

test('print', async (t) => withBrowser({}, async (context) => {
  const page = await newPage(context);

  await t.test('all of 5,000 findings, each once, with the headings on every page', async () => {
    await open(page, 'middle', 'findings');
    const text = await printed(page);
    const found = new Set(text.replace(/\s+/g, ' ').match(/M\d{4}#/g));
    assert.equal(found.size, 5000);
    assert.equal(text.match(/M\d{4}#/g).length, 5000);
    const pages = text.split('\f').filter((one) => one.trim());
    assert.ok(pages.length > 100, `${pages.length} pages`);
    for (const one of pages) assert.match(one, /Severity +Finding +What happened +Child +Who is to act/);
    assert.match(text, /All findings\. As at 31 March 2026\./);
    await assertQuiet(page);
  });

  await t.test('of a filter what it leaves, under what it is, in its groups', async () => {
    const document_ = read('middle');
    const kept = document_.findings.filter((finding) => finding.severity === 'high');
    await open(page, 'middle', 'findings?severity=high&group=case');
    const text = await printed(page);
    assert.equal(text.match(/M\d{4}#/g).length, kept.length);
    assert.match(text, /Filter: severity High\. As at 31 March 2026\./);
    const heads = new Set(text.match(/^ *Child P\d{6}$/gm).map((one) => one.trim()));
    assert.equal(heads.size, new Set(kept.map((finding) => finding.case)).size);
    assert.doesNotMatch(text, /Clear the filter|No grouping/);
    await assertQuiet(page);
  });

  await t.test('after it the page is as it was', async () => {
    await open(page, 'middle', 'findings');
    const before = await page.evaluate(() => document.querySelectorAll('*').length);
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    assert.equal(await page.locator('.app-paper tbody tr').count(), 5000);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    assert.equal(await page.evaluate(() => document.querySelectorAll('*').length), before);
    await assertQuiet(page);
  });

  await t.test('hostile values are printed as what they are', async () => {
    await open(page, 'hostile', 'findings');
    assert.match(await printed(page), /\[U\+202E\]/);
    assert.equal(await page.evaluate(() => window.pwned), undefined);
    await assertQuiet(page);
  });
}));
