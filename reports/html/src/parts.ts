// Pieces that several views are made of.
import { h, type Attributes, type Child } from './dom';
import { writeFilter, type Filter } from './filter';
import type { Escalation, Place, Rule, Severity, TimelineRow } from './types';
import { lanes } from './charts';
import { head } from './data';
import { count, date, number, shown, visible, words } from './words';

const colours: Record<Severity, string> = { critical: 'app-tag--critical', high: 'govuk-tag--red', medium: 'govuk-tag--orange', low: 'govuk-tag--yellow', info: 'govuk-tag--grey' };

export function link(address: string, ...content: Child[]): HTMLElement {
  return h('a.govuk-link', { href: `#/${address}` }, ...content);
}
export function findingsAddress(filter: Partial<Filter>): string {
  return `findings${writeFilter(filter)}`;
}
export function ruleFilter(rule: Rule): Partial<Filter> {
  return { rule: `${rule.pack}/${rule.rule}` };
}
export function caseAddress(key: string): string {
  return `child/${encodeURIComponent(key)}`;
}

export function tag(text: string, colour = 'govuk-tag--grey'): HTMLElement {
  return h(`strong.govuk-tag.${colour}`, {}, text);
}
export function severityTag(severity: Severity): HTMLElement {
  return tag(words(severity), colours[severity] ?? 'govuk-tag--grey');
}
export function stateTag(state: string): HTMLElement {
  return tag(words(state), { new: 'govuk-tag--purple', reopened: 'govuk-tag--purple', resolved: 'govuk-tag--green' }[state] ?? 'govuk-tag--blue');
}

// A child as named in the extract; "?file:line" is a record that belongs to none.
export function caseName(key: string): string {
  return key.startsWith('?') ? `Record without a child, ${visible(key.slice(1))}` : `Child ${visible(key)}`;
}

export function summaryList(rows: [string, Child][], attributes: Attributes = {}): HTMLElement {
  return h('dl.govuk-summary-list', attributes, rows.map(([name, value]) =>
    h('div.govuk-summary-list__row', {},
      h('dt.govuk-summary-list__key', {}, name),
      h('dd.govuk-summary-list__value', {}, value))));
}

export interface Column {
  name: string;
  number?: boolean;
}

// A table that scrolls sideways by itself where it does not fit, with the keyboard too.
export function table(caption: string, columns: Column[], rows: Child[][], captionSize = 's'): HTMLElement {
  return h('div.app-scroll', { tabindex: '0', role: 'region', 'aria-label': caption },
    h('table.govuk-table.app-table', {},
      h(`caption.govuk-table__caption.govuk-table__caption--${captionSize}`, {}, caption),
      h('thead.govuk-table__head', {}, h('tr.govuk-table__row', {}, columns.map((column) =>
        h(`th.govuk-table__header${column.number ? '.govuk-table__header--numeric' : ''}`, { scope: 'col' }, column.name)))),
      h('tbody.govuk-table__body', {}, rows.map((cells) => h('tr.govuk-table__row', {}, cells.map((cell, i) =>
        i === 0
          ? h('th.govuk-table__header.app-table__name', { scope: 'row' }, cell)
          : h(`td.govuk-table__cell${columns[i].number ? '.govuk-table__cell--numeric' : ''}`, {}, cell)))))));
}

export function details(summary: string, ...content: Child[]): HTMLElement {
  return h('details.govuk-details', {},
    h('summary.govuk-details__summary', {}, h('span.govuk-details__summary-text', {}, summary)),
    h('div.govuk-details__text', {}, ...content));
}

export function place(record: Place): string {
  const prior = record.extract === 'prior' ? ' (prior extract)' : '';
  return `${visible(record.file)}, line ${number(record.line)}${prior}`;
}

export function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.line === b.line && a.extract === b.extract && a.table === b.table;
}

function entry(row: TimelineRow, concerned: boolean): Child[] {
  const fields = Object.entries(row.fields ?? {}).filter(([, value]) => value !== '');
  return [
    row.open ? `${date(row.date)}, not ended` : row.end && row.end !== row.date ? `${date(row.date)} to ${date(row.end)}` : date(row.date),
    [visible(row.kind), concerned && [' ', tag('Concerned', 'govuk-tag--red')],
      fields.length > 0 && h('div.app-hint', {}, fields.map(([name, value]) => `${words(name)}: ${shown(value)}`).join(' · '))],
    place(row),
  ];
}

// The dated records of a child as a picture and as a list, those concerned marked in both.
export function timeline(rows: TimelineRow[], concerned: (row: TimelineRow) => boolean): Child {
  if (!rows.length) {
    return h('p.govuk-body', {}, 'This audit was made without timelines. ',
      'Run it again with --timeline, or with an html report, to see the child’s records in order of time here.');
  }
  const marked = rows.filter(concerned);
  const columns = [{ name: 'Date' }, { name: 'Record' }, { name: 'Where' }];
  return [
    lanes(rows, concerned, head.run.as_at),
    h('p.app-hint', {}, marked.length ? 'Ringed: the records that the findings are about. ' : '',
      `Dotted line: ${date(head.run.as_at)}, the day this audit speaks of.`),
    marked.length > 0 && table('Records that the findings are about', columns, marked.map((row) => entry(row, true))),
    details(`All ${count(rows.length, 'dated record')}`, table('All dated records, oldest first', columns, rows.map((row) => entry(row, concerned(row))))),
  ];
}

export function escalations(list: Escalation[]): Child {
  return list.map((one) => h('div.govuk-inset-text', {},
    h('p.govuk-body', {}, h('strong', {}, 'Would start a dispute. '),
      `By the dispute protocol of ${visible(one.pack)}, stage ${one.stage} goes to: ${visible(one.addressee)}.`),
    h('ul.govuk-list.govuk-list--bullet', {}, one.issues.map((issue) =>
      h('li', {}, link(`finding/${issue.finding}`, visible(titleOf(one.pack, issue.rule))), `, category ${words(visible(issue.category)).toLowerCase()}`)))));
}

export function titleOf(pack: string, rule: string): string {
  return head.rules.find((one) => one.pack === pack && one.rule === rule)?.title ?? rule;
}
