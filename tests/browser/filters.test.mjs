// Filters: what they leave, how they are shared, and how the reader comes back.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertQuiet, grouped, newPage, open, read, rulesOf, text, withBrowser } from './support.mjs';

const document_ = read('enriched');
const ruleOf = rulesOf(document_);
const { team, worker } = document_.findings.find((finding) => finding.team && finding.worker && finding.team !== finding.responsible);
const addressee = document_.findings.find((finding) => finding.responsible && ![finding.team, finding.worker].includes(finding.responsible)).responsible;
const people = (finding) => `${finding.responsible ?? ''} ${finding.team ?? ''} ${finding.worker ?? ''}`;
const first = ruleOf(document_.findings[0]);

const filters = [
  ['severity=high', (finding) => finding.severity === 'high'],
  ['severity=high,low', (finding) => ['high', 'low'].includes(finding.severity)],
  ['dimension=timeliness', (finding) => ruleOf(finding).dimension === 'timeliness'],
  [`module=${first.module}`, (finding) => ruleOf(finding).module === first.module],
  [`rule=${encodeURIComponent(`${first.pack}/${first.rule}`)}`, (finding) => ruleOf(finding) === first],
  [`team=${encodeURIComponent(team)}`, (finding) => finding.team === team],
  [`worker=${encodeURIComponent(worker)}`, (finding) => finding.worker === worker],
  [`team=${encodeURIComponent(team)}&worker=${encodeURIComponent(worker)}`, (finding) => finding.team === team && finding.worker === worker],
  [`who=${encodeURIComponent(addressee)}`, (finding) => finding.responsible === addressee],
  [`text=${encodeURIComponent(worker)}`, (finding) => `${finding.message} ${ruleOf(finding).title} ${finding.case} ${people(finding)}`.toLowerCase().includes(worker.toLowerCase())],
  ['state=new', (finding) => finding.state === 'new'],
  ['state=waived', (finding) => Boolean(finding.waiver)],
  ['state=not+waived', (finding) => !finding.waiver],
  ['text=REVIEW+2025', (finding) => {
    const words = `${finding.message} ${ruleOf(finding).rule} ${ruleOf(finding).title} ${ruleOf(finding).tags.join(' ')}`.toLowerCase();
    const other = (word) => people(finding).toLowerCase().includes(word) || finding.case.toLowerCase().includes(word);
    return ['review', '2025'].every((word) => words.includes(word) || other(word));
  }],
  [`severity=high&dimension=timeliness&team=${encodeURIComponent(team)}`,
    (finding) => finding.severity === 'high' && ruleOf(finding).dimension === 'timeliness' && finding.team === team],
];

async function shownCount(page) {
  const said = await text(page, '.app-results__count');
  return said.startsWith('No findings') ? 0 : Number(said.split(' ')[0].replace(/,/g, ''));
}

// The address changes first, the list a moment later.
async function assertCount(page, wanted, message) {
  const end = Date.now() + 5000;
  while (await shownCount(page) !== wanted && Date.now() < end) await page.waitForTimeout(20);
  assert.equal(await shownCount(page), wanted, message);
}

test('filters', async (t) => withBrowser({}, async (context) => {
  const page = await newPage(context);

  await t.test('each filter in the address leaves what the document says', async () => {
    for (const [address, keep] of filters) {
      await open(page, 'enriched', `findings?${address}`);
      const kept = document_.findings.filter(keep);
      await assertCount(page, kept.length, address);
      const links = await page.locator('.app-finding__title a').evaluateAll((all) => all.map((one) => one.getAttribute('href').split('/').pop()));
      const ids = new Set(kept.map((finding) => finding.id));
      assert.ok(links.every((id) => ids.has(id)), address);
      assert.ok(kept.length < document_.findings.length, `${address} leaves everything`);
    }
    await assertQuiet(page);
  });

  await t.test('what is set in the form is in the address, and the address sets the form', async () => {
    await open(page, 'enriched', 'findings');
    await page.getByLabel(/^High/).check();
    await page.getByLabel('Dimension').selectOption('timeliness');
    await page.getByRole('searchbox', { name: 'Text' }).fill('late');
    await page.getByLabel('By child').check();
    await page.waitForFunction(() => /text=late/.test(location.hash) && /group=case/.test(location.hash));
    const address = new URL(page.url()).hash.slice(2);
    const before = document_.findings.filter((finding) => finding.severity === 'high' && ruleOf(finding).dimension === 'timeliness' &&
      /late/.test(`${finding.message} ${finding.rule} ${ruleOf(finding).title} ${ruleOf(finding).tags.join(' ')} ${people(finding)}`.toLowerCase())).length;
    await assertCount(page, before);
    const other = await newPage(context);
    await open(other, 'enriched', address);
    await assertCount(other, before);
    assert.equal(await other.getByLabel(/^High/).isChecked(), true);
    assert.equal(await other.getByLabel('Dimension').inputValue(), 'timeliness');
    assert.equal(await other.getByRole('searchbox', { name: 'Text' }).inputValue(), 'late');
    assert.equal(await other.getByLabel('By child').isChecked(), true);
    await other.getByRole('link', { name: 'Clear the filter' }).click();
    await other.waitForFunction((all) => document.querySelector('.app-results__count').textContent.startsWith(all), grouped(document_.findings.length));
    await other.close();
    await assertQuiet(page);
  });

  await t.test('teams and workers are chosen apart, and those who are neither stand by themselves', async () => {
    await open(page, 'enriched', 'findings');
    const offered = (label) => page.getByLabel(label, { exact: true }).locator('option').evaluateAll((all) => all.slice(1).map((one) => one.value).sort());
    const all = (key) => [...new Set(document_.findings.map((finding) => finding[key]).filter(Boolean))].sort();
    assert.deepEqual(await offered('Team'), all('team'));
    assert.deepEqual(await offered('Worker'), all('worker'));
    assert.deepEqual(await offered('Others who are to act'), all('responsible').filter((one) => !all('team').includes(one) && !all('worker').includes(one)));
    await page.getByLabel('Team', { exact: true }).selectOption(team);
    await page.getByLabel('Worker', { exact: true }).selectOption(worker);
    await page.waitForFunction(() => /team=/.test(location.hash) && /worker=/.test(location.hash));
    await assertCount(page, document_.findings.filter((finding) => finding.team === team && finding.worker === worker).length);
    await assertQuiet(page);
  });

  await t.test('a document that names no teams has one filter of who is to act', async () => {
    await open(page, 'unnamed', 'findings');
    assert.equal(await page.getByLabel('Team', { exact: true }).count(), 0);
    const chosen = await page.getByLabel('Who is to act').locator('option').nth(1).getAttribute('value');
    await page.getByLabel('Who is to act').selectOption(chosen);
    await page.waitForFunction(() => /who=/.test(location.hash));
    await assertCount(page, document_.findings.filter((finding) => finding.responsible === chosen).length);
    await assertQuiet(page);
  });

  await t.test('grouped by child and by rule, each group has its findings', async () => {
    for (const [group, key] of [['case', (finding) => finding.case], ['rule', (finding) => `${finding.pack}/${finding.rule}`]]) {
      await open(page, 'enriched', `findings?group=${group}`);
      const counts = new Map();
      for (const finding of document_.findings) counts.set(key(finding), (counts.get(key(finding)) ?? 0) + 1);
      await assertCount(page, document_.findings.length);
      const said = await page.locator('.app-group__count').first().innerText();
      const entries = await page.locator('.app-list [role=listitem]').evaluateAll((all) => all.map((one) => one.className));
      const size = entries.slice(1).findIndex((name) => name === 'app-group');
      assert.equal(Number(said.trim().split(' ')[0]), size, group);
      assert.equal(await page.locator('[aria-setsize]').first().getAttribute('aria-setsize'), String(document_.findings.length + counts.size));
    }
    await assertQuiet(page);
  });

  await t.test('a filter that matches nothing says so', async () => {
    await open(page, 'enriched', 'findings?text=zzzzzz');
    assert.equal(await text(page, '.app-results__count'), 'No findings match this filter.');
    await open(page, 'enriched', 'findings?who=Nobody&severity=nonsense&dimension=none');
    await assertCount(page, 0);
    await assertQuiet(page);
  });

  await t.test('from the list to a finding, on to the next, and back to its place', async () => {
    await open(page, 'enriched', 'findings?severity=high');
    const link = page.locator('.app-finding__title a').nth(2);
    const href = await link.getAttribute('href');
    await link.click();
    await page.waitForFunction(() => /^#\/finding\//.test(location.hash) && document.querySelector('.app-tags'));
    assert.match(await text(page, '.app-neighbours'), /3 of /);
    await page.getByRole('link', { name: 'Next finding' }).click();
    await page.waitForFunction(() => /4 of /.test(document.querySelector('.app-neighbours')?.textContent ?? ''));
    await page.getByRole('link', { name: 'Previous finding' }).click();
    await page.waitForFunction(() => /3 of /.test(document.querySelector('.app-neighbours')?.textContent ?? ''));
    await page.getByRole('link', { name: 'Back to the findings' }).click();
    await page.waitForFunction(() => document.querySelector('.app-list'));
    assert.match(page.url(), /severity=high/);
    assert.equal(await page.evaluate(() => document.activeElement.getAttribute('href')), href);
    await assertQuiet(page);
  });
}));
