import { concatBytes } from '../../model/bytes.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { maxControlPayload } from '../../spec/wire.js';
import { laidOut, onSend } from '../conformance/altered-server.js';
import { altered, type ServerFault, serverFault } from './fault.js';

/** A server that masks its frames, always by the same key. */
const maskingBy = (...maskingKey: readonly number[]) =>
  altered({ sends: (frame) => [laidOut(frame, { maskingKey: Uint8Array.from(maskingKey) })] });

/** Sections 4.1 and 4.5: what looks right at first sight. */
export const plausibleFrameFaults: readonly ServerFault[] = [
  serverFault(
    'messages/frames-masked-as-by-a-short-pong',
    'draft-06/4.1/server-frames-clear',
    'Masks its frames by a key that reads as the header of a Pong of two bytes.',
    maskingBy(0x83, 2, 0, 0),
  ),
  serverFault(
    'messages/frames-masked-as-by-a-long-pong',
    'draft-06/4.1/server-frames-clear',
    'Masks its frames by a key that reads as the header of a Pong of sixteen bytes.',
    maskingBy(0x83, 0x10, 0, 0),
  ),
  serverFault(
    'closing/pong-with-more',
    'draft-06/4.5.2/pong-echoes-body',
    'Adds a byte to the body of each Pong that has room for it.',
    altered({
      sends: onSend('pong', (frame) => {
        const { applicationData } = frame;
        const hasRoom = applicationData.length < maxControlPayload;
        return [hasRoom ? { ...frame, applicationData: concatBytes([applicationData, encodeUtf8('!')]) } : frame];
      }),
    }),
  ),
];
