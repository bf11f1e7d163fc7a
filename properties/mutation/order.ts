/** In which order the tests of a mutant run. It decides what a run costs, never what it finds. */
export interface Order {
  /** The tests to run for a mutant in a file, the most promising for their time first. */
  readonly of: (file: string, ids: readonly string[]) => readonly string[];
  /** A test has killed a mutant in this file: the next one there meets it earlier. */
  readonly killed: (file: string, id: string) => void;
}

/** Milliseconds that it costs to begin a test, however short it is. */
const overhead = 10;

const wordsOf = (path: string): readonly string[] =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/(\.test)?\.ts.*$/, '')
    .split('-');

/** So many letters tell a word: `frame` and `framing` have them in common. */
const stem = 4;

/** How many first words two names of files share: `uri-host` and `uri-readings` share one. */
function kinship(one: readonly string[], other: readonly string[]): number {
  const differs = one.findIndex((word, at) => word.slice(0, stem) !== other[at]?.slice(0, stem));
  return differs === -1 ? one.length : differs;
}

/** @param timeOf milliseconds that a test took when nothing was mutated */
export function createOrder(timeOf: (id: string) => number): Order {
  const kills = new Map<string, Map<string, number>>();
  return {
    of: (file, ids) => {
      const known = kills.get(file);
      const words = wordsOf(file);
      const promise = (id: string): number => {
        const kin = kinship(words, wordsOf(id.slice(0, id.indexOf('#'))));
        return (0.1 + 3 * kin + 2 * (known?.get(id) ?? 0)) / (overhead + timeOf(id));
      };
      const promises = new Map(ids.map((id) => [id, promise(id)]));
      return [...ids].sort((a, b) => (promises.get(b) ?? 0) - (promises.get(a) ?? 0));
    },
    killed: (file, id) => {
      const known = kills.get(file) ?? new Map<string, number>();
      kills.set(file, known.set(id, (known.get(id) ?? 0) + 1));
    },
  };
}
