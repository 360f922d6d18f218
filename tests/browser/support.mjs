// Opening a report in Chromium, and holding it to its promises: no request, no error, nothing that the
// policy had to stop.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

export const folder = process.env.BROWSER_FOLDER;
const switches = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

export function read(name) {
  return JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'));
}

// The rule that a finding of the document is of.
export function rulesOf(document) {
  const rules = new Map(document.rules.map((rule) => [`${rule.pack}/${rule.rule}`, rule]));
  return (finding) => rules.get(`${finding.pack}/${finding.rule}`);
}

// A browser with an empty profile of its own; `use` gets its context. Closed afterwards.
export async function withBrowser(options, use) {
  const profile = mkdtempSync(join(tmpdir(), 'caseaudit-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM, headless: true, args: switches, locale: 'en-GB', timezoneId: 'America/New_York',
    viewport: { width: 1280, height: 900 }, ...options,
  });
  try {
    return await use(context);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

// A page with everything noted that it should not do.
export async function newPage(context) {
  const page = await context.newPage();
  page.trouble = [];
  page.on('pageerror', (error) => page.trouble.push(`error: ${error.message}`));
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) page.trouble.push(`console: ${message.text()}`);
  });
  page.on('dialog', (dialog) => {
    page.trouble.push('a dialog was opened');
    return dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.isNavigationRequest() || !request.url().startsWith('file:')) page.trouble.push(`request: ${request.url().slice(0, 200)}`);
  });
  await page.addInitScript(() => {
    window.violations = [];
    document.addEventListener('securitypolicyviolation', (event) => window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  return page;
}

let visits = 0;

// Loads the report anew at this address and waits until its view is there.
export async function open(page, name, address = '') {
  await page.goto(`file://${join(folder, `${name}.html`)}?${++visits}#/${address}`);
  await page.waitForFunction(() => document.querySelector('main h1'));
}

// Goes to another address within the report.
export async function go(page, address) {
  await page.evaluate((to) => {
    window.before = document.querySelector('main h1');
    location.hash = `#/${to}`;
  }, address);
  await page.waitForFunction(() => document.querySelector('main h1') && document.querySelector('main h1') !== window.before);
}

export async function assertQuiet(page) {
  assert.deepEqual(page.trouble, []);
  assert.deepEqual(await page.evaluate(() => window.violations), []);
}

export function text(page, selector) {
  return page.locator(selector).innerText();
}

// A number as the page writes it.
export function grouped(number) {
  return new Intl.NumberFormat('en-GB').format(number);
}
