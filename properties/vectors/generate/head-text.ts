/** An HTTP head in the making: start line, then header fields as lines. */
export interface HeadText {
  readonly start: string;
  readonly fields: readonly string[];
}

const nameOf = (line: string): string => line.slice(0, line.indexOf(':')).toLowerCase();

/** The text of a head. */
export function headText({ start, fields }: HeadText): string {
  return [start, ...fields, '', ''].join('\r\n');
}

/** The head without a header field. */
export function without(head: HeadText, name: string): HeadText {
  return { ...head, fields: head.fields.filter((line) => nameOf(line) !== name.toLowerCase()) };
}

/** The head with these lines in the place of those of the same name, or at the end. */
export function withLines(head: HeadText, name: string, ...lines: readonly string[]): HeadText {
  const at = head.fields.findIndex((line) => nameOf(line) === name.toLowerCase());
  const rest = without(head, name).fields;
  const place = at === -1 ? rest.length : at;
  return { ...head, fields: [...rest.slice(0, place), ...lines, ...rest.slice(place)] };
}

/** The head with one value for a header field. */
export function withField(head: HeadText, name: string, value: string): HeadText {
  return withLines(head, name, `${name}: ${value}`);
}
