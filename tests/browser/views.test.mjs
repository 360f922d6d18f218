// Every view says what the document says.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertQuiet, go, grouped, newPage, open, read, rulesOf, text, withBrowser } from './support.mjs';

const document_ = read('audit');
const ruleOf = rulesOf(document_);
const sum = (list, key) => list.reduce((total, one) => total + one[key], 0);

test('views', async (t) => withBrowser({}, async (context) => {
  const page = await newPage(context);

  await t.test('summary: counts, what was audited, every rule in the assurance statement', async () => {
    await open(page, 'audit');
    const main = await text(page, 'main');
    assert.match(main, new RegExp(`${grouped(document_.findings.length)} findings`));
    assert.match(main, /31 March 2026/);
    assert.match(main, new RegExp(`${grouped(sum(document_.rules, 'population'))} judgements`));
    assert.match(main, new RegExp(`${grouped(sum(document_.rules, 'undecided'))} could not be judged`));
    assert.match(main, /Every row of the extract was read/);
    assert.equal(await page.locator('.app-rules tbody tr').count(), document_.rules.length);
    for (const severity of ['high', 'medium', 'low']) {
      const found = sum(document_.rules.filter((rule) => rule.severity === severity), 'failed');
      assert.equal(await text(page, `.app-tile--${severity} .app-tile__number`), grouped(found));
    }
    assert.equal(await page.locator('main .app-chart svg').count(), 1);
    await assertQuiet(page);
  });

  await t.test('what a baseline held is counted nowhere as a finding that can be seen', async () => {
    await open(page, 'compared');
    const compared = read('compared');
    const shown = new Map();
    for (const finding of compared.findings) shown.set(finding.severity, (shown.get(finding.severity) ?? 0) + 1);
    for (const severity of ['high', 'medium', 'low'])
      assert.equal(await text(page, `.app-tile--${severity} .app-tile__number`), grouped(shown.get(severity) ?? 0));
    const known = sum(compared.rules, 'known');
    assert.match(await text(page, 'main'), new RegExp(`${grouped(sum(compared.rules, 'failed'))} did not \\(${grouped(known)} of these were known from the baseline\\)`));
    await assertQuiet(page);
  });

  await t.test('the table of rules sorts and narrows', async () => {
    const populations = () => page.locator('.app-rules tbody tr td:nth-child(4)').allInnerTexts().then((list) => list.map((one) => Number(one.replace(/,/g, ''))));
    await page.getByRole('button', { name: 'Population' }).click();
    const down = await populations();
    assert.deepEqual(down, [...down].sort((a, b) => b - a));
    assert.equal(await page.locator('.app-rules th[aria-sort=descending]').innerText().then((one) => one.trim().startsWith('Population')), true);
    await page.getByRole('button', { name: 'Population' }).click();
    assert.deepEqual(await populations(), [...down].reverse().sort((a, b) => a - b));
    await page.getByLabel('With findings', { exact: true }).check();
    assert.equal(await page.locator('.app-rules tbody tr').count(), document_.rules.filter((rule) => rule.failed > 0).length);
  });

  await t.test('an audit that is not whole says so, and shows rejected rows and why rules did not run', async () => {
    await open(page, 'enriched');
    const main = await text(page, 'main');
    assert.match(main, /This audit is not whole: 1 rule failed, 1 row or file could not be read/);
    assert.match(await text(page, '.app-banner'), /This file identifies children/);
    await page.getByText('Rows and files that could not be read').first().click();
    assert.match(await text(page, 'main'), /more cells than the header has/);
    await page.getByLabel('Skipped or failed').check();
    assert.equal(await page.locator('.app-rules tbody tr').count(), 2);
    assert.match(await text(page, '.app-rules'), /the extract lacks the table X/);
    await assertQuiet(page);
  });

  await t.test('measures: each with its figure and what it is of', async () => {
    await open(page, 'audit', 'measures');
    assert.equal(await page.locator('main tbody tr').count(), document_.measures.length);
    const measure = document_.measures.find((one) => one.id === 'children-in-care');
    const row = page.locator('main tbody tr', { has: page.getByRole('link', { name: measure.title, exact: true }) });
    assert.match(await row.innerText(), new RegExp(`${grouped(measure.groups[0].population)}\\s+children`));
    await page.getByLabel('Find a measure').fill('participation code');
    assert.match(await text(page, 'main tbody'), /How children took part/);
    assert.ok(await page.locator('main tbody tr').count() < document_.measures.length);
    await assertQuiet(page);
  });

  await t.test('every measure has a page with each of its figures', async () => {
    for (const measure of document_.measures) {
      await go(page, `measure/${measure.pack}/${measure.id}`);
      assert.equal(await text(page, 'main h1'), measure.title);
      if (!measure.groups.length) continue;
      assert.equal(await page.locator('main .app-table tbody tr').count(), measure.groups.length, measure.id);
    }
    await assertQuiet(page);
  });

  await t.test('a rate over months is drawn; figures of the previous run stand beside', async () => {
    await open(page, 'enriched', 'measure/iro/reviews-in-timescale');
    await page.locator('.app-chart svg').waitFor();
    assert.match(await page.locator('.app-chart').getAttribute('aria-label'), /^Line chart: from \d/);
    assert.match(await text(page, 'main'), /Previous run: [\d.]+% \(\+[\d.]+ points\)/);
    await go(page, 'measure/iro/reviews-in-timescale-by-team');
    const before = await page.locator('.app-chart').getAttribute('aria-label');
    await page.getByLabel('Year', { exact: true }).focus();
    await page.getByLabel('Year', { exact: true }).selectOption({ index: 1 });
    assert.notEqual(await page.locator('.app-chart').getAttribute('aria-label'), before);
    assert.match(page.url(), /period=/);
    assert.equal(await page.evaluate(() => document.activeElement.id), 'period');
    await assertQuiet(page);
  });

  await t.test('the figure of earlier runs, and thresholds', async () => {
    await open(page, 'enriched', 'measure/iro/reviews-in-timescale');
    await page.getByText('The same in 2 earlier runs').click();
    assert.match(await text(page, 'main'), /31 December 2025[\s\S]*30 September 2025/);
    await go(page, '');
    assert.match(await text(page, 'main'), /severity high\s+count > 3\s+12\s+900\s+Exceeded/);
    await assertQuiet(page);
  });

  await t.test('a page to be shared has no findings, and c for what was kept back', async () => {
    const shared = read('shareable');
    assert.equal(shared.findings.length, 0);
    const measure = shared.measures.find((one) => one.kind === 'count' && one.groups.some((group) => group.population === 'c'));
    await open(page, 'shareable', `measure/${measure.pack}/${measure.id}`);
    const cells = await page.locator('main .app-table tbody td').allTextContents();
    assert.ok(cells.includes('c'), cells.join(' '));
    assert.ok(!cells.some((cell) => /NaN/.test(cell)));
    await go(page, 'measures');
    assert.doesNotMatch(await text(page, 'main'), /NaN|undefined/);
    await go(page, '');
    assert.match(await text(page, 'main'), /small counts are kept back/);
    await assertQuiet(page);
  });

  await t.test('a finding: due, happened, records with file and line, what to do, the rule and its source', async () => {
    await open(page, 'audit');
    for (const finding of document_.findings) {
      await go(page, `finding/${finding.id}`);
      const main = await text(page, 'main');
      const rule = ruleOf(finding);
      assert.equal(await text(page, 'main h1'), rule.title);
      assert.ok(main.includes(finding.message), finding.message);
      assert.ok(main.includes(rule.source) && main.includes(rule.remedy), finding.id);
      for (const record of finding.records) assert.ok(main.includes(`${record.file}, line ${grouped(record.line)}`), finding.id);
      for (const name of [finding.responsible, finding.team, finding.worker]) assert.ok(!name || main.includes(name), finding.id);
    }
    await assertQuiet(page);
  });

  await t.test('the timeline has the dated records of the child, those concerned marked', async () => {
    const concerned = (finding, row) => finding.records.some((record) => record.file === row.file && record.line === row.line);
    const lives = new Map(document_.timelines.map((one) => [one.case, one.rows]));
    const finding = document_.findings.find((one) => lives.has(one.case) && lives.get(one.case).some((row) => concerned(one, row)));
    assert.ok(finding, 'no finding about a dated record');
    await open(page, 'audit', `finding/${finding.id}`);
    const rows = lives.get(finding.case);
    await page.locator('.app-chart svg').waitFor();
    assert.match(await page.locator('.app-chart').getAttribute('aria-label'), new RegExp(`${rows.length} dated records`));
    await page.getByText(`All ${rows.length} dated records`).click();
    const list = page.getByRole('table', { name: 'All dated records, oldest first' });
    assert.equal(await list.locator('tbody tr').count(), rows.length);
    assert.equal(await list.getByText('Concerned', { exact: true }).count(), rows.filter((row) => concerned(finding, row)).length);
    const dates = rows.map((row) => row.date);
    assert.deepEqual(dates, [...dates].sort());
    await assertQuiet(page);
  });

  await t.test('a child: all findings, the escalation, the timeline', async () => {
    const [proposed] = document_.proposed_escalations;
    await open(page, 'audit', `child/${encodeURIComponent(proposed.case)}`);
    const mine = document_.findings.filter((finding) => finding.case === proposed.case);
    assert.equal(await page.getByRole('table', { name: 'Findings', exact: true }).locator('tbody tr').count(), mine.length);
    assert.match(await text(page, 'main'), /Would start a dispute/);
    assert.ok(await page.locator('.app-chart svg').count() === 1);
    await assertQuiet(page);
  });

  await t.test('what is not there is said to be not there', async () => {
    for (const address of ['finding/ffffffffffffffffffffffffffffffff', 'child/nobody', 'measure/iro/none', 'nowhere', 'finding/%E0%A4%A', 'child/__proto__']) {
      await open(page, 'audit', address);
      assert.match(await text(page, 'main h1'), /Not in this report|cannot be shown/, address);
    }
    await assertQuiet(page);
  });

  await t.test('a report made of NDJSON shows the same', async () => {
    await open(page, 'lines', `finding/${document_.findings[0].id}`);
    const lines = await text(page, 'main');
    await open(page, 'audit', `finding/${document_.findings[0].id}`);
    assert.equal(lines, await text(page, 'main'));
    await assertQuiet(page);
  });
}));
