// The findings: a filter, and a list of any length.
import { head, listed, names, type Findings, type Named } from '../data';
import { fragment, h, type Child } from '../dom';
import { applyFilter, writeFilter, type Filter, type Grouping } from '../filter';
import { LongList } from '../list';
import { inWords, paper } from '../paper';
import { caseAddress, caseName, link, severityTag, stateTag, tag } from '../parts';
import type { Rule } from '../types';
import { count, date, number, severities, visible, words } from '../words';

// A finding, or the head of a group of them.
type Item = number | { head: number; size: number };

let shownList: LongList | null = null;
let shownItems: Item[] = [];

// The finding opened last, to come back to its place in the list.
export const remembered = { finding: -1 };
// The findings as filtered last, for "next" on the page of a finding.
export const sequence: { address: string; numbers: number[] } = { address: 'findings', numbers: [] };

function grouped(numbers: number[], keys: number[], grouping: Grouping): Item[] {
  if (grouping === 'none') return numbers;
  const items: Item[] = [];
  for (let begin = 0; begin < numbers.length;) {
    let end = begin;
    while (end < numbers.length && keys[numbers[end]] === keys[numbers[begin]]) end++;
    items.push({ head: numbers[begin], size: end - begin }, ...numbers.slice(begin, end));
    begin = end;
  }
  return items;
}

function headEntry(findings: Findings, item: { head: number; size: number }, grouping: Grouping): HTMLElement {
  const rule = findings.rule(item.head), key = findings.caseKey(item.head);
  return h('div.app-group', {}, h('h2.govuk-heading-s.app-group__name', {},
    grouping === 'case' ? link(caseAddress(key), caseName(key)) : [visible(rule.title), ' ', severityTag(rule.severity)],
    h('span.app-group__count', {}, ` ${count(item.size, 'finding')}`)));
}

function entry(findings: Findings, i: number, grouping: Grouping): HTMLElement {
  const rule = findings.rule(i), key = findings.caseKey(i), who = findings.actors(i).map(visible).join(' · '), state = findings.state(i);
  const title = grouping === 'rule' ? caseName(key) : visible(rule.title);
  const other = grouping === 'rule' ? visible(rule.title) : caseName(key);
  return h('div.app-finding', {},
    h('h3.app-finding__title', {},
      link(`finding/${findings.id(i)}`, title, h('span.govuk-visually-hidden', {}, `, ${other}`)), ' ',
      grouping !== 'rule' && severityTag(rule.severity), ' ',
      findings.waived[i] === 1 && tag('Waived', 'govuk-tag--grey'), ' ',
      state && stateTag(state)),
    h('p.app-finding__message', {}, visible(findings.columns.message[i])),
    h('p.app-hint', {}, grouping === 'none' && [link(caseAddress(key), caseName(key)), who ? ' · ' : ''], who));
}

function options(values: Map<string, [string, number]>, chosen: string, all: string): HTMLElement[] {
  return [h('option', { value: '' }, all), ...[...values].map(([value, [name, found]]) =>
    h('option', { value, selected: value === chosen }, `${name} (${number(found)})`)),
  ...(chosen && !values.has(chosen) ? [h('option', { value: chosen, selected: true }, visible(chosen))] : [])];
}

function tally(list: [string, string, number][]): Map<string, [string, number]> {
  const result = new Map<string, [string, number]>();
  for (const [value, name, found] of list) if (value && found) result.set(value, [name, (result.get(value)?.[1] ?? 0) + found]);
  return new Map([...result].sort((a, b) => a[1][0].localeCompare(b[1][0], 'en-GB')));
}

function ruleTally(value: (rule: Rule) => string, name: (rule: Rule) => string): Map<string, [string, number]> {
  return tally(head.rules.map((rule) => [value(rule), name(rule), listed(rule)]));
}

function peopleTally({ columns }: Findings, named: Named): Map<string, [string, number]> {
  const people = columns[names[named]];
  const counts = new Array<number>(people.length).fill(0);
  for (const number of columns[named]) if (number >= 0) counts[number]++;
  return tally(people.map((person, i) => [person, visible(person), counts[i]]));
}

// Those to act who are neither a team nor a worker; all where no finding names these.
function othersTally(findings: Findings): Map<string, [string, number]> {
  const { teams, workers } = findings.columns;
  const known = new Set([...teams, ...workers]);
  return new Map([...peopleTally(findings, 'who')].filter(([person]) => !known.has(person)));
}

function statesTally(findings: Findings): Map<string, [string, number]> {
  const counts = new Array<number>(findings.columns.states.length).fill(0);
  for (const state of findings.columns.state) if (state >= 0) counts[state]++;
  const list: [string, string, number][] = findings.columns.states.map((state, i) => [state, words(visible(state)), counts[i]]);
  const waived = findings.columns.waived.length;
  if (waived) list.push(['waived', 'Waived', waived], ['not waived', 'Not waived', findings.count - waived]);
  return tally(list);
}

export class FindingsView {
  readonly content: DocumentFragment;
  private readonly status = h('p.govuk-body.app-results__count', { role: 'status' });
  private readonly place = h('div.app-print-hide');
  private readonly paper = h('div.app-print-only');
  private readonly form: HTMLElement;
  private waiting = 0;

  constructor(private readonly findings: Findings, private filter: Filter) {
    this.form = this.makeForm();
    this.content = fragment(
      h('h1.govuk-heading-l', { tabindex: '-1' }, 'Findings'),
      h('div.app-columns', {},
        h('div.app-columns__side.app-print-hide', {}, this.form),
        h('div.app-columns__main', {}, this.groupChoice(), this.status, this.paper, this.place)));
    this.show();
  }

  // To where the reader left; says whether there was such a place.
  restore(): boolean {
    const position = shownItems.indexOf(remembered.finding);
    if (position < 0) return false;
    shownList?.focus(position);
    return true;
  }

  // All of the filter, for paper, and what the filter is.
  print(): void {
    const { findings, filter } = this, { numbers } = sequence;
    const key = filter.group === 'rule' ? findings.columns.rule : findings.columns.case;
    const headed = (at: number): Child => {
      if (filter.group === 'none' || (at > 0 && key[numbers[at]] === key[numbers[at - 1]])) return null;
      return filter.group === 'rule' ? visible(findings.rule(numbers[at]).title) : caseName(findings.caseKey(numbers[at]));
    };
    const chosen = inWords(filter);
    this.paper.replaceChildren(h('p.govuk-body', {}, chosen ? `Filter: ${chosen}. ` : 'All findings. ', `As at ${date(head.run.as_at)}.`), paper(findings, numbers, headed));
  }

  printed(): void {
    this.paper.replaceChildren();
  }

  dispose(): void {
    shownList?.dispose();
    shownList = null;
    cancelAnimationFrame(this.waiting);
  }

  private show(): void {
    performance.mark('filter-begin');
    const { findings, filter } = this;
    const numbers = applyFilter(findings, filter);
    const keys = filter.group === 'rule' ? findings.columns.rule : findings.columns.case;
    const items = grouped(numbers, keys, filter.group);
    sequence.address = `findings${writeFilter(filter)}`;
    sequence.numbers = numbers;
    shownList?.dispose();
    shownItems = items;
    shownList = new LongList('Findings', {
      count: items.length, height: 118,
      render: (position) => {
        const item = items[position];
        return typeof item === 'number' ? entry(findings, item, filter.group) : headEntry(findings, item, filter.group);
      },
    });
    const seen = new Uint8Array(findings.columns.cases.length);
    for (const i of numbers) seen[findings.columns.case[i]] = 1;
    const children = seen.reduce((sum, one) => sum + one, 0);
    this.status.textContent = numbers.length ? `${count(numbers.length, 'finding')} about ${count(children, 'child', 'children')}` : 'No findings match this filter.';
    this.place.replaceChildren(numbers.length ? shownList.element : '');
    performance.measure('filter', 'filter-begin');
  }

  private change(change: Partial<Filter>): void {
    Object.assign(this.filter, change);
    // Not a step of its own in the reader's history: "back" leads out of the list.
    history.replaceState(null, '', `#/findings${writeFilter(this.filter)}`);
    cancelAnimationFrame(this.waiting);
    this.waiting = requestAnimationFrame(() => this.show());
  }

  private groupChoice(): HTMLElement {
    const choices: [Grouping, string][] = [['none', 'No grouping'], ['case', 'By child'], ['rule', 'By rule']];
    return h('fieldset.govuk-fieldset.app-print-hide', {},
      h('legend.govuk-visually-hidden', {}, 'Group the findings'),
      h('div.govuk-radios.govuk-radios--inline.govuk-radios--small', {}, choices.map(([value, name]) => h('div.govuk-radios__item', {},
        h('input.govuk-radios__input', { type: 'radio', name: 'group', id: `group-${value}`, value, checked: this.filter.group === value, change: () => this.change({ group: value }) }),
        h('label.govuk-label.govuk-radios__label', { for: `group-${value}` }, name)))));
  }

  private makeForm(): HTMLElement {
    return h('form.app-filter', { 'aria-label': 'Filter', submit: (event) => event.preventDefault() },
      h('h2.govuk-heading-s', {}, 'Filter'),
      this.textField(),
      this.severityField(),
      this.selectField('dimension', 'Dimension', ruleTally((rule) => rule.dimension, (rule) => words(rule.dimension)), 'All dimensions'),
      this.selectField('module', 'Module', ruleTally((rule) => rule.module ?? '', (rule) => words(visible(rule.module ?? ''))), 'All modules'),
      this.selectField('rule', 'Rule', ruleTally((rule) => `${rule.pack}/${rule.rule}`, (rule) => visible(rule.title)), 'All rules'),
      this.selectField('team', 'Team', peopleTally(this.findings, 'team'), 'All teams'),
      this.selectField('worker', 'Worker', peopleTally(this.findings, 'worker'), 'All workers'),
      this.selectField('who', this.findings.columns.teams.length ? 'Others who are to act' : 'Who is to act', othersTally(this.findings), 'All'),
      this.selectField('state', 'State', statesTally(this.findings), 'All states'),
      h('p.govuk-body-s', {}, h('a.govuk-link', { href: '#/findings' }, 'Clear the filter')),
      h('p.app-hint', {}, 'The address of this page holds the filter: send it on, and whoever has this file sees the same.'));
  }

  private textField(): HTMLElement {
    return h('div.govuk-form-group', {},
      h('label.govuk-label', { for: 'filter-text' }, 'Text'),
      h('input.govuk-input', { id: 'filter-text', type: 'search', value: this.filter.text, autocomplete: 'off', spellcheck: 'false', 'aria-describedby': 'filter-text-hint', input: (event) => this.change({ text: (event.target as HTMLInputElement).value }) }),
      h('div.app-hint', { id: 'filter-text-hint' }, 'Words of the message, rule, child, team, worker'));
  }

  private severityField(): HTMLElement {
    const counts = ruleTally((rule) => rule.severity, (rule) => words(rule.severity));
    return h('fieldset.govuk-fieldset.govuk-form-group', {},
      h('legend.govuk-fieldset__legend', {}, 'Severity'),
      h('div.govuk-checkboxes.govuk-checkboxes--small', {}, severities.filter((severity) => counts.has(severity) || this.filter.severity.includes(severity)).map((severity) => h('div.govuk-checkboxes__item', {},
        h('input.govuk-checkboxes__input', {
          type: 'checkbox', id: `severity-${severity}`, value: severity, checked: this.filter.severity.includes(severity),
          change: (event) => {
            const on = (event.target as HTMLInputElement).checked;
            this.change({ severity: severities.filter((one) => (one === severity ? on : this.filter.severity.includes(one))) });
          },
        }),
        h('label.govuk-label.govuk-checkboxes__label', { for: `severity-${severity}` }, `${words(severity)} (${number(counts.get(severity)?.[1] ?? 0)})`)))));
  }

  private selectField(key: 'dimension' | 'module' | 'rule' | Named | 'state', name: string, values: Map<string, [string, number]>, all: string): Child {
    if (!values.size && !this.filter[key]) return null;
    return h('div.govuk-form-group', {},
      h('label.govuk-label', { for: `filter-${key}` }, name),
      h('select.govuk-select.app-select', { id: `filter-${key}`, change: (event) => this.change({ [key]: (event.target as HTMLSelectElement).value }) },
        options(values, this.filter[key], all)));
  }
}
