/*
 * Heads of HTTP, with what stands behind them, written in ways that are unusual and right.
 */

/** The header lines in another order, and their names in small letters. */
export function otherHead(head: string): string {
  const end = head.indexOf('\r\n\r\n');
  const [first = '', ...fields] = head.slice(0, end).split('\r\n');
  const small = fields.map((line) => line.replace(/^[^:]*/, (name) => name.toLowerCase()));
  return `${[first, ...small.toReversed()].join('\r\n')}${head.slice(end)}`;
}

/** Each header field on two lines, as RFC 2616 lets them be folded. */
export function foldedHead(head: string): string {
  const end = head.indexOf('\r\n\r\n');
  return head.slice(0, end).replace(/\r\n([^:\r]*): */g, '\r\n$1:\r\n\t ') + head.slice(end);
}
