import MiniSearch from 'minisearch';
import { type Kind, kinds, type SearchEntry } from './entry.js';

/** What was found of one kind, the best first. */
export interface Group {
  readonly kind: Kind;
  readonly entries: readonly SearchEntry[];
  /** How many there are, those that are not shown included. */
  readonly total: number;
}

/** Finds what a few words ask for. */
export type Find = (query: string) => readonly Group[];

/** Entries of a kind that are shown. */
const shown = 6;

/** How well a name answers when it is what was typed, begins so, ends so as a path does, or has it in it. */
const worth = { same: 1000, last: 900, begins: 800, within: 400 } as const;

/**
 * Makes a search of entries. Names count first: what is called as the query comes before what merely speaks of it; then
 * every word of the query has to occur in name or sentence, where a word may be longer, or have a letter wrong.
 */
export function createFind(entries: readonly SearchEntry[]): Find {
  const words = new MiniSearch<{ readonly id: number } & SearchEntry>({
    fields: ['name', 'says'],
    tokenize: (text) =>
      text
        .toLowerCase()
        .split(/[^\p{L}\p{N}]+/u)
        .filter((word) => word !== ''),
  });
  words.addAll(entries.map((entry, id) => ({ id, ...entry })));
  return (query) => {
    const wanted = query.trim().toLowerCase();
    if (wanted === '') return [];
    const scores = new Map<SearchEntry, number>();
    for (const entry of entries) {
      const score = worthOf(entry.name.toLowerCase(), wanted);
      if (score > 0) scores.set(entry, score);
    }
    const found = words.search(wanted, {
      combineWith: 'AND',
      prefix: (word) => word.length > 1,
      fuzzy: (word) => (word.length > 4 ? 0.2 : false),
      boost: { name: 3 },
    });
    for (const { id, score } of found) {
      const entry = entries[id as number];
      if (entry !== undefined) scores.set(entry, (scores.get(entry) ?? 0) + score);
    }
    return groupsOf(scores);
  };
}

function worthOf(name: string, wanted: string): number {
  if (name === wanted) return worth.same;
  if (name.endsWith(`/${wanted}`) || name.endsWith(`.${wanted}`)) return worth.last;
  if (name.startsWith(wanted)) return worth.begins;
  return wanted.length > 2 && name.includes(wanted) ? worth.within : 0;
}

/** The groups in the order of the kinds, but those first that have just what was typed. */
function groupsOf(scores: ReadonlyMap<SearchEntry, number>): readonly Group[] {
  const order = Object.keys(kinds) as readonly Kind[];
  // Of names of one worth the shorter ones come first.
  const scoreOf = (entry: SearchEntry): number => (scores.get(entry) ?? 0) - entry.name.length / 1000;
  const groups = order.flatMap((kind): readonly (Group & { readonly isSame: boolean })[] => {
    const ofKind = [...scores.keys()].filter((entry) => entry.kind === kind);
    const [first, ...rest] = ofKind.sort((one, other) => scoreOf(other) - scoreOf(one));
    if (first === undefined) return [];
    const entries = [first, ...rest.slice(0, shown - 1)];
    return [{ kind, entries, total: ofKind.length, isSame: (scores.get(first) ?? 0) >= worth.same }];
  });
  return [...groups.filter(({ isSame }) => isSame), ...groups.filter(({ isSame }) => !isSame)].map(
    ({ kind, entries, total }) => ({ kind, entries, total }),
  );
}
