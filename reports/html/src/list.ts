// A list of any length that holds only what is near the screen. Entries stand in blocks; a block that is far
// away is an empty box of the height it has or is expected to have, so that the browser's own scrolling,
// zooming and searching for focus go on working.
import { h } from './dom';

const perBlock = 60;

export interface Entries {
  count: number;
  height: number; // expected, of one, in pixels
  render(position: number): HTMLElement;
}

export class LongList {
  readonly element: HTMLElement;
  private readonly blocks: HTMLElement[] = [];
  private readonly watch: IntersectionObserver;

  constructor(label: string, private readonly entries: Entries) {
    this.element = h('div.app-list', { role: 'list', 'aria-label': label });
    this.watch = new IntersectionObserver((seen) => {
      for (const one of seen) {
        if (one.isIntersecting) this.fill(one.target as HTMLElement);
        else this.empty(one.target as HTMLElement);
      }
    }, { rootMargin: '1500px 0px' });
    for (let begin = 0; begin < entries.count; begin += perBlock) {
      const block = h('div', { role: 'presentation' });
      block.style.height = `${Math.min(perBlock, entries.count - begin) * entries.height}px`;
      this.blocks.push(block);
    }
    this.element.append(...this.blocks);
    if (this.blocks.length) this.fill(this.blocks[0]);
    for (const block of this.blocks) this.watch.observe(block);
    this.element.addEventListener('keydown', (event) => this.move(event));
  }

  // Shows the entry and gives its first link the focus.
  focus(position: number): void {
    const block = this.blocks[Math.floor(position / perBlock)];
    if (!block) return;
    this.fill(block);
    const entry = block.children[position % perBlock];
    entry.scrollIntoView({ block: 'center' });
    entry.querySelector<HTMLElement>('a')?.focus({ preventScroll: true });
  }

  dispose(): void {
    this.watch.disconnect();
  }

  private fill(block: HTMLElement): void {
    if (block.firstChild) return;
    const begin = this.blocks.indexOf(block) * perBlock;
    for (let i = begin; i < Math.min(begin + perBlock, this.entries.count); i++) {
      const entry = this.entries.render(i);
      entry.setAttribute('role', 'listitem');
      entry.setAttribute('aria-posinset', String(i + 1));
      entry.setAttribute('aria-setsize', String(this.entries.count));
      entry.dataset.position = String(i);
      block.append(entry);
    }
    block.style.height = '';
  }

  private empty(block: HTMLElement): void {
    if (!block.firstChild || block.contains(document.activeElement)) return;
    block.style.height = `${block.offsetHeight}px`;
    block.replaceChildren();
  }

  // Arrow keys, Home and End go from entry to entry.
  private move(event: KeyboardEvent): void {
    const entry = (event.target as HTMLElement).closest<HTMLElement>('[data-position]');
    if (!entry || event.altKey || event.ctrlKey || event.metaKey) return;
    const from = Number(entry.dataset.position);
    const last = this.entries.count - 1;
    const to = { ArrowDown: Math.min(from + 1, last), ArrowUp: Math.max(from - 1, 0), Home: 0, End: last }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    this.focus(to);
  }
}
