import { bytesFromLatin1, concatBytes } from '../../model/bytes.js';
import { writeCloseBody } from '../../model/close-body.js';
import { drawStream } from '../../model/draw.js';
import { explainDecoded } from '../../model/explain.js';
import { frameOf } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import type { Role } from '../../model/role.js';
import { type ClauseId, isClauseId } from '../../spec/clauses.js';
import { statusCodes } from '../../spec/status-codes.js';
import { type Markup, markup, verbatim } from '../html.js';
import { escapeText } from '../html.js';
import { linkToClause } from '../links.js';
import { addressOfClause } from '../address.js';
import { octetsOf, octetStrip } from '../figures/octets.js';

/** Bytes of a stream of frames, to be decoded in front of the reader. */
export interface FrameExample {
  readonly id: string;
  readonly title: string;
  readonly from: Role;
  readonly bytes: Uint8Array;
}

/** The bytes that hexadecimal digits stand for. */
export function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

/** The examples of draft-06 section 4.7; the data that it leaves to the reader is zeros here. */
export const textExamples: readonly FrameExample[] = [
  { id: 'text-hello', title: 'A text message in one frame', hex: '840548656c6c6f' },
  { id: 'text-in-fragments', title: 'A text message in two fragments', hex: '040348656c80026c6f' },
  { id: 'ping', title: 'A ping', hex: '820548656c6c6f' },
  { id: 'pong', title: 'The pong that answers it', hex: '830548656c6c6f' },
  { id: 'binary-256', title: '256 bytes of binary data', hex: '857e0100', zeros: 256 },
  { id: 'binary-65536', title: '64 KiB of binary data', hex: '857f0000000000010000', zeros: 65536 },
].map(({ id, title, hex, zeros = 0 }) => ({
  id,
  title,
  from: 'server',
  bytes: concatBytes([bytesOf(hex), new Uint8Array(zeros)]),
}));

/** The masking key of the examples of ours: not random, so that the page is the same each time. */
export const exampleKey = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** Examples of ours, encoded by the model, of what the section has no example for. */
export const ownExamples: readonly FrameExample[] = [
  {
    id: 'masked-text',
    title: 'The first example as a client sends it',
    from: 'client',
    bytes: encodeFrame(frameOf('text', bytesFromLatin1('Hello')), { maskingKey: exampleKey }),
  },
  {
    id: 'close',
    title: 'A close with status code and reason',
    from: 'server',
    bytes: encodeFrame(frameOf('close', writeCloseBody({ status: statusCodes.goingAway, reason: 'bye' }))),
  },
  {
    id: 'masked-close',
    title: 'A close without a body, masked',
    from: 'client',
    bytes: encodeFrame(frameOf('close'), { maskingKey: exampleKey }),
  },
];

/** An example: its octets, what each frame says, and every bit. */
export function exampleArticle({ id, title, from, bytes }: FrameExample): Markup {
  const { frames } = decodeFrames(createDecoder({ masked: from === 'client' }), bytes);
  const parts = frames.map((decoded) => {
    const wire = bytes.subarray(decoded.offset, decoded.offset + decoded.length);
    const { says, clauses } = explainDecoded(decoded, from);
    return markup`${octetStrip(octetsOf(decoded, wire), `octets of the frame at byte ${decoded.offset}`)}<p>${says}. ${clauseList(clauses)}</p>
`;
  });
  return markup`<article id="example-${id}"><h3>${title} <small>(${from} to ${from === 'client' ? 'server' : 'client'})</small></h3>
${parts}<details><summary>bit by bit</summary>
${bitByBit(bytes, from, title)}</details></article>
`;
}

/** What `hybi decode` prints, with its clauses as links. */
function bitByBit(bytes: Uint8Array, from: Role, title: string): Markup {
  const { text } = drawStream(bytes, from);
  return markup`<div class="wide" role="region" aria-label="${title}, bit by bit" tabindex="0"><pre>${withClauseLinks(text)}</pre></div>
`;
}

/** Text in which every clause id is a link. */
export function withClauseLinks(text: string): Markup {
  const linked = escapeText(text).replace(/[a-z]+-\d\d\/[\w.]+\/[\w-]+(?:\.[\w-]+)*/g, (id) =>
    isClauseId(id) ? `<a href="~/${addressOfClause(id)}">${id}</a>` : id,
  );
  return verbatim(linked);
}

/** Clauses one behind the other, small. */
export function clauseList(ids: readonly ClauseId[]): Markup {
  return markup`<span class="clause-list">${ids.map((id, at) => markup`${at > 0 ? ' ' : ''}${linkToClause(id)}`)}</span>`;
}
