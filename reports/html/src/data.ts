// The data in the page: the head is there at once; columns, details and timelines are unpacked when needed.
import type { Columns, Figure, Finding, Head, Rule, TimelineRow } from './types';

export const head: Head = JSON.parse(document.getElementById('head')!.textContent!);

// How many findings of a rule the document lists: all that failed, but for what a baseline held.
export function listed(rule: Rule): number {
  return rule.failed - (rule.known ?? 0);
}

// A count that was kept back stands as "c" in the document; here it is NaN, which every sum keeps.
function kept(figure: Figure): void {
  for (const key of ['population', 'met', 'undecided', 'rate', 'value'] as (keyof Figure)[])
    if ((figure[key] as unknown) === 'c') figure[key] = NaN;
}

for (const measure of head.measures)
  for (const group of measure.groups) {
    [group, ...(group.trend ?? [])].forEach(kept);
    group.previous = group.trend?.[group.trend.length - 1];
  }

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const binary = atob(base64);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

async function unpack<T>(id: string): Promise<T> {
  const text = document.getElementById(id)!.textContent!;
  const stream = new Blob([bytesOf(text)]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Response(stream).json();
}

function remembered<T>(load: (block: number) => Promise<T>): (block: number) => Promise<T> {
  const known = new Map<number, Promise<T>>();
  return (block) => {
    if (!known.has(block)) known.set(block, load(block));
    return known.get(block)!;
  };
}

const details = remembered((block) => unpack<Finding[]>(`details-${block}`));
const timelines = remembered((block) => unpack<Record<string, TimelineRow[]>>(`timelines-${block}`));

// The columns that name somebody, each with the column of its names.
export const names = { who: 'people', team: 'teams', worker: 'workers' } as const;
export type Named = keyof typeof names;
export const named = Object.keys(names) as Named[];

// The findings of the document, by number. Made once the page is all there.
export class Findings {
  readonly count: number;
  readonly waived: Uint8Array;
  readonly byCase: number[][];
  private readonly numbers = new Map<string, number>();
  private readonly caseNumbers = new Map<string, number>();
  readonly searchable: string[]; // messages in lower case

  constructor(readonly columns: Columns) {
    this.count = columns.rule.length;
    this.searchable = columns.message.map((message) => message.toLowerCase());
    this.waived = new Uint8Array(this.count);
    for (const i of columns.waived) this.waived[i] = 1;
    this.byCase = columns.cases.map(() => []);
    for (let i = 0; i < this.count; i++) {
      this.numbers.set(this.id(i), i);
      this.byCase[columns.case[i]].push(i);
    }
    columns.cases.forEach((key, i) => this.caseNumbers.set(key, i));
  }

  id(i: number): string {
    return this.columns.ids.substr(i * 32, 32);
  }
  rule(i: number): Rule {
    return head.rules[this.columns.rule[i]];
  }
  caseKey(i: number): string {
    return this.columns.cases[this.columns.case[i]];
  }
  // Who is to act, the team or the worker; '' where the rule does not say.
  name(i: number, named: Named): string {
    const number = this.columns[named][i] ?? -1;
    return number < 0 ? '' : this.columns[names[named]][number];
  }
  // Who is to act, with team and worker, each once.
  actors(i: number): string[] {
    return [...new Set(named.map((one) => this.name(i, one)).filter(Boolean))];
  }
  state(i: number): string {
    const state = this.columns.state.length ? this.columns.state[i] : -1;
    return state < 0 ? '' : this.columns.states[state];
  }
  // Numbers from what the address holds; undefined when there is no such finding or child.
  find(id: string): number | undefined {
    return this.numbers.get(id);
  }
  findCase(key: string): number | undefined {
    return this.caseNumbers.get(key);
  }
  async detail(i: number): Promise<Finding> {
    const size = this.columns.block;
    return (await details(Math.floor(i / size)))[i % size];
  }
  // In order of dates; empty when the audit was made without timelines.
  async timeline(caseNumber: number): Promise<TimelineRow[]> {
    const block = this.columns.timeline[caseNumber] ?? -1;
    if (block < 0) return [];
    return (await timelines(block))[this.columns.cases[caseNumber]] ?? [];
  }
}

let loading: Promise<Findings> | null = null;

export function findings(): Promise<Findings> {
  loading ??= whole().then(() => unpack<Columns>('columns')).then((columns) => new Findings(columns));
  return loading;
}

function whole(): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve();
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }));
}
