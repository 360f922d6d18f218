// Charts by Observable Plot. Each is drawn as wide as its place and again when that changes; each has a text
// for those who do not see it, and stands beside a table with the same figures.
import * as Plot from '@observablehq/plot';
import { listed } from './data';
import { h, svg } from './dom';
import { beginning, inOrder, isShare, named, overTime, timeKey, valueOf } from './measures';
import type { Group, Measure, Rule, TimelineRow } from './types';
import { number, percent, decimal, shortDate, visible } from './words';

const ink = '#0b0c0c', blue = '#1d70b8', pale = '#8eb8dc', accent = '#d4351c', grey = '#484949', line = '#cecece';
const fontSize = 14, lineHeight = 17, fontFamily = '"Helvetica Neue", Arial, "Liberation Sans", sans-serif';
const style = { fontSize: `${fontSize}px`, fontFamily, color: ink, background: 'none', overflow: 'visible' };

type Draw = (width: number) => Element;

// `summary` says in words what the chart shows.
// `wide`: it may be wider than its place, and is then scrolled, with the keyboard too.
export function chart(summary: string, draw: Draw, wide = false): HTMLElement {
  const place = h(`div.app-chart${wide ? '.app-chart--wide' : ''}`, { role: 'img', 'aria-label': summary, tabindex: wide ? '0' : null });
  let drawn = 0;
  const redraw = () => {
    const width = Math.floor(place.clientWidth);
    if (!width || width === drawn) return;
    drawn = width;
    const picture = draw(width);
    picture.setAttribute('aria-hidden', 'true');
    place.replaceChildren(picture);
  };
  new ResizeObserver(redraw).observe(place);
  return place;
}

export interface Bar {
  label: string;
  value: number;
  text: string;
  before?: number | null; // of the previous run
}

// A bar below each label, which takes as many lines as it needs: long names and narrow screens need no margin.
export function bars(summary: string, data: Bar[], most?: number): HTMLElement {
  const end = most ?? Math.max(1e-9, ...data.map((bar) => Math.max(bar.value, bar.before ?? 0)));
  return chart(summary, (width) => {
    let height = 4;
    const placed = data.map((bar) => {
      const lines = wrap(bar.label, width - widthOf(bar.text, true) - 16), top = height;
      const begin = top + lines.length * lineHeight + 4;
      height = begin + 22;
      return { ...bar, label: lines.join('\n'), top, begin, finish: begin + 14 };
    });
    const compared = placed.filter((bar) => bar.before !== undefined && bar.before !== null);
    return Plot.plot({
      width, height, marginLeft: 1, marginRight: 1, marginTop: 0, marginBottom: 0, style,
      x: { domain: [0, end], axis: null },
      y: { domain: [0, height], range: [0, height], axis: null },
      marks: [
        Plot.rect(placed, { y1: 'begin', y2: 'finish', x1: 0, x2: () => end, fill: '#f3f3f3' }),
        Plot.rect(placed, { y1: 'begin', y2: 'finish', x1: 0, x2: 'value', fill: blue }),
        Plot.ruleX(compared, { x: 'before', y1: (bar) => bar.begin - 4, y2: (bar) => bar.finish + 4, stroke: accent, strokeWidth: 3 }),
        Plot.text(placed, { y: 'top', x: 0, text: 'label', lineAnchor: 'top', lineHeight: lineHeight / fontSize, textAnchor: 'start', fill: ink }),
        Plot.text(placed, { y: 'top', frameAnchor: 'right', text: 'text', lineAnchor: 'top', textAnchor: 'end', fill: ink, fontWeight: 700 }),
      ],
    });
  });
}

let measuring: CanvasRenderingContext2D | null = null;

// In pixels.
function widthOf(text: string, bold = false): number {
  measuring ??= document.createElement('canvas').getContext('2d');
  if (!measuring) return text.length * fontSize * 0.6;
  measuring.font = `${bold ? 'bold ' : ''}${fontSize}px ${fontFamily}`;
  return measuring.measureText(text).width;
}

// Lines of at most that many pixels, broken at spaces and hyphens; within a word only where it is wider alone. All of the text, as a name
// that is cut may be that of another.
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/[^\s-]*[\s-]*/g) ?? []) {
    if (widthOf((line + piece).trimEnd()) > width && line) {
      lines.push(line.trimEnd());
      line = '';
    }
    line += piece;
    while (widthOf(line.trimEnd()) > width && line.length > 1) {
      let fits = 1;
      while (fits + 1 < line.length && widthOf(line.slice(0, fits + 1)) <= width) fits++;
      lines.push(line.slice(0, fits));
      line = line.slice(fits);
    }
  }
  if (line.trim() || !lines.length) lines.push(line.trimEnd());
  return lines;
}

function axisText(measure: Measure): (value: number) => string {
  if (isShare(measure)) return (value) => `${Math.round(value * 100)}%`;
  return (value) => number(value);
}

// A line over months, quarters or years, with the previous run dotted beside it.
export function trend(measure: Measure): HTMLElement {
  const key = timeKey(measure);
  const groups = overTime(measure).filter((group) => valueOf(measure, group) !== null);
  const at = (group: Group) => beginning(group.by[key]);
  const before = groups.filter((group) => group.previous && valueOf(measure, group.previous) !== null);
  const values = groups.map((group) => valueOf(measure, group)!);
  const first = groups[0], last = groups[groups.length - 1];
  const summary = groups.length
    ? `Line chart: from ${show(measure, values[0])} in ${named(first.by[key])} to ${show(measure, values[values.length - 1])} in ${named(last.by[key])}; lowest ${show(measure, Math.min(...values))}, highest ${show(measure, Math.max(...values))}. The table has every figure.`
    : 'No figure in any period.';
  const share = isShare(measure);
  return chart(summary, (width) => Plot.plot({
    width, height: Math.min(320, Math.max(220, width * 0.45)), marginLeft: 52, marginRight: 16, marginTop: 20, marginBottom: 36, style,
    x: { type: 'utc', label: null, ticks: Math.max(2, Math.floor(width / 90)) },
    y: { domain: share ? [0, 1] : [0, Math.max(1, ...values, ...before.map((group) => valueOf(measure, group.previous!)!)) * 1.05], grid: true, label: null, tickFormat: axisText(measure), ticks: 5 },
    marks: [
      Plot.ruleY([0], { stroke: grey }),
      Plot.lineY(before, { x: at, y: (group: Group) => valueOf(measure, group.previous!), stroke: accent, strokeDasharray: '4 3', strokeWidth: 2 }),
      Plot.lineY(groups, { x: at, y: (group: Group) => valueOf(measure, group), stroke: blue, strokeWidth: 2.5 }),
      Plot.dot(groups, { x: at, y: (group: Group) => valueOf(measure, group), fill: blue, r: groups.length > 40 ? 2.5 : 4 }),
    ],
  }));
}

function show(measure: Measure, value: number): string {
  if (isShare(measure)) return percent(value);
  return measure.kind === 'count' ? number(value) : decimal(value);
}

// Two keys, neither of them time: a table of shades with the figures in it.
export function grid(measure: Measure, keys: string[]): HTMLElement {
  const [down, across] = keys;
  const cells = measure.groups.filter((group) => group.by[across] !== undefined && group.by[down] !== undefined);
  const columns = [...new Set(cells.map((group) => group.by[across]))].sort(inOrder);
  const rows = [...new Set(cells.map((group) => group.by[down]))].sort(inOrder);
  const value = (group: Group) => valueOf(measure, group) ?? 0;
  const most = Math.max(...cells.map(value));
  const summary = `Grid of ${rows.length} by ${columns.length}: the table has every figure.`;
  return chart(summary, (width) => {
    const longest = (list: string[]) => Math.max(...list.map((one) => widthOf(named(one))));
    const margin = Math.min(longest(rows), 160) + 12;
    const column = Math.max((width - margin) / columns.length, Math.min(longest(columns), 72) + 8);
    const heads = new Map(columns.map((one) => [one, wrap(named(one), column - 8)]));
    const names = new Map(rows.map((one) => [one, wrap(named(one), margin - 12)]));
    const tallest = (all: Map<string, string[]>) => Math.max(...[...all.values()].map((lines) => lines.length)) * lineHeight;
    const step = Math.max(36, tallest(names) + 10);
    return Plot.plot({
      width: Math.max(width, columns.length * column + margin), height: rows.length * step + tallest(heads) + 16, marginLeft: margin, marginTop: tallest(heads) + 12, marginRight: 1, marginBottom: 4, style,
      x: { domain: columns, axis: 'top', label: null, padding: 0.04, tickSize: 0, tickFormat: (one: string) => heads.get(one)!.join('\n') },
      y: { domain: rows, label: null, padding: 0.08, tickSize: 0, tickFormat: (one: string) => names.get(one)!.join('\n') },
      color: { type: 'linear', domain: [0, most], range: ['#eef5fb', blue] },
      marks: [
        Plot.cell(cells, { x: (group: Group) => group.by[across], y: (group: Group) => group.by[down], fill: value }),
        Plot.text(cells, { x: (group: Group) => group.by[across], y: (group: Group) => group.by[down], text: (group: Group) => show(measure, value(group)), fill: (group: Group) => (value(group) > most * 0.6 ? '#ffffff' : ink) }),
      ],
    });
  }, true);
}

// A few pixels of trend for a table; the table has the figures, so it says nothing of its own.
export function sparkline(values: number[], share: boolean): SVGElement {
  const width = 120, height = 28, most = share ? 1 : Math.max(1e-9, ...values);
  const x = (i: number) => (values.length === 1 ? width / 2 : 3 + (i * (width - 6)) / (values.length - 1));
  const y = (value: number) => height - 3 - (value / most) * (height - 6);
  const last = values.length - 1;
  return svg('svg', { width, height, viewBox: `0 0 ${width} ${height}`, 'aria-hidden': 'true', focusable: 'false', class: 'app-sparkline' },
    svg('polyline', { points: values.map((value, i) => `${x(i).toFixed(1)},${y(value).toFixed(1)}`).join(' '), fill: 'none', stroke: blue, 'stroke-width': 1.5 }),
    svg('circle', { cx: x(last), cy: y(values[last]), r: 3, fill: blue }));
}

// The life of a case: a lane for each kind of record, spans as bars, days as dots. What a finding is about is
// darker, and ringed, and named in the list below.
export function lanes(rows: TimelineRow[], concerned: (row: TimelineRow) => boolean, asAt: string): HTMLElement {
  const kinds = [...new Set(rows.map((row) => row.kind))];
  const day = (iso: string) => new Date(`${iso}T00:00:00Z`);
  const until = (row: TimelineRow) => (row.open ? asAt : row.end ?? '');
  const spans = rows.filter((row) => until(row) > row.date);
  const days = rows.filter((row) => until(row) <= row.date);
  const marked = rows.filter(concerned);
  const colour = (row: TimelineRow) => (concerned(row) ? accent : pale);
  const summary = `Timeline of ${rows.length} dated records of ${kinds.length} kinds, ${shortDate(rows[0].date)} to ${shortDate(rows[rows.length - 1].date)}; ${marked.length} marked. The list below has every one.`;
  return chart(summary, (width) => {
    const above = width < 520;
    const margin = above ? 12 : Math.min(220, Math.max(...kinds.map((kind) => widthOf(visible(kind)))) + 20);
    const names = new Map(kinds.map((kind) => [kind, wrap(visible(kind), above ? width - 12 : margin - 16)]));
    const tallest = Math.max(...[...names.values()].map((lines) => lines.length)) * lineHeight;
    const step = above ? 27 + tallest : Math.max(30, tallest + 8);
    const drop = above ? tallest / 2 : 0; // of what is drawn below the name
    return Plot.plot({
      width, height: kinds.length * step + 44, marginLeft: margin, marginRight: 16, marginTop: 8, marginBottom: 34, style,
      x: { type: 'utc', label: null, ticks: Math.max(2, Math.floor((width - margin) / 90)) },
      y: { domain: kinds, axis: null, padding: 0 },
      marks: [
        Plot.gridX({ stroke: line, strokeOpacity: 0.7 }),
        Plot.ruleY(kinds, { y: (kind: string) => kind, stroke: line, strokeOpacity: 0.5, dy: drop }),
        Plot.text(kinds, { y: (kind: string) => kind, text: (kind: string) => names.get(kind)!.join('\n'), dx: above ? 0 : 4 - margin, dy: above ? tallest / 2 - step / 2 + 4 : 0, lineHeight: lineHeight / fontSize, frameAnchor: 'left', textAnchor: 'start', fill: ink }),
        Plot.ruleX([day(asAt)], { stroke: grey, strokeDasharray: '2 3' }),
        Plot.barX(spans, { y: 'kind', x1: (row: TimelineRow) => day(row.date), x2: (row: TimelineRow) => day(until(row)), insetTop: step / 2 + drop - 6, insetBottom: step / 2 - drop - 6, fill: colour, stroke: '#ffffff', strokeWidth: 1 }),
        Plot.dot(days, { y: 'kind', x: (row: TimelineRow) => day(row.date), r: (row: TimelineRow) => (concerned(row) ? 6 : 4), dy: drop, fill: (row: TimelineRow) => (concerned(row) ? accent : blue), stroke: '#ffffff', strokeWidth: 1 }),
        Plot.dot(marked, { y: 'kind', x: (row: TimelineRow) => day(row.date), r: 10, dy: drop, stroke: ink, strokeWidth: 2 }),
      ],
    });
  });
}

// Where findings gather: the most frequent rules.
export function ruleBars(rules: Rule[]): HTMLElement {
  const most = [...rules].filter((rule) => listed(rule) > 0).sort((a, b) => listed(b) - listed(a)).slice(0, 10);
  return bars(`Bar chart of the rules with most findings: ${most.map((rule) => `${visible(rule.title)} ${listed(rule)}`).join(', ')}`,
    most.map((rule) => ({ label: visible(rule.title), value: listed(rule), text: number(listed(rule)) })));
}
