/** In which order the tests of a mutant run. It decides what a run costs, never what it finds. */
export interface Order {
  /** The tests to run for a mutant in a file, the most promising first. */
  readonly of: (file: string, ids: readonly string[] | undefined) => readonly string[];
  /** A test has killed a mutant in this file: the next one there meets it early. */
  readonly killed: (file: string, id: string) => void;
}

const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1).replace(/(\.test)?\.ts.*$/, '');

/** How many first words two names of files share: `uri-host` and `uri-readings` share one. */
function kinship(one: string, other: string): number {
  const words = baseName(one).split('-');
  const others = baseName(other).split('-');
  const differs = words.findIndex((word, at) => word !== others[at]);
  return differs === -1 ? words.length : differs;
}

/** @param all every test there is, for mutants that any of them may reach */
export function createOrder(all: () => readonly string[]): Order {
  const killers = new Map<string, string[]>();
  return {
    of: (file, ids) => {
      const known = killers.get(file) ?? [];
      const rank = (id: string): number => {
        const at = known.indexOf(id);
        return at === -1 ? known.length : at;
      };
      const fileOf = (id: string): string => id.slice(0, id.indexOf('#'));
      const kin = (id: string): number => kinship(file, fileOf(id));
      return (ids ?? all()).map((id, at) => ({ id, at, rank: rank(id), kin: kin(id) }))
        .sort((a, b) => a.rank - b.rank || b.kin - a.kin || a.at - b.at)
        .map(({ id }) => id);
    },
    killed: (file, id) => {
      const known = killers.get(file) ?? [];
      killers.set(file, [id, ...known.filter((other) => other !== id)].slice(0, 40));
    },
  };
}
