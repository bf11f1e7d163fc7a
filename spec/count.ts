/**
 * What a person who counts finds in one section of a text. The figures were made by a script over the key words of each
 * section, transcribed with the words around them from the HTML rendering of the text, and can be made again by these
 * rules. A second person counted all three texts without knowing these figures: both counts agree in every section.
 *
 * What is read: the prose, the lists and the definition lists of a section. Not read: sections that are marked
 * non-normative, introductions, acknowledgements, lists of changes and references; preformatted figures, be they
 * diagrams, grammars or formulas; a paragraph from where it says "Note:" or "Example:", in any letter case (a double line
 * break ends a paragraph); a sentence that begins "For example", "As an example" or "For instance"; brackets that begin
 * "e.g."; what requirements-02 puts under "Reason:". A sentence that merely begins "Note that" is read.
 *
 * What is counted: `keyWords`, the whole words must, shall, should, may, required, recommended and optional in any letter
 * case ("optionally" is another word), "must not" and the like once, but no word in quotation marks that is mentioned and not used; `steps`, the items
 * of numbered lists, those of a list inside an item included.
 */
export interface SectionCount {
  readonly keyWords: number;
  readonly steps: number;
  /** Key words that demand and permit nothing, and so have no clause of a key word's level. */
  readonly idle: number;
  /** Clauses of a key word's level that have no key word to themselves. */
  readonly further: number;
  /** One line on why the number of clauses differs from the number of key words and steps. */
  readonly differences: string;
}

/** Sections by document and number, in reading order. */
export type SectionCounts = Readonly<Record<`${string}/${string}`, SectionCount>>;

/** A row of the counts; a figure that is not given is 0. */
export function counted(figures: Partial<Omit<SectionCount, 'differences'>>, differences: string): SectionCount {
  return { keyWords: 0, steps: 0, idle: 0, further: 0, ...figures, differences };
}
