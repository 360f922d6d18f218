// What a measure's groups mean: which key is time, which period is the latest, what the figure of a group is.
import { head } from './data';
import type { Figure, Group, Measure } from './types';
import { decimal, number, percent, visible } from './words';

export type Period = 'month' | 'quarter' | 'year';

const forms: [Period, RegExp][] = [
  ['month', /^\d{4}-\d\d$/], ['quarter', /^\d{4}-Q[1-4]$/], ['year', /^\d{4}\/\d\d$/],
];

export function keysOf(measure: Measure): string[] {
  let keys: string[] = [];
  for (const group of measure.groups) if (Object.keys(group.by).length > keys.length) keys = Object.keys(group.by);
  return keys;
}

function isTime(value: string): boolean {
  return forms.some(([, form]) => form.test(value));
}

// A value that stands for no value: these are shown in tables and left out of charts over time.
export function isUnknown(value: string): boolean {
  return value === '(blank)' || value === '(unreadable)';
}

// Values in people's order: "under 1", "1 to 4", "10 to 15", and last what is no value.
export function inOrder(a: string, b: string): number {
  const below = (text: string) => Number(!/^(under|below|less)\b/i.test(text));
  return Number(isUnknown(a)) - Number(isUnknown(b)) || below(a) - below(b) || a.localeCompare(b, 'en-GB', { numeric: true });
}

// The key whose values are months, quarters or financial years; "" when there is none.
export function timeKey(measure: Measure): string {
  return keysOf(measure).find((key) => {
    const values = measure.groups.map((group) => group.by[key]).filter((value) => value !== undefined && !isUnknown(value));
    return values.length > 0 && values.every(isTime);
  }) ?? '';
}

// The first day of a period; quarters and years are the calendar's and the financial one.
export function beginning(period: string): Date {
  const year = Number(period.slice(0, 4));
  if (/-Q/.test(period)) return new Date(Date.UTC(year, (Number(period.slice(6)) - 1) * 3, 1));
  if (/\//.test(period)) return new Date(Date.UTC(year, 3, 1));
  return new Date(Date.UTC(year, Number(period.slice(5)) - 1, 1));
}

const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September',
  'October', 'November', 'December'];

// 2025-04 as April 2025; other values as they are.
export function named(value: string): string {
  if (/^\d{4}-\d\d$/.test(value)) return `${monthNames[Number(value.slice(5)) - 1] ?? value} ${value.slice(0, 4)}`;
  const quarter = /^(\d{4})-Q([1-4])$/.exec(value);
  if (quarter) return `Quarter ${quarter[2]} of ${quarter[1]}`;
  if (value === '(blank)') return 'Not recorded';
  if (value === '(unreadable)') return 'Cannot be read';
  return visible(value);
}

export function valueOf(measure: Measure, figure: Figure): number | null {
  const value = measure.kind === 'count' ? figure.population : measure.kind === 'average' ? figure.value : figure.rate;
  return value === undefined || Number.isNaN(value) ? null : value;
}

// Whether small counts were kept back of it.
export function keptBack(figure: Figure): boolean {
  return [figure.population, figure.met, figure.rate, figure.value].some((value) => Number.isNaN(value));
}

export function isShare(measure: Measure): boolean {
  return measure.kind === 'rate' || measure.kind === 'distribution';
}

export function shownFigure(measure: Measure, figure: Figure): string {
  const value = valueOf(measure, figure);
  if (value === null) return keptBack(figure) ? 'c' : 'nothing to judge';
  if (measure.kind === 'count') return number(value);
  return isShare(measure) ? percent(value) : decimal(value);
}

// What a figure is of: never a rate without its denominator.
export function denominator(measure: Measure, group: Group): string {
  const undecided = group.undecided ? `; ${number(group.undecided)} undecided` : '';
  if (measure.kind === 'rate')
    return `${number(group.met ?? 0)} of ${number(group.population - group.undecided)} ${visible(measure.unit)}${undecided}`;
  if (measure.kind === 'average') return `over ${number(group.population - group.undecided)}${undecided}`;
  return measure.kind === 'count' ? `${visible(measure.unit)}${undecided}` : `${number(group.population)} ${visible(measure.unit)}${undecided}`;
}

// Groups of a period no later than the as-at date, with something in them, oldest first.
export function overTime(measure: Measure): Group[] {
  const key = timeKey(measure);
  const end = new Date(`${head.run.as_at}T00:00:00Z`);
  return measure.groups
    .filter((group) => group.by[key] !== undefined && !isUnknown(group.by[key]) && beginning(group.by[key]) <= end)
    .sort((a, b) => +beginning(a.by[key]) - +beginning(b.by[key]));
}

// The one group that speaks for the measure: of the latest period, or the only one. None where it has
// categories that no single figure stands for.
export function headline(measure: Measure): Group | null {
  const keys = keysOf(measure);
  if (!keys.length) return measure.groups[0] ?? null;
  const total = measure.groups.find((group) => Object.keys(group.by).length === 0);
  if (total && measure.kind !== 'distribution') return total;
  if (keys.length === 1 && timeKey(measure)) return overTime(measure).filter((group) => valueOf(measure, group) !== null).pop() ?? null;
  return null;
}

export function changed(measure: Measure, group: Group): string {
  if (!group.previous) return '';
  const now = valueOf(measure, group);
  const before = valueOf(measure, group.previous);
  if (now === null || before === null) return '';
  const difference = now - before;
  if (Math.abs(difference) < 1e-9) return 'no change';
  const sign = difference > 0 ? '+' : '−';
  const size = Math.abs(difference);
  if (isShare(measure)) return `${sign}${decimal(size * 100)} points`;
  return `${sign}${measure.kind === 'count' ? number(size) : decimal(size)}`;
}

export function hasPrevious(measure: Measure): boolean {
  return measure.groups.some((group) => group.previous);
}

