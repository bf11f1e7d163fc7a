import { readFileSync } from 'node:fs';

/** A file of test vectors, as far as it is looked at here. */
interface VectorFile {
  readonly groups: readonly { readonly vectors: readonly { readonly input: unknown }[] }[];
}

/** What the vectors of a subject give to whoever reads them. */
export function vectorInputs<Input>(subject: string): readonly Input[] {
  // From `dist` as from the sources: the files stay where they are.
  const places = ['../vectors/', '../../../properties/vectors/'].map(
    (to) => new URL(`${to}${subject}.json`, import.meta.url),
  );
  const found = places.find((place) => hasFile(place));
  if (found === undefined) throw new Error(`there are no vectors for ${subject}: run npm run vectors`);
  const { groups } = JSON.parse(readFileSync(found, 'utf8')) as VectorFile;
  return groups.flatMap(({ vectors }) => vectors.map(({ input }) => input as Input));
}

function hasFile(place: URL): boolean {
  try {
    readFileSync(place);
    return true;
  } catch {
    return false;
  }
}
