/** Resolving path and query of a WebSocket URI (draft-06/3.1/resolve), as RFC 3986 has it and as browsers forgive. */
import type { ReadingChoices } from '../spec/readings.js';

/**
 * Percent-encodes, as UTF-8, what RFC 3986 has no place for in path and query. `encodeURI` knows that alphabet, but for
 * `%`, which stays even where no escape follows, unless reading R-315 has it encoded there. A lone surrogate has no
 * UTF-8 form and becomes U+FFFD.
 */
export function escapeUnusual(text: string, { strayPercent }: ReadingChoices): string {
  const escaped = encodeURI(text.replace(/\p{Surrogate}/gu, '\uFFFD')).replaceAll('%25', '%');
  return strayPercent === 'encode' ? escaped.replace(strayPercents, '%25') : escaped;
}

/** A percent sign that begins no escape. */
const strayPercents = /%(?![0-9A-Fa-f]{2})/g;

/** Where the first percent sign stands that begins no escape; -1 when there is none. */
export function strayPercentIn(text: string): number {
  return text.search(strayPercents);
}

/**
 * RFC 3986 section 5.2.4. Only dots count: `%2E` is none here, though WHATWG takes it for one, and reading R-320
 * `encoded-too` with it.
 */
export function removeDotSegments(path: string, { escapedDots }: ReadingChoices): string {
  const segments = path.split('/').slice(1);
  const kept: string[] = [];
  for (const [index, written] of segments.entries()) {
    const segment = escapedDots === 'encoded-too' ? written.replace(/^(?:\.|%2E){1,2}$/i, undotted) : written;
    const isDots = segment === '.' || segment === '..';
    if (segment === '..') kept.pop();
    if (!isDots) kept.push(segment);
    else if (index === segments.length - 1) kept.push(''); // its slash remains
  }
  return `/${kept.join('/')}`;
}

function undotted(segment: string): string {
  return segment.replace(/%2E/gi, '.');
}

/** Where a character stands that RFC 3986 has no place for in a URI, wherever it be; -1 when there is none. */
export function outsideRfc3986(text: string): number {
  return text.search(/[^A-Za-z0-9._~:/?#[\]@!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})/);
}

/** The index of the first match at or behind `from`, or the length of the text. */
export function indexOrEnd(text: string, pattern: RegExp, from = 0): number {
  const at = text.slice(from).search(pattern);
  return at === -1 ? text.length : from + at;
}
