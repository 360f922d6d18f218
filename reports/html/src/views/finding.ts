// One finding: what was due and what happened, what to do, the records, the child's timeline, the rule.
import { head, listed, type Findings } from '../data';
import { fragment, h, type Child } from '../dom';
import { caseAddress, caseName, escalations, findingsAddress, link, place, ruleFilter, samePlace, severityTag, stateTag, summaryList, tag, timeline } from '../parts';
import type { Finding, FindingRecord, Rule, Waiver } from '../types';
import { remembered, sequence } from './findings';
import { count, date, number, shown, visible, words } from '../words';

// Evidence in words, in the order in which it is asked for: when was it due, what happened, how far off.
const names: [string, string][] = [
  ['start', 'Began'], ['due', 'Due'], ['event', 'Happened'], ['late', 'Late by'], ['overdue', 'Still outstanding'],
];

function evidence(finding: Finding): [string, Child][] {
  const given = { ...finding.evidence };
  const rows: [string, Child][] = [];
  const unit = typeof given.unit === 'string' ? visible(given.unit) : '';
  const calendarDays = typeof given.late_days === 'number' && unit && !/^days?$|calendar/.test(unit) ? ` (${count(given.late_days, 'calendar day')})` : '';
  if (given.late !== undefined) {
    given.late = `${shown(given.late)} ${unit}${calendarDays}`.trim();
    delete given.unit;
    delete given.late_days;
    delete given.late_working_days;
  }
  if (given.overdue === false) delete given.overdue;
  for (const [key, name] of names) {
    if (given[key] === undefined) continue;
    const value = given[key];
    if (key === 'event' && value === '') rows.push([name, 'Nothing on record']);
    else rows.push([name, shown(value)]);
    delete given[key];
  }
  for (const [key, value] of Object.entries(given)) rows.push([words(visible(key)), shown(value)]);
  return rows;
}

// Who is to act, and their team and worker where that is somebody else.
function acting({ responsible, team, worker }: Finding): [string, Child][] {
  const rows: [string, Child][] = [];
  if (team) rows.push(['Team', link(findingsAddress({ team }), visible(team))]);
  if (worker) rows.push(['Worker', link(findingsAddress({ worker }), visible(worker))]);
  if (responsible && responsible !== team && responsible !== worker) rows.push(['Who is to act', link(findingsAddress({ who: responsible }), visible(responsible))]);
  return rows.length ? rows : [['Who is to act', 'The rule does not say']];
}

function recordCard(record: FindingRecord): HTMLElement {
  const subject = record.role === 'subject';
  return h(`div.govuk-summary-card${subject ? '.app-card--subject' : ''}`, {},
    h('div.govuk-summary-card__title-wrapper', {},
      h('h3.govuk-summary-card__title', {}, visible(record.table), ' ', subject ? tag('Reported', 'govuk-tag--red') : tag('Judged by', 'govuk-tag--grey'))),
    h('div.govuk-summary-card__content', {},
      h('p.govuk-body-s', {}, `${place(record)} (record ${number(record.row)})`),
      summaryList(Object.entries(record.fields).map(([name, value]) => [visible(name), value === '' ? h('em', {}, 'blank') : shown(value)]), { class: 'govuk-summary-list govuk-summary-list--no-border app-fields' })));
}

function ruleSection(rule: Rule): Child {
  return [
    h('h2.govuk-heading-m', {}, 'The rule'),
    summaryList([
      ['Rule', `${visible(rule.title)} (${visible(rule.rule)})`],
      ['Source', rule.source ? visible(rule.source) : 'Not given'],
      ['Rule pack', visible(rule.pack)],
      ['Dimension', words(rule.dimension)],
      ...(rule.module ? [['Module', words(visible(rule.module))] as [string, Child]] : []),
      ...(rule.tags?.length ? [['Tags', rule.tags.map((one) => visible(one)).join(', ')] as [string, Child]] : []),
      ['In this audit', [link(findingsAddress(ruleFilter(rule)), count(listed(rule), 'finding')), ` in ${number(rule.population)} judged; ${number(rule.undecided)} undecided`]],
    ]),
  ];
}

function waived(finding: Finding): Child {
  const waiver: Waiver | undefined = finding.waiver;
  if (!waiver) return null;
  const said = [waiver.reason && `Reason: ${visible(waiver.reason)}`, waiver.basis && `Basis: ${visible(waiver.basis)}`, waiver.owner && `Owner: ${visible(waiver.owner)}`, waiver.expires && `Until ${date(waiver.expires)}`].filter(Boolean);
  return h('div.govuk-inset-text', {}, h('strong', {}, 'Waived. '), said.join('. '));
}

function neighbours(number_: number, findings: Findings): Child {
  const at = sequence.numbers.indexOf(number_);
  if (at < 0) return null;
  const item = (offset: number, name: string) => {
    const other = sequence.numbers[at + offset];
    return other !== undefined && h('a.govuk-link', { href: `#/finding/${findings.id(other)}`, rel: offset < 0 ? 'prev' : 'next' }, name);
  };
  return h('nav.app-neighbours.app-print-hide', { 'aria-label': 'Findings' },
    item(-1, 'Previous finding'), h('span', {}, `${number(at + 1)} of ${number(sequence.numbers.length)}`), item(1, 'Next finding'));
}

export async function findingView(findings: Findings, i: number): Promise<DocumentFragment> {
  const finding = await findings.detail(i);
  const rule = findings.rule(i);
  const caseNumber = findings.columns.case[i];
  const rows = await findings.timeline(caseNumber);
  const proposed = head.proposed_escalations.filter((one) => one.issues.some((issue) => issue.finding === finding.id));
  const others = findings.byCase[caseNumber].length - 1;
  const state = findings.state(i);
  remembered.finding = i;
  return fragment(
    h('p.govuk-body-s.app-print-hide', {}, link(sequence.address, 'Back to the findings')),
    h('span.govuk-caption-l', {}, caseName(finding.case)),
    h('h1.govuk-heading-l', { tabindex: '-1' }, visible(rule.title)),
    h('p.app-tags', {}, severityTag(finding.severity), ' ', tag(words(rule.dimension)), ' ', state && stateTag(state), ' ', finding.waiver && tag('Waived')),
    h('div.govuk-grid-row', {}, h('div.govuk-grid-column-two-thirds', {},
      h('p.govuk-body-l', {}, visible(finding.message)),
      waived(finding),
      summaryList([
        ...evidence(finding),
        ...acting(finding),
        ['Child', [link(caseAddress(finding.case), caseName(finding.case)), others ? `, ${count(others, 'other finding')}` : ', no other findings']],
        ...(finding.first_seen ? [['First seen', shown(finding.first_seen)] as [string, Child]] : []),
        ...(finding.open_since && finding.open_since !== finding.first_seen ? [['Open since', shown(finding.open_since)] as [string, Child]] : []),
      ]),
      rule.remedy && [h('h2.govuk-heading-m', {}, 'What to do'), h('p.govuk-body', {}, visible(rule.remedy))],
      escalations(proposed),
      h('h2.govuk-heading-m', {}, 'The records'),
      finding.records.length ? finding.records.map(recordCard) : h('p.govuk-body', {}, 'The rule names no single record.'),
      finding.more_records ? h('p.govuk-body', {}, 'There are more records: a finding lists no more than these.') : '')),
    h('h2.govuk-heading-m', {}, 'The child’s timeline'),
    timeline(rows, (row) => finding.records.some((record) => samePlace(record, row))),
    h('div.govuk-grid-row', {}, h('div.govuk-grid-column-two-thirds', {},
      ruleSection(rule),
      h('p.app-hint', {}, 'Finding ', h('code', {}, finding.id)))),
    neighbours(i, findings),
  );
}
