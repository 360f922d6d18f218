// Which findings are shown: read from the address, written back to it, applied to the columns.
import { head, named, names, type Findings } from './data';
import { severities } from './words';

export type Grouping = 'none' | 'case' | 'rule';

export interface Filter {
  severity: string[]; // empty: all
  dimension: string;
  module: string;
  rule: string; // pack/rule
  team: string;
  worker: string;
  who: string;
  state: string;
  text: string;
  group: Grouping;
}

const single = ['dimension', 'module', 'rule', 'team', 'worker', 'who', 'state', 'text'] as const;

export function readFilter(params: URLSearchParams): Filter {
  const group = params.get('group');
  const filter: Filter = {
    severity: (params.get('severity') ?? '').split(',').filter((word) => (severities as readonly string[]).includes(word)),
    dimension: '', module: '', rule: '', team: '', worker: '', who: '', state: '', text: '',
    group: group === 'case' || group === 'rule' ? group : 'none',
  };
  for (const key of single) filter[key] = params.get(key) ?? '';
  return filter;
}

// As the part of the address after #/findings.
export function writeFilter(filter: Partial<Filter>): string {
  const params = new URLSearchParams();
  if (filter.severity?.length) params.set('severity', filter.severity.join(','));
  for (const key of single) if (filter[key]) params.set(key, filter[key]!);
  if (filter.group && filter.group !== 'none') params.set('group', filter.group);
  const text = params.toString();
  return text ? `?${text}` : '';
}

// For each word the rules, teams, workers and children whose name has it; messages are looked through.
function matcher(findings: Findings, text: string): (i: number) => boolean {
  const { columns } = findings;
  const has = (list: string[], word: string) => Uint8Array.from(list, (one) => +one.toLowerCase().includes(word));
  const messages = findings.searchable;
  const tests = text.toLowerCase().split(/\s+/).filter(Boolean).map((word) => {
    const rules = has(head.rules.map((rule) => `${rule.rule} ${rule.title} ${(rule.tags ?? []).join(' ')}`), word);
    const people = named.map((one) => [columns[one], has(columns[names[one]], word)] as const);
    const cases = has(columns.cases, word);
    return (i: number) => rules[columns.rule[i]] === 1 || cases[columns.case[i]] === 1 ||
      people.some(([column, matching]) => matching[column[i]] === 1) || messages[i].includes(word);
  });
  return (i) => tests.every((test) => test(i));
}

// `chosen` in heaps by `key`, a number below `keys`; within a heap as before.
function heaps(chosen: number[], keys: number, key: (i: number) => number): number[][] {
  const result: number[][] = Array.from({ length: keys }, () => []);
  for (const i of chosen) result[key(i)].push(i);
  return result;
}

// The worst first, then as in the document: by child, then by rule. Grouped: by child or rule first. No sorting
// by comparison: there may be a hundred thousand.
function ordered(findings: Findings, chosen: number[], group: Grouping): number[] {
  const { columns } = findings;
  const rank = head.rules.map((rule) => Math.max(0, severities.indexOf(rule.severity)));
  const worst = heaps(chosen, severities.length, (i) => rank[columns.rule[i]]).flat();
  if (group === 'case') return heaps(worst, columns.cases.length, (i) => columns.case[i]).flat();
  if (group === 'none') return worst;
  const byRule = heaps(chosen, head.rules.length, (i) => columns.rule[i]);
  return heaps(head.rules.map((_, rule) => rule), severities.length, (rule) => rank[rule]).flat().flatMap((rule) => byRule[rule]);
}

export function applyFilter(findings: Findings, filter: Filter): number[] {
  const { columns } = findings;
  const rules = Uint8Array.from(head.rules, (rule) => +(
    (!filter.severity.length || filter.severity.includes(rule.severity)) &&
    (!filter.dimension || filter.dimension === rule.dimension) &&
    (!filter.module || filter.module === rule.module) &&
    (!filter.rule || filter.rule === `${rule.pack}/${rule.rule}`)));
  const people = named.filter((one) => filter[one]).map((one) => [columns[one], columns[names[one]].indexOf(filter[one])] as const);
  if (people.some(([, number]) => number < 0)) return [];
  const matches = filter.text.trim() ? matcher(findings, filter.text) : null;
  const chosen: number[] = [];
  for (let i = 0; i < findings.count; i++) {
    if (!rules[columns.rule[i]]) continue;
    if (people.some(([column, number]) => column[i] !== number)) continue;
    if (filter.state && !inState(findings, i, filter.state)) continue;
    if (matches && !matches(i)) continue;
    chosen.push(i);
  }
  return ordered(findings, chosen, filter.group);
}

function inState(findings: Findings, i: number, state: string): boolean {
  if (state === 'waived') return findings.waived[i] === 1;
  if (state === 'not waived') return findings.waived[i] === 0;
  return findings.state(i) === state;
}
