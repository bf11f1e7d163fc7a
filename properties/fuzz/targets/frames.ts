import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { concatBytes } from '../../../model/bytes.js';
import { explainDecoded } from '../../../model/explain.js';
import { createDecoder, type DecodedFrame, decodeFrames, type Decoding } from '../../../model/frame-decoder.js';
import { layOutFrame } from '../../../model/frame-encoder.js';
import { hostileBytes } from '../../arbitraries/hostile-bytes.js';
import { absurdLengths, hostileFrames } from '../../arbitraries/hostile-frames.js';
import { retainedBytes } from '../retained.js';
import { cutUp, demand, type FuzzTarget, guided, leading } from '../target.js';
import { vectorInputs } from '../vector-bytes.js';

/** Whether the flags ask for masked frames. */
const maskedFlag = 1;

/** The frame decoder: both directions, with a large and a small limit. */
export const framesTarget: FuzzTarget = {
  name: 'frames',
  says: 'the frame decoder, clear and masked',
  weight: 10,
  maxLength: 2048,
  seeds: (seed) => [
    ...vectorInputs('frames').map(({ wire = '' }, at) => leading(new Uint8Array(Buffer.from(wire, 'hex')), at % 4)),
    ...fc.sample(hostileFrames(), { seed, numRuns: 100 }).map((bytes) => leading(bytes, 0)),
    ...fc.sample(absurdLengths(), { seed, numRuns: 30 }).map((bytes) => leading(bytes, 2)),
    ...fc.sample(hostileBytes('server'), { seed, numRuns: 100 }).map((bytes) => leading(bytes, maskedFlag)),
  ],
  words: [
    [0x84, 0x05],
    [0x89, 0x00],
    [0x81, 0x00],
    [0x05, 0x7e],
    [0x80, 0x7f],
    [0x00, 0x00],
  ].map((word) => Uint8Array.from(word)),
  check: (input) => {
    const { bytes, flags, readings, isDefault, isClose } = guided(input);
    const masked = (flags & maskedFlag) !== 0;
    const options = { masked, maxPayload: (flags & 2) === 0 ? 2 ** 31 : 64, readings };
    const whole = decodeFrames(createDecoder(options), bytes);
    checkLayout(whole, bytes, options.maxPayload);
    if (!isClose) return;
    for (const decoded of whole.frames) {
      explainDecoded(decoded, masked ? 'client' : 'server');
      if (isDefault) checkWritten(decoded, bytes);
    }
    const cut = decodeCut(options, bytes);
    demand(isDeepStrictEqual(cut.frames, whole.frames), 'cutting the bytes gives other frames');
    demand(isDeepStrictEqual(cut.violation, whole.violation), 'cutting the bytes gives another violation');
    demand(retainedBytes(cut.decoder) <= 3 * bytes.length + 65_536, 'the decoder keeps more than came');
  },
};

function checkLayout({ frames, decoder, violation }: Decoding, bytes: Uint8Array, most: number): void {
  let offset = 0;
  for (const decoded of frames) {
    demand(decoded.offset === offset, 'a frame stands at another offset than the end of the one before');
    const { applicationData, extensionData } = decoded.frame;
    demand(applicationData.length + extensionData.length <= most, 'a payload is larger than the limit');
    offset += decoded.length;
  }
  demand(offset <= bytes.length, 'the frames are longer than the bytes');
  demand(decoder.failed === (violation !== undefined), 'the decoder does not know whether it failed');
}

/** A frame that was read is written as it stood. */
function checkWritten({ frame, offset, length, lengthForm, maskingKey }: DecodedFrame, bytes: Uint8Array): void {
  const written = layOutFrame(frame, { lengthForm, ...(maskingKey === undefined ? {} : { maskingKey }) });
  demand(
    Buffer.compare(written, bytes.subarray(offset, offset + length)) === 0,
    'a frame is not written as it was read',
  );
}

function decodeCut(options: Parameters<typeof createDecoder>[0], bytes: Uint8Array): Decoding {
  let decoder = createDecoder(options);
  const frames: DecodedFrame[] = [];
  let violation: Decoding['violation'];
  for (const piece of cutUp(bytes)) {
    const decoding = decodeFrames(decoder, piece);
    decoder = decoding.decoder;
    frames.push(...decoding.frames);
    violation ??= decoding.violation;
  }
  return { decoder, frames: frames.map(detached), ...(violation === undefined ? {} : { violation }) };
}

/** A frame whose bytes are in memory of their own, as those of the other decoding are to be compared with. */
function detached(decoded: DecodedFrame): DecodedFrame {
  const { extensionData, applicationData } = decoded.frame;
  const frame = {
    ...decoded.frame,
    extensionData: concatBytes([extensionData]),
    applicationData: concatBytes([applicationData]),
  };
  return { ...decoded, frame };
}
