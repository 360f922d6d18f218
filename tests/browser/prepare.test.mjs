// Makes the reports that the other tests open, with the command itself.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { compared, enlarged, enriched, hostile, unnamed } from './documents.mjs';
import { folder, read } from './support.mjs';

const command = process.env.CASEAUDIT;
const at = (name) => join(folder, name);

function run(...words) {
  execFileSync(command, words, { stdio: ['ignore', 'ignore', 'inherit'] });
}
function report(name, document) {
  writeFileSync(at(`${name}.json`), JSON.stringify(document));
  run('report', at(`${name}.json`), '--format', 'html', '--output', at(`${name}.html`));
}

test('an audit makes its report, with timelines, beside the document', () => {
  rmSync(at('service'), { recursive: true, force: true });
  run('generate', '--dataset', 'iro', '--children', '300', '--year', '2025', '--seed', '7', '--error-rate', '0.4', '--out', at('service'));
  run('run', '--pack', 'iro', '--input', at('service/current'), '--as-at', '2026-03-31', '--fail-on', 'never', '--quiet',
    '--output', at('audit.json'), '--report', `html=${at('audit.html')}`);
  const document = read('audit');
  assert.ok(document.findings.length > 100, `${document.findings.length} findings`);
  assert.ok(document.timelines.length > 50, `${document.timelines.length} timelines`);
});

test('the sources of the page are of the types they say', () => {
  const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', process.env.PAGE_FOLDER], { stdio: 'inherit' });
});

test('the same document makes the same page, as JSON and as NDJSON', () => {
  const page = readFileSync(at('audit.html'), 'utf8');
  run('report', at('audit.json'), '--format', 'html', '--output', at('again.html'));
  assert.equal(readFileSync(at('again.html'), 'utf8'), page);
  run('run', '--pack', 'iro', '--input', at('service/current'), '--as-at', '2026-03-31', '--fail-on', 'never', '--quiet',
    '--timeline', '--format', 'ndjson', '--output', at('audit.ndjson'));
  run('report', at('audit.ndjson'), '--format', 'html', '--output', at('lines.html'));
});

test('reports of documents with more in them', () => {
  const document = read('audit');
  report('enriched', enriched(document));
  report('compared', compared(document));
  report('hostile', hostile(document));
  report('unnamed', unnamed(document));
  report('large', enlarged(document, 100000));
  // A mark for each finding that no line break can part, to be found in what is printed.
  const middle = enlarged(document, 5000);
  middle.findings.forEach((finding, i) => { finding.message = `M${String(i).padStart(4, '0')}# ${finding.message}`; });
  report('middle', middle);
  run('report', at('audit.json'), '--format', 'html', '--shareable=dfe', '--output', at('shareable.html'));
  run('report', at('audit.json'), '--format', 'json', '--shareable=dfe', '--output', at('shareable.json'));
});
