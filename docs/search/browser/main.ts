import { kinds } from '../entry.js';
import type { Find, Group } from '../find.js';
import { createLoader } from './index-script.js';
import { addPermalinks } from './permalinks.js';
import { showStartOfPictures } from './start-of-picture.js';

/*
 * The search box in the head of each page: a combobox whose list is grouped by kind. `/` goes to it, the arrows choose,
 * Enter opens, Escape closes.
 */

const script = document.currentScript;
const base = script instanceof HTMLScriptElement ? script.src : document.baseURI;
const place = document.getElementById('search');
if (place !== null) install(place, createLoader(base));
showStartOfPictures();
addPermalinks();

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>>,
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

function install(home: HTMLElement, load: () => Promise<Find>): void {
  const input = element('input', {
    id: 'search-box',
    type: 'search',
    role: 'combobox',
    placeholder: 'Search: / ',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-label': 'Search clauses, states, terms, readings, pages, cases, faults and the API',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': 'search-list',
  });
  const list = element('div', { id: 'search-list', role: 'listbox', 'aria-label': 'Found', hidden: '' });
  const status = element('p', { class: 'unseen', role: 'status' });
  home.append(input, list, status);

  const options = (): readonly HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[role=option]')];
  const activate = (at: number): void => {
    const all = options();
    const wanted = all.length === 0 ? undefined : all[(at + all.length) % all.length];
    for (const option of all) option.setAttribute('aria-selected', String(option === wanted));
    if (wanted === undefined) input.removeAttribute('aria-activedescendant');
    else input.setAttribute('aria-activedescendant', wanted.id);
    wanted?.scrollIntoView({ block: 'nearest' });
  };
  const active = (): number => options().findIndex((option) => option.getAttribute('aria-selected') === 'true');
  const show = (isShown: boolean): void => {
    list.hidden = !isShown;
    input.setAttribute('aria-expanded', String(isShown));
    if (!isShown) input.removeAttribute('aria-activedescendant');
  };
  const search = async (): Promise<void> => {
    const query = input.value;
    try {
      const groups = (await load())(query);
      // Typing went on while the index was loaded.
      if (input.value !== query) return;
      draw(list, groups);
      show(query.trim() !== '');
      activate(0);
      status.textContent = query.trim() === '' ? '' : countOf(groups);
    } catch {
      status.textContent = 'The index of the search cannot be loaded.';
    }
  };

  input.addEventListener('focus', () => {
    load().catch(() => undefined);
  });
  input.addEventListener('input', () => {
    void search();
  });
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      if (list.hidden) void search();
      else activate(active() + (event.key === 'ArrowDown' ? 1 : -1));
    } else if (event.key === 'Enter') {
      const chosen = options()[active()];
      if (list.hidden || chosen === undefined) return;
      show(false);
      chosen.click();
    } else if (event.key === 'Escape') {
      if (list.hidden) input.value = '';
      show(false);
    } else return;
    event.preventDefault();
  });
  document.addEventListener('keydown', (event) => {
    const { target } = event;
    const types =
      target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
    if (event.key !== '/' || types || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    input.focus();
    input.select();
  });
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Node) || !home.contains(target)) show(false);
  });
  list.addEventListener('click', () => {
    show(false);
  });
}

function countOf(groups: readonly Group[]): string {
  const total = groups.reduce((sum, group) => sum + group.total, 0);
  return total === 0 ? 'Nothing found' : `${total} found`;
}

/** The list, grouped by kind; what is not shown is counted. */
function draw(list: HTMLElement, groups: readonly Group[]): void {
  let count = 0;
  const drawn = groups.map(({ kind, entries, total }) => {
    const options = entries.map(({ name, says, address }) => {
      count += 1;
      return element(
        'a',
        {
          id: `search-${count}`,
          role: 'option',
          tabindex: '-1',
          'aria-selected': 'false',
          href: new URL(`../${address}`, base).href,
        },
        element('strong', {}, name),
        element('span', {}, says),
      );
    });
    const more = total > entries.length ? `, ${entries.length} of ${total}` : '';
    const heading = element('div', { class: 'kind', 'aria-hidden': 'true' }, `${kinds[kind]}${more}`);
    return element('div', { role: 'group', 'aria-label': `${kinds[kind]}${more}` }, heading, ...options);
  });
  list.replaceChildren(...(drawn.length === 0 ? [element('div', { class: 'kind' }, 'Nothing found')] : drawn));
}
