/*
 * What is behind the `#` of the address: `octets=…&run=…`. An anchor of the page, such as that of the link to the content,
 * is neither, and changes nothing.
 */

/** A part of the address, or `undefined` where it is not there. */
export function readHash(name: string): string | undefined {
  const pairs = location.hash.slice(1).split('&');
  return pairs.find((pair) => pair.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Puts a part into the address, or takes it out, and leaves the others. */
export function writeHash(name: string, value: string | undefined): void {
  const others = location.hash
    .slice(1)
    .split('&')
    .filter((pair) => pair.includes('=') && !pair.startsWith(`${name}=`));
  const pairs = value === undefined ? others : [...others, `${name}=${value}`];
  const hash = pairs.length === 0 ? ' ' : `#${pairs.join('&')}`;
  if (hash.trim() !== location.hash) history.replaceState(null, '', hash.trim() === '' ? location.pathname : hash);
}
