// Every rule with what became of it: the table of the assurance statement. Sorted and narrowed in place.
import { head, listed } from '../data';
import { h, type Child } from '../dom';
import { findingsAddress, link, ruleFilter, severityTag, tag } from '../parts';
import type { Rule } from '../types';
import { count, number, percent, severities, visible, words } from '../words';

interface Heading {
  name: string;
  number?: boolean;
  order: (a: Rule, b: Rule) => number;
  cell: (rule: Rule) => Child;
}

const statuses: Record<Rule['status'], Child[]> = { ran: ['Ran'], skipped: ['Skipped'], failed: ['Failed'] };

function outcome(rule: Rule): Child {
  if (rule.status === 'ran') return statuses.ran;
  return tag(words(rule.status), rule.status === 'failed' ? 'govuk-tag--red' : 'govuk-tag--grey');
}

const byNumber = (value: (rule: Rule) => number) => (a: Rule, b: Rule) => value(b) - value(a);
const headings: Heading[] = [
  {
    name: 'Rule', order: (a, b) => a.title.localeCompare(b.title, 'en-GB'),
    cell: (rule) => [listed(rule) ? link(findingsAddress(ruleFilter(rule)), visible(rule.title)) : visible(rule.title),
      h('div.app-hint', {}, visible(rule.rule), rule.reason ? `: ${visible(rule.reason)}` : '')],
  },
  { name: 'Severity', order: (a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity), cell: (rule) => severityTag(rule.severity) },
  { name: 'Outcome', order: (a, b) => b.status.localeCompare(a.status), cell: outcome },
  { name: 'Population', number: true, order: byNumber((rule) => rule.population), cell: (rule) => number(rule.population) },
  { name: 'Passed', number: true, order: byNumber((rule) => rule.passed), cell: (rule) => number(rule.passed) },
  { name: 'Not passed', number: true, order: byNumber((rule) => rule.failed), cell: (rule) => number(rule.failed) },
  { name: 'Undecided', number: true, order: byNumber((rule) => rule.undecided), cell: (rule) => number(rule.undecided) },
  { name: 'Passed, %', number: true, order: byNumber((rule) => (rule.population ? -rule.passed / rule.population : -2)), cell: (rule) => (rule.population ? percent(rule.passed / rule.population) : '–') },
];

const choices: [string, string, (rule: Rule) => boolean][] = [
  ['all', 'All', () => true],
  ['found', 'With findings', (rule) => rule.failed > 0],
  ['undecided', 'With undecided records', (rule) => rule.undecided > 0],
  ['not-run', 'Skipped or failed', (rule) => rule.status !== 'ran'],
];

export function ruleTable(): HTMLElement {
  let sorted = 5, backwards = false, chosen = 0;
  const status = h('p.govuk-body-s', { role: 'status' });
  const body = h('tbody.govuk-table__body');
  const buttons = headings.map((heading, i) => h('button.app-sort', { type: 'button', click: () => sortBy(i) }, heading.name));
  const cells = headings.map((heading, i) => h(`th.govuk-table__header${heading.number ? '.govuk-table__header--numeric' : ''}`, { scope: 'col' }, buttons[i]));

  const fill = () => {
    const rules = head.rules.filter(choices[chosen][2]);
    rules.sort((a, b) => (backwards ? -1 : 1) * headings[sorted].order(a, b));
    body.replaceChildren(...rules.map((rule) => h('tr.govuk-table__row', {}, headings.map((heading, i) =>
      h(`${i ? 'td.govuk-table__cell' : 'th.govuk-table__header.app-table__name'}${heading.number ? '.govuk-table__cell--numeric' : ''}`, i ? {} : { scope: 'row' }, heading.cell(rule))))));
    cells.forEach((cell, i) => cell.setAttribute('aria-sort', i !== sorted ? 'none' : backwards === !!headings[i].number ? 'ascending' : 'descending'));
    status.textContent = count(rules.length, 'rule');
  };
  const sortBy = (column: number) => {
    backwards = column === sorted && !backwards;
    sorted = column;
    fill();
  };
  fill();
  return h('div', {},
    h('fieldset.govuk-fieldset.app-print-hide', {},
      h('legend.govuk-fieldset__legend.govuk-fieldset__legend--s', {}, 'Rules to show'),
      h('div.govuk-radios.govuk-radios--inline.govuk-radios--small', {}, choices.map(([value, name], i) => h('div.govuk-radios__item', {},
        h('input.govuk-radios__input', { type: 'radio', name: 'rules', id: `rules-${value}`, value, checked: i === chosen, change: () => { chosen = i; fill(); } }),
        h('label.govuk-label.govuk-radios__label', { for: `rules-${value}` }, name))))),
    status,
    h('div.app-scroll', { tabindex: '0', role: 'region', 'aria-label': 'Rules and their outcome' },
      h('table.govuk-table.app-table.app-rules', {},
        h('caption.govuk-visually-hidden', {}, 'Rules and their outcome. The buttons in the heading sort.'),
        h('thead.govuk-table__head', {}, h('tr.govuk-table__row', {}, cells)), body)));
}
