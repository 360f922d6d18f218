// The first page: what was audited, what came out, and how far that can be relied on.
import { ruleBars } from '../charts';
import { head, listed } from '../data';
import { fragment, h, type Child } from '../dom';
import { details, findingsAddress, link, ruleFilter, severityTag, summaryList, table } from '../parts';
import { ruleTable } from './rules';
import { count, date, number, severities, visible, words } from '../words';

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function tiles(): HTMLElement {
  return h('ul.app-tiles', { 'aria-label': 'Findings by severity' }, severities.map((severity) => {
    const found = sum(head.rules.filter((rule) => rule.severity === severity).map(listed));
    const name = words(severity);
    return h(`li.app-tile.app-tile--${severity}`, {}, found
      ? h('a.govuk-link.govuk-link--no-visited-state.govuk-link--no-underline.app-tile__link', { href: `#/${findingsAddress({ severity: [severity] })}` },
        h('span.app-tile__number', {}, number(found)), ' ', h('span.app-tile__name', {}, name))
      : [h('span.app-tile__number', {}, '0'), ' ', h('span.app-tile__name', {}, name)]);
  }));
}

// What the figures rest on, in one paragraph that can be copied into a report.
function assurance(): Child[] {
  const { rules, run, rejected } = head;
  const by = (status: string) => rules.filter((rule) => rule.status === status);
  const undecided = sum(rules.map((rule) => rule.undecided)), known = sum(rules.map((rule) => rule.known ?? 0));
  const whole = by('failed').length === 0 && rejected.length === 0;
  const sentences = [
    `Of ${count(rules.length, 'rule')}, ${number(by('ran').length)} ran, ${number(by('skipped').length)} ${by('skipped').length === 1 ? 'was' : 'were'} skipped and ${number(by('failed').length)} failed.`,
    `They made ${count(sum(rules.map((rule) => rule.population)), 'judgement')} of a record by a rule: ` +
      `${number(sum(rules.map((rule) => rule.passed)))} passed, ${number(sum(rules.map((rule) => rule.failed)))} did not${known ? ` (${number(known)} of these ${known === 1 ? 'was' : 'were'} known from the baseline)` : ''}, and ${number(undecided)} could not be judged because what the rule needs is missing or unreadable.`,
    rejected.length ? `${count(rejected.length, 'row or file', 'rows or files')} could not be read and ${rejected.length === 1 ? 'was' : 'were'} not audited.` : 'Every row of the extract was read.',
  ];
  return [
    !whole && h('div.govuk-warning-text', {},
      h('span.govuk-warning-text__icon', { 'aria-hidden': 'true' }, '!'),
      h('strong.govuk-warning-text__text', {}, h('span.govuk-visually-hidden', {}, 'Warning '),
        'This audit is not whole: ', [by('failed').length && count(by('failed').length, 'rule') + ' failed', rejected.length && count(rejected.length, 'row or file', 'rows or files') + ' could not be read'].filter(Boolean).join(', '), '.')),
    h('p.govuk-body', {}, sentences.join(' ')),
    run.notes.length > 0 && [h('p.govuk-body', {}, 'What you should know of the extract:'),
      h('ul.govuk-list.govuk-list--bullet', {}, run.notes.map((note) => h('li', {}, visible(note))))],
  ];
}

function audited(): HTMLElement {
  const { run } = head;
  const of = (extract: string) => run.inputs.filter((input) => input.extract === extract);
  const rows = sum(of('current').map((input) => input.rows));
  const source = { given: 'as asked for', 'collection end': 'the end of the collection', today: 'the day of the run' }[run.as_at_source] ?? run.as_at_source;
  return summaryList([
    ['As at', `${date(run.as_at)} (${visible(source)})`],
    ['Rule packs', run.packs.map((pack, i) => [i > 0 && ', ', `${visible(pack.title ?? pack.id)}, version ${visible(pack.version)}`])],
    ['Extract', `${count(rows, 'record')} in ${count(of('current').length, 'table')}` +
      (run.cases ? ` of ${count(run.cases, 'child', 'children')}` : '') +
      (of('prior').length ? `; compared with a prior extract of ${count(sum(of('prior').map((input) => input.rows)), 'record')}` : '')],
    ['Rejected', head.rejected.length ? count(head.rejected.length, 'row or file', 'rows or files') : 'None'],
    ...(run.baseline ? [['Baseline', `As at ${date(run.baseline.as_at)}: what it held is counted, and not listed here`] as [string, Child]] : []),
    ...(run.shareable ? [['Figures', 'To be shared: small counts are kept back and shown as c'] as [string, Child]] : []),
    ['Identifiers', run.identifiers_shown ? 'Shown: names, dates of birth and the like stand in this file' : 'Withheld'],
  ]);
}

// How many findings were allowed, and whether there are more.
function thresholds(): Child {
  const { thresholds } = head;
  if (!thresholds.length) return null;
  const exceeded = thresholds.filter((one) => one.exceeded).length, nothing = thresholds.filter((one) => !one.judged).length;
  return [
    h('h2.govuk-heading-m', {}, 'Thresholds'),
    h('p.govuk-body', {}, exceeded ? `${number(exceeded)} of ${count(thresholds.length, 'threshold')} exceeded.` : nothing ? `${number(thresholds.length - nothing)} of ${count(thresholds.length, 'threshold')} kept; of the others nothing was judged.` : `All ${count(thresholds.length, 'threshold')} kept.`),
    table('What was allowed and what there is', [{ name: 'Of' }, { name: 'Fails if' }, { name: 'Findings', number: true }, { name: 'Judged', number: true }, { name: 'Outcome' }],
      thresholds.map((one) => [visible(one.rule ?? (one.severity ? `severity ${one.severity}` : one.pack)), visible(one.fail_if), number(one.findings), number(one.judged), one.exceeded ? h('strong', {}, 'Exceeded') : one.judged ? 'Kept' : 'Nothing judged'])),
  ];
}

function inputs(): Child[] {
  const { run, rejected } = head;
  const most = 500;
  return [
    details('Files of the extract', table('Files of the extract', [{ name: 'Table' }, { name: 'File' }, { name: 'Extract' }, { name: 'Records', number: true }, { name: 'Rejected', number: true }, { name: 'Encoding' }, { name: 'SHA-256' }],
      run.inputs.map((input) => [visible(input.table), visible(input.file), words(input.extract), number(input.rows), number(input.rejected), visible(input.encoding), h('code.app-digest', {}, input.sha256.slice(0, 16))]))),
    rejected.length > 0 && details('Rows and files that could not be read', table(rejected.length > most ? `The first ${number(most)} of ${number(rejected.length)}; the findings document has all` : 'Rows and files that could not be read', [{ name: 'File' }, { name: 'Line', number: true }, { name: 'Extract' }, { name: 'Reason' }],
      rejected.slice(0, most).map((one) => [visible(one.file), number(one.line), words(one.extract), visible(one.reason)]))),
    details('Parameters, packs and plugins',
      table('Parameters', [{ name: 'Parameter' }, { name: 'Value' }], Object.entries(run.parameters).map(([name, value]) => [words(visible(name)), value === '' ? 'not set' : visible(value)])),
      table('Packs and plugins', [{ name: 'Name' }, { name: 'Version' }, { name: 'SHA-256' }],
        [...run.packs.map((pack) => [visible(pack.id), visible(pack.version), h('code.app-digest', {}, pack.sha256.slice(0, 16))]),
          ...run.plugins.map((plugin) => [visible(plugin.name), visible(plugin.version), h('code.app-digest', {}, plugin.sha256.slice(0, 16))])])),
  ];
}

function gather(): Child {
  const { rules } = head;
  const found = rules.filter((rule) => listed(rule) > 0);
  if (!found.length) return null;
  const most = [...found].sort((a, b) => listed(b) - listed(a)).slice(0, 10);
  return [
    h('h2.govuk-heading-m', {}, 'Where the findings are'),
    ruleBars(rules),
    details('The same as a table', table('Rules with most findings', [{ name: 'Rule' }, { name: 'Severity' }, { name: 'Findings', number: true }, { name: 'Of', number: true }],
      most.map((rule) => [link(findingsAddress(ruleFilter(rule)), visible(rule.title)), severityTag(rule.severity), number(listed(rule)), number(rule.population)]))),
    head.proposed_escalations.length > 0 && h('p.govuk-body', {},
      `${count(head.proposed_escalations.length, 'child has', 'children have')} findings that would start a dispute by the protocol of the pack. Their pages say so.`),
  ];
}

export function summaryView(): DocumentFragment {
  const { run } = head;
  return fragment(
    h('span.govuk-caption-l', {}, run.packs.map((pack) => visible(pack.title ?? pack.id)).join(', ')),
    h('h1.govuk-heading-l', { tabindex: '-1' }, 'Audit of case records'),
    h('p.govuk-body-l', {}, head.findings
      ? [h('strong', {}, count(head.findings, 'finding')), ` about ${count(head.cases_with, 'child', 'children')}`, run.cases ? ` of ${number(run.cases)}` : '', `, as at ${date(run.as_at)}.`]
      : `No findings, as at ${date(run.as_at)}.`),
    tiles(),
    h('div.govuk-grid-row', {},
      h('div.govuk-grid-column-one-half', {}, h('h2.govuk-heading-m', {}, 'What was audited'), audited(), inputs()),
      h('div.govuk-grid-column-one-half', {}, gather())),
    h('h2.govuk-heading-m', { id: 'assurance' }, 'Assurance statement'),
    h('div.govuk-grid-row', {}, h('div.govuk-grid-column-two-thirds', {}, assurance())),
    ruleTable(),
    thresholds(),
  );
}

