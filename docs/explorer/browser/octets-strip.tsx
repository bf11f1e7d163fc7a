import type { Part } from '../dissect.js';

/** The octets that are pointed at, from the first to the one behind the last. */
export interface Lit {
  readonly from: number;
  readonly to: number;
}

const shown = 128;

const hex = (octet: number): string => octet.toString(16).padStart(2, '0');

/** The character of an octet, or a dot. */
const characterOf = (octet: number): string => (octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '·');

/**
 * The octets of a frame, each with the octet of the key under it and without its mask. It is a map for those who see: the
 * table behind it says the same.
 */
export function OctetsStrip({
  part,
  bytes,
  lit,
  wrong,
}: {
  readonly part: Part;
  readonly bytes: Uint8Array;
  readonly lit: Lit | undefined;
  readonly wrong: number | undefined;
}) {
  const { from, to, key, clear } = part;
  const start = to - from - clear.length;
  const cells = Array.from(bytes.subarray(from, Math.min(to, from + shown)), (wire, index) => {
    const at = from + index;
    const isLit = lit !== undefined && lit.from <= at && at < lit.to;
    const plain = clear[index - start];
    const marks = [isLit ? 'lit' : '', at === wrong ? 'wrong' : '', index < start ? 'key' : ''];
    return (
      <li key={at} class={marks.join(' ').trim()}>
        <small>{at}</small>
        <b>{hex(wire)}</b>
        {key === undefined ? null : <i>{index < start ? '' : hex(key[(index - start) & 3] ?? 0)}</i>}
        {key === undefined ? null : <b>{plain === undefined ? '' : hex(plain)}</b>}
        <span>{plain === undefined ? '' : characterOf(plain)}</span>
      </li>
    );
  });
  return (
    <div class="strip" aria-hidden="true">
      <ul class="legend">
        <li>
          <small>octet</small>
          <b>wire</b>
          {key === undefined ? null : <i>key</i>}
          {key === undefined ? null : <b>clear</b>}
          <span>text</span>
        </li>
      </ul>
      <ol>{cells}</ol>
      {to - from > shown ? <p>and {to - from - shown} more</p> : null}
    </div>
  );
}
