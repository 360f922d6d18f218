// The findings of a filter on paper: a table of all of them, made when printing begins and taken away after it.
// On screen a list holds only what is near; paper has no "near".
import { head, type Findings } from './data';
import { h, type Child } from './dom';
import type { Filter } from './filter';
import { caseName } from './parts';
import { visible, words } from './words';

// A table of so many rows is laid out in one piece; a browser takes long over one of a hundred thousand.
const rowsPerTable = 500;

// What a reader of the paper cannot see in the address.
export function inWords(filter: Filter): string {
  const rule = head.rules.find((one) => `${one.pack}/${one.rule}` === filter.rule);
  const parts: [string, string][] = [
    ['severity', filter.severity.map((one) => words(one)).join(' or ')], ['dimension', words(filter.dimension)],
    ['module', words(filter.module)], ['rule', rule?.title ?? filter.rule], ['team', filter.team], ['worker', filter.worker],
    ['who is to act', filter.who], ['state', words(filter.state)], ['with the words', filter.text.trim()],
  ];
  return parts.filter(([, value]) => value).map(([name, value]) => `${name} ${visible(value)}`).join('; ');
}

function row(findings: Findings, i: number): HTMLElement {
  const rule = findings.rule(i), state = findings.state(i);
  const marks = [findings.waived[i] === 1 && 'waived', state].filter(Boolean).join(', ');
  const cells: Child[] = [words(rule.severity), [visible(rule.title), marks && ` (${visible(marks)})`], visible(findings.columns.message[i]),
    caseName(findings.caseKey(i)).replace(/^Child /, ''), findings.actors(i).map(visible).join(' · ')];
  return h('tr', {}, cells.map((cell) => h('td', {}, cell)));
}

function heads(): HTMLElement {
  return h('thead', {}, h('tr', {}, ['Severity', 'Finding', 'What happened', 'Child', 'Who is to act'].map((name) => h('th', { scope: 'col' }, name))));
}

// `numbers` as they are shown; `headed(i)` is what a new group begins with, null within one.
export function paper(findings: Findings, numbers: number[], headed: (position: number) => Child): HTMLElement {
  const tables: HTMLElement[] = [];
  for (let begin = 0; begin < numbers.length; begin += rowsPerTable) {
    const rows: HTMLElement[] = [];
    for (let at = begin; at < Math.min(begin + rowsPerTable, numbers.length); at++) {
      const title = headed(at);
      if (title) rows.push(h('tr.app-paper__group', {}, h('th', { colspan: 5, scope: 'colgroup' }, title)));
      rows.push(row(findings, numbers[at]));
    }
    tables.push(h('table.app-paper__table', {}, heads(), h('tbody', {}, rows)));
  }
  return h('div.app-paper', {}, tables);
}
