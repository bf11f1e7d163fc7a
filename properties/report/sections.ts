/** The part of the id of a case in front of its first slash: the section that it belongs to. */
export function sectionOfCase(id: string): string {
  const slash = id.indexOf('/');
  return slash < 0 ? id : id.slice(0, slash);
}

/** Cases by their section, both in the order in which they come. */
export function sectionsOf<Case extends { readonly id: string }>(
  cases: readonly Case[],
): ReadonlyMap<string, readonly Case[]> {
  const sections = new Map<string, Case[]>();
  for (const result of cases) {
    const section = sectionOfCase(result.id);
    const list = sections.get(section);
    if (list === undefined) sections.set(section, [result]);
    else list.push(result);
  }
  return sections;
}
