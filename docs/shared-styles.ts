const style = /<style>\n?([^<]*)<\/style>\n?/g;

/** Pages without the rules of their pictures, and these rules once. */
export interface SharedStyles {
  readonly pages: readonly string[];
  readonly rules: string;
}

/**
 * Takes the rules out of the pictures that stand inside pages. A picture carries its rules, so that it is whole as a file
 * of its own; on the pages of a site one copy for all is enough, since the rules of a kind of picture name its class.
 */
export function shareStyles(pages: readonly string[]): SharedStyles {
  const rules = new Set<string>();
  const without = pages.map((page) =>
    page.replace(style, (_, found: string) => {
      rules.add(found.trimEnd());
      return '';
    }),
  );
  return { pages: without, rules: [...rules].map((text) => `${text}\n`).join('') };
}
