// All measures with their latest figure, and one measure with chart and table.
import { bars, grid, sparkline, trend } from '../charts';
import { head } from '../data';
import { fragment, h, type Child } from '../dom';
import { changed, denominator, hasPrevious, headline, isShare, isUnknown, keysOf, named, overTime, shownFigure, timeKey, valueOf } from '../measures';
import { details, link, summaryList, table } from '../parts';
import type { Group, Measure } from '../types';
import { count, date, number, visible, words } from '../words';

export function measureAddress(measure: Measure): string {
  return `measure/${encodeURIComponent(measure.pack)}/${encodeURIComponent(measure.id)}`;
}

function figureCell(measure: Measure): Child {
  const group = headline(measure);
  if (measure.skipped) return h('span.app-hint', {}, `Not measured: ${visible(measure.skipped)}`);
  if (!measure.groups.length) return h('span.app-hint', {}, 'Nothing to count');
  if (!group) return h('span.app-hint', {}, `by ${keysOf(measure).map((key) => words(key).toLowerCase()).join(' and ')}, ${count(measure.groups.length, 'group')}`);
  const period = timeKey(measure);
  return [h('strong', {}, shownFigure(measure, group)), h('div.app-hint', {}, denominator(measure, group), group.by[period] ? `, ${named(group.by[period])}` : period ? ', all periods' : '')];
}

function previousCell(measure: Measure): Child {
  const group = headline(measure);
  if (!group?.previous) return '–';
  return [shownFigure(measure, group.previous), h('div.app-hint', {}, changed(measure, group))];
}

function trendCell(measure: Measure): Child {
  if (keysOf(measure).length !== 1 || !timeKey(measure)) return null;
  const values = overTime(measure).map((group) => valueOf(measure, group)).filter((value): value is number => value !== null);
  return values.length > 1 ? sparkline(values, isShare(measure)) : null;
}

export function measuresView(): DocumentFragment {
  const previous = head.measures.some(hasPrevious);
  const list = h('div');
  const status = h('p.govuk-body-s', { role: 'status' });
  const input = h('input.govuk-input.govuk-input--width-20', { id: 'measure-text', type: 'search', autocomplete: 'off', spellcheck: 'false', input: () => fill() }) as HTMLInputElement;
  const columns = [{ name: 'Measure' }, { name: 'Latest figure' }, ...(previous ? [{ name: 'Previous run' }] : []), { name: 'Trend' }];
  const fill = () => {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const measures = head.measures.filter((measure) => wanted.every((word) => `${measure.title} ${measure.unit} ${measure.source}`.toLowerCase().includes(word)));
    status.textContent = count(measures.length, 'measure');
    list.replaceChildren(table('Latest figure of each measure', columns, measures.map((measure) => [
      link(measureAddress(measure), visible(measure.title)), figureCell(measure), ...(previous ? [previousCell(measure)] : []), trendCell(measure)])));
  };
  fill();
  return fragment(
    h('h1.govuk-heading-l', { tabindex: '-1' }, 'Measures'),
    head.measures.length
      ? [h('p.govuk-body', {}, 'Figures of annual reports, counted from the records. Each with what it is of; the latest period no later than the as-at date.'),
        h('div.govuk-form-group.app-print-hide', {}, h('label.govuk-label', { for: 'measure-text' }, 'Find a measure'), input), status, list]
      : h('p.govuk-body', {}, 'The rule packs of this audit have no measures.'),
  );
}

// The groups of the latest period of a measure that has a period and categories, or of the chosen one.
function chosenPeriod(measure: Measure, key: string, params: URLSearchParams): string {
  const periods = overTime(measure).map((group) => group.by[key]);
  const wanted = params.get('period');
  return wanted && periods.includes(wanted) ? wanted : periods[periods.length - 1] ?? '';
}

function categoryBars(measure: Measure, groups: Group[], keys: string[], what: string): Child {
  const known = groups.filter((group) => valueOf(measure, group) !== null && keys.every((key) => group.by[key] !== undefined));
  if (!known.length) return h('p.govuk-body', {}, 'No figure to draw.');
  known.sort((a, b) => Number(keys.some((key) => isUnknown(a.by[key]))) - Number(keys.some((key) => isUnknown(b.by[key]))) || valueOf(measure, b)! - valueOf(measure, a)!);
  const data = known.slice(0, 40).map((group) => ({
    label: keys.map((key) => named(group.by[key])).join(', '),
    value: valueOf(measure, group)!,
    text: measure.kind === 'count' ? shownFigure(measure, group) : `${shownFigure(measure, group)} (${number(measure.kind === 'rate' ? group.met ?? 0 : group.population)}${measure.kind === 'rate' ? ` of ${number(group.population - group.undecided)}` : ''})`,
    before: group.previous ? valueOf(measure, group.previous) : null,
  }));
  return bars(`Bar chart${what}: ${data.map((bar) => `${bar.label} ${bar.text}`).join(', ')}`, data, measure.kind === 'rate' ? 1 : undefined);
}

function picture(measure: Measure, params: URLSearchParams): Child {
  const keys = keysOf(measure), time = timeKey(measure);
  const others = keys.filter((key) => key !== time);
  if (!keys.length) return null;
  if (time && !others.length) return overTime(measure).length > 1 ? trend(measure) : null;
  if (!time && keys.length === 2) return grid(measure, keys);
  if (!time) return categoryBars(measure, measure.groups, keys, '');
  return byPeriod(measure, time, others, chosenPeriod(measure, time, params));
}

// Bars of one period, which the reader chooses.
function byPeriod(measure: Measure, time: string, others: string[], first: string): Child {
  const place = h('div');
  const draw = (period: string) => place.replaceChildren(fragment(
    h('h2.govuk-heading-m', {}, named(period)),
    categoryBars(measure, measure.groups.filter((group) => group.by[time] === period), others, ` for ${named(period)}`)));
  const choose = (event: Event) => {
    const period = (event.target as HTMLSelectElement).value;
    history.replaceState(null, '', `#/${measureAddress(measure)}?period=${encodeURIComponent(period)}`);
    draw(period);
  };
  draw(first);
  const periods = [...new Set(overTime(measure).map((group) => group.by[time]))].reverse();
  return [
    h('div.govuk-form-group.app-print-hide', {}, h('label.govuk-label', { for: 'period' }, words(time)),
      h('select.govuk-select', { id: 'period', change: choose }, periods.map((one) => h('option', { value: one, selected: one === first }, named(one))))),
    place,
  ];
}

function figures(measure: Measure): HTMLElement {
  const keys = keysOf(measure), previous = hasPrevious(measure);
  const rate = measure.kind === 'rate', share = isShare(measure), average = measure.kind === 'average';
  const columns = [
    ...(keys.length ? keys.map((key) => ({ name: words(key) })) : [{ name: 'Group' }]),
    ...(share || average ? [{ name: share ? 'Share' : 'Average', number: true }] : []),
    ...(rate ? [{ name: 'Met', number: true }] : []),
    { name: rate || average ? 'Of' : 'Count', number: true },
    { name: 'Undecided', number: true },
    ...(previous ? [{ name: 'Previous run', number: true }, { name: 'Change', number: true }] : []),
  ];
  return table(`${visible(measure.title)}: every figure`, columns, measure.groups.map((group) => [
    ...(keys.length ? keys.map((key) => (group.by[key] === undefined ? 'All' : named(group.by[key]))) : ['All']),
    ...(share || average ? [valueOf(measure, group) === null ? '–' : shownFigure(measure, group)] : []),
    ...(rate ? [number(group.met ?? 0)] : []),
    number(rate || average ? group.population - group.undecided : group.population),
    number(group.undecided),
    ...(previous ? [group.previous ? shownFigure(measure, group.previous) : '–', changed(measure, group) || '–'] : []),
  ]));
}

// The figure as earlier runs counted it.
function earlier(measure: Measure, group: Group | null): Child {
  if (!group?.trend || group.trend.length < 2) return null;
  return details(`The same in ${count(group.trend.length, 'earlier run')}`,
    table('The figure in earlier runs', [{ name: 'As at' }, { name: 'Figure', number: true }, { name: 'Records', number: true }],
      [...group.trend].reverse().map((run) => [date(run.as_at), shownFigure(measure, run), number(run.population)])));
}

export function measureView(measure: Measure, params: URLSearchParams): DocumentFragment {
  const group = headline(measure), time = timeKey(measure);
  return fragment(
    h('p.govuk-body-s.app-print-hide', {}, link('measures', 'All measures')),
    h('h1.govuk-heading-l', { tabindex: '-1' }, visible(measure.title)),
    measure.skipped ? h('p.govuk-body', {}, `Not measured: ${visible(measure.skipped)}`)
      : !measure.groups.length ? h('p.govuk-body', {}, 'There was nothing to count.')
        : [
          group && h('p.app-figure', {}, h('span.app-figure__number', {}, shownFigure(measure, group)), ' ',
            h('span.app-figure__text', {}, denominator(measure, group), group.by[time] ? `, ${named(group.by[time])}` : time ? ', all periods' : '',
              group.previous ? `. Previous run: ${shownFigure(measure, group.previous)} (${changed(measure, group)})` : '')),
          picture(measure, params),
          earlier(measure, group),
          hasPrevious(measure) && h('p.app-hint', {}, 'In red: the figure of the previous run.'),
          measure.groups.length > 12 ? details(`All ${count(measure.groups.length, 'figure')}`, figures(measure)) : figures(measure),
        ],
    summaryList([['Source', visible(measure.source)], ['Counts', visible(measure.unit)], ['Rule pack', visible(measure.pack)], ['Name for commands', h('code', {}, visible(measure.id))]]),
  );
}
