import { bytesFromLatin1 } from '../../model/bytes.js';
import { hexOf } from '../../model/explain.js';
import { frameOf } from '../../model/frame.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { syncDeflateTransform } from '../../properties/drivers/deflate.js';
import { maskingKeyLength } from '../../spec/wire.js';
import type { Chapter } from '../chapter.js';
import { clearLayout, maskedLayout } from '../figures/bit-layout.js';
import { figure } from '../figures/drawing.js';
import { fragmentedFrames, fragmentsPicture } from '../figures/fragments.js';
import { bitsOfOctet, hexOfOctet, octetStrip } from '../figures/octets.js';
import { streamPicture } from '../figures/stream.js';
import { type Markup, markup } from '../html.js';
import { parts } from '../navigation.js';
import { type Page, table } from '../page.js';
import { clauseList, exampleArticle, exampleKey, ownExamples, textExamples } from './frames-examples.js';
import { fieldTable, opcodeTable, statusTables, violationTable } from './frames-tables.js';

/** The page of the frames: how they look on the wire, and what each octet means. */
export function framesChapter(): Chapter {
  const page: Page = {
    path: parts.frames.file,
    part: 'frames',
    title: 'Frames',
    summary:
      'What stands on the wire behind the opening handshake: every field, every opcode, and bytes to compare with.',
    body: markup`<nav aria-label="On this page"><ul>
<li><a href="#clear">Clear</a></li><li><a href="#masked">Masked</a></li><li><a href="#fields">Fields</a></li><li><a href="#opcodes">Opcodes</a></li><li><a href="#status-codes">Status codes</a></li><li><a href="#masking">Masking, step by step</a></li><li><a href="#fragments">Fragments</a></li><li><a href="#deflate-stream">deflate-stream</a></li><li><a href="#examples">Examples</a></li><li><a href="#refused">What is refused</a></li>
</ul></nav>
<h2 id="clear">Server to client: clear</h2>
<p>A name leads to what the field means. ${clauseList(['draft-06/4.1/server-frames-clear', 'draft-06/4.3/ws-frame'])}</p>
${([7, 16, 63] as const).map((form) => figure(clearLayout(form), captions[form]))}
<h2 id="masked">Client to server: masked</h2>
<p>The key comes first. Every octet behind it is masked (dashed), also those of the header: there is no bit that says so. ${clauseList(['draft-06/4.2/client-masks-all-frames', 'draft-06/4.2/key-first', 'draft-06/4.2/mask-whole-frame'])}</p>
${figure(maskedLayout(7), 'The shortest form. The longer ones have the same key in front of them.')}
${figure(maskedLayout(63), 'With a length of 64 bits: up to 14 octets stand in front of the payload.')}
<h2 id="fields">The fields</h2>
${fieldTable()}
<h2 id="opcodes">Opcodes</h2>
${opcodeTable()}
<h2 id="status-codes">Status codes of a close</h2>
<p>A body of a close begins with two octets of status code; text in UTF-8 may follow. ${clauseList(['draft-06/4.5.1/body-starts-with-status', 'draft-06/4.5.1/body-may-have-reason'])}</p>
${statusTables()}
<h2 id="masking">Masking, step by step</h2>
${maskingSteps()}
<h2 id="fragments">Fragments</h2>
<p>The first fragment names the kind, the others are continuations, and the last has FIN set. Control frames may stand between them. ${clauseList(['draft-06/4.4/fragmented', 'draft-06/4.4/control-between-fragments', 'draft-06/4.4/first-fragment-sets-type'])}</p>
${figure(fragmentsPicture())}
<p>The bytes of all ${fragmentedFrames.length} frames: <code>${hexOf(Uint8Array.from(fragmentedFrames.flatMap((frame) => [...encodeFrame(frame)])))}</code></p>
<h2 id="deflate-stream">deflate-stream</h2>
${deflatePart()}
<h2 id="examples">Examples</h2>
<p>The bytes of section 4.7 of draft-06, decoded by the model. Where the text leaves the data to the reader, it is zeros. In masked frames the second line of a cell is the octet behind the mask.</p>
${textExamples.map(exampleArticle)}
<h3 id="own-examples">What the section has no example for</h3>
<p>Encoded and decoded by the model. The key <code>${hexOf(exampleKey)}</code> is an example: a client picks another for each frame.</p>
${ownExamples.map(exampleArticle)}
<h2 id="refused">What is refused</h2>
<p>The text does not say how a receiver answers bytes that break a rule. That the answer is a close with this status code is a choice made here.</p>
${violationTable()}`,
  };
  return { pages: [page] };
}

const captions = {
  7: 'A payload of 0 to 125 bytes: two octets of header.',
  16: 'A payload of up to 65,535 bytes: four octets of header.',
  63: 'A longer payload: ten octets of header.',
} as const;

/** The first example of the text, octet by octet: clear, key and masked side by side. */
function maskingSteps(): Markup {
  const clear = encodeFrame(frameOf('text', bytesFromLatin1('Hello')));
  const wire = encodeFrame(frameOf('text', bytesFromLatin1('Hello')), { maskingKey: exampleKey });
  const rows = Array.from(clear, (octet, i) => {
    const j = i % maskingKeyLength;
    const value = (byte: number): Markup =>
      markup`<td><code>${hexOfOctet(byte)}</code> <code class="quiet">${bitsOfOctet(byte)}</code></td>`;
    return markup`<tr><th scope="row">${i}</th>${value(octet)}<td>${j}</td>${value(exampleKey[j] ?? 0)}${value(wire[i + maskingKeyLength] ?? 0)}</tr>
`;
  });
  const octets = [
    ...Array.from(exampleKey, (octet, at) => ({ wire: octet, kind: 'key' as const, says: `key ${at}` })),
    ...Array.from(wire.subarray(maskingKeyLength), (octet, i) => ({
      wire: octet,
      kind: 'data' as const,
      says: `masked ${i}`,
    })),
  ];
  return markup`<p>Octet i of the clear frame, exclusive or, octet i mod 4 of the key. The first octet of the header is octet 0. The same again unmasks. ${clauseList(['draft-06/4.2/octet-by-octet', 'draft-06/4.2/key-octet-index', 'draft-06/4.2/masked-octet'])}</p>
${table('A text frame “Hello” under the key 37 fa 21 3d', ['i', 'Clear octet i', 'i mod 4', 'Key octet', 'Masked octet i'], rows)}
<p>On the wire: the key, then what was masked.</p>
${octetStrip(octets, 'octets of the masked frame')}`;
}

/** Where the one extension of the text sits, and what it makes of a frame. */
function deflatePart(): Markup {
  const { encode } = syncDeflateTransform();
  const frame = encodeFrame(frameOf('text', bytesFromLatin1('Hello')));
  const coded: Uint8Array[] = [];
  for (let times = 0; times < 3; times++) encode(frame, (bytes) => coded.push(bytes));
  const rows = coded.map(
    (
      bytes,
      at,
    ) => markup`<tr><th scope="row">${at + 1}</th><td><code>${hexOf(frame)}</code></td><td><code>${hexOf(bytes)}</code></td></tr>
`,
  );
  return markup`<p>The one extension of the text changes no frame. It deflates the stream of their bytes, in each direction one stream from the end of the opening handshake to the end of the connection. ${clauseList(['draft-06/8.2.1/all-bytes-deflated', 'draft-06/8.2.1/control-messages-too', 'draft-06/8.2.1/not-delayed'])}</p>
${figure(streamPicture())}
${table('The same frame three times through one stream', ['Time', 'Frame', 'On the wire'], rows)}
<p>The encoder here ends each time at a byte, so that nothing waits. Another may choose other blocks: a receiver takes any that RFC 1951 has. ${clauseList(['draft-06/8.2.1/blocks-of-both-kinds'])}</p>`;
}
