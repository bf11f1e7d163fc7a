import { existsSync, readFileSync } from 'node:fs';

/** What vectors give to whoever reads them: each subject has some of these. */
export interface VectorInput {
  readonly wire?: string;
  readonly head?: string;
  readonly body?: string;
  readonly bytes?: string;
  readonly uri?: string;
  readonly values?: readonly string[];
  readonly fields?: readonly (readonly [name: string, value: string])[];
}

/** A file of test vectors, as far as it is looked at here. */
interface VectorFile {
  readonly groups: readonly { readonly vectors: readonly { readonly input: VectorInput }[] }[];
}

/** What the vectors of a subject give to whoever reads them. */
export function vectorInputs(subject: string): readonly VectorInput[] {
  // From `dist` as from the sources: the files stay where they are.
  const places = ['../vectors/', '../../../properties/vectors/'].map(
    (to) => new URL(`${to}${subject}.json`, import.meta.url),
  );
  const found = places.find((place) => existsSync(place));
  if (found === undefined) throw new Error(`there are no vectors for ${subject}: run npm run vectors`);
  const { groups } = JSON.parse(readFileSync(found, 'utf8')) as VectorFile;
  return groups.flatMap(({ vectors }) => vectors.map(({ input }) => input));
}
