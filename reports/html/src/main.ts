// The frame of the page, and which view the address asks for.
import './style.scss';
import { findings, head } from './data';
import { fragment, h } from './dom';
import { readFilter } from './filter';
import { link } from './parts';
import { childView } from './views/child';
import { findingView } from './views/finding';
import { FindingsView, remembered } from './views/findings';
import { measuresView, measureView } from './views/measures';
import { summaryView } from './views/summary';
import { date, visible } from './words';

const views: [string, string][] = [['', 'Summary'], ['measures', 'Measures'], ['findings', 'Findings']];
const main = h('main.govuk-main-wrapper', { id: 'main', tabindex: '-1' });
const navigation = h('ul.govuk-service-navigation__list');
let list: FindingsView | null = null;
let turn = 0;
let folded: Element[] = []; // what printing opens
let shownPath = ''; // of the view before

function frame(): void {
  const { run } = head;
  document.getElementById('app')!.append(
    h('a.govuk-skip-link', { href: '#main', click: (event) => { event.preventDefault(); main.focus(); } }, 'Skip to main content'),
    h('header.govuk-service-navigation.govuk-service-navigation--inverse.app-header', {},
      h('div.govuk-width-container', {}, h('div.govuk-service-navigation__container', {},
        h('span.govuk-service-navigation__service-name', {}, h('a.govuk-service-navigation__link', { href: '#/' }, 'Caseaudit')),
        h('nav.govuk-service-navigation__wrapper', { 'aria-label': 'Report' }, navigation)))),
    h('div.govuk-width-container', {},
      run.identifiers_shown && h('section.app-banner', { 'aria-label': 'Warning' }, h('strong', {}, 'This file identifies children. '), 'It holds names, dates of birth or other identifiers: keep it as you keep the case records.'),
      main),
    h('footer.app-footer', {}, h('div.govuk-width-container', {},
      h('p', {}, `Made by ${visible(run.tool.name)} ${visible(run.tool.version)} from `,
        run.packs.map((pack) => `${visible(pack.id)} ${visible(pack.version)}`).join(', '), `, as at ${date(run.as_at)}. `,
        'This file is complete in itself: it needs no network and sends nothing.'))));
}

function navigate(view: string): void {
  navigation.replaceChildren(...views.map(([address, name]) => {
    const here = address === view;
    return h(`li.govuk-service-navigation__item${here ? '.govuk-service-navigation__item--active' : ''}`, {},
      h('a.govuk-service-navigation__link', { href: `#/${address}`, 'aria-current': here ? 'page' : null },
        here ? h('strong.govuk-service-navigation__active-fallback', {}, name) : name));
  }));
}

function missing(what: string): DocumentFragment {
  return fragment(h('h1.govuk-heading-l', { tabindex: '-1' }, 'Not in this report'), h('p.govuk-body', {}, what, ' ', link('findings', 'See all findings')));
}

interface View {
  section: string;
  content: Node;
}

async function view(path: string[], params: URLSearchParams): Promise<View> {
  const name = path.slice(1).map(decodeURIComponent);
  switch (path[0]) {
    case '':
      return { section: '', content: summaryView() };
    case 'measures':
      return { section: 'measures', content: measuresView() };
    case 'measure': {
      const measure = head.measures.find((one) => one.pack === name[0] && one.id === name[1]);
      return { section: 'measures', content: measure ? measureView(measure, params) : missing('There is no such measure.') };
    }
    case 'findings':
      list = new FindingsView(await findings(), readFilter(params));
      return { section: 'findings', content: list.content };
    case 'finding': {
      const all = await findings(), i = all.find(name[0]);
      return { section: 'findings', content: i === undefined ? missing('There is no finding of that number here. It may be of another run.') : await findingView(all, i) };
    }
    case 'child': {
      const all = await findings(), i = all.findCase(name[0]);
      return { section: 'findings', content: i === undefined ? missing('There are no findings about that child here.') : await childView(all, i) };
    }
    default:
      return { section: '', content: missing('There is no such page.') };
  }
}

function trouble(error: unknown): View {
  const old = typeof DecompressionStream === 'undefined';
  return {
    section: '', content: fragment(h('h1.govuk-heading-l', { tabindex: '-1' }, 'This page cannot be shown'),
      h('p.govuk-body', {}, old ? 'This browser is too old for the report. Use Chrome, Edge, Firefox or Safari of 2023 or later.' : 'The file may be cut off: make the report again, or copy it again.'),
      h('p.app-hint', {}, error instanceof Error ? error.name : 'Error')),
  };
}

async function show(first: boolean): Promise<void> {
  const [path, query = ''] = location.hash.replace(/^#\/?/, '').split('?');
  const mine = ++turn;
  const back = (shownPath === 'finding' || shownPath === 'child') && remembered.finding >= 0;
  list?.dispose();
  list = null;
  let shown: View;
  try {
    shown = await view(path.split('/'), new URLSearchParams(query));
  } catch (error) {
    shown = trouble(error);
  }
  if (mine !== turn) return; // the reader has gone on
  main.replaceChildren(shown.content);
  shownPath = path.split('/')[0];
  navigate(shown.section);
  const heading = main.querySelector('h1');
  document.title = `${heading?.textContent ?? ''} – audit as at ${date(head.run.as_at)}`;
  performance.mark('view');
  if (first) return;
  if (back && list && (list as FindingsView).restore()) return;
  window.scrollTo(0, 0);
  heading?.focus({ preventScroll: true });
}

history.scrollRestoration = 'manual';
frame();
void show(true);
window.addEventListener('hashchange', () => void show(false));
window.addEventListener('beforeprint', () => {
  list?.print();
  folded = [...document.querySelectorAll('details:not([open])')];
  folded.forEach((one) => one.setAttribute('open', ''));
});
window.addEventListener('afterprint', () => {
  list?.printed();
  folded.forEach((one) => one.removeAttribute('open'));
});
