import { concatBytes } from '../../model/bytes.js';
import type { Frame } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import type { ClauseId } from '../../spec/clauses.js';
import { opcodes } from '../../spec/wire.js';
import type { ClientPeer } from '../verifier/line.js';
import { alteredClient, deafTo, reading, sending, withBody } from './altered-client-frames.js';
import { clientFault, type ClientFault } from './fault.js';
import { inTwoFragments, slowPongs } from './unusual-line.js';

const plus = (frame: Frame, words: string): Frame => ({
  ...frame,
  applicationData: concatBytes([frame.applicationData, encodeUtf8(words)]),
});

type Row = readonly [name: string, clause: ClauseId, says: string, client: () => ClientPeer];

const pings: readonly Row[] = [
  ['no-pong', 'draft-06/4.5.2/ping-answered', 'Answers no Ping.', sending(['pong'], () => [])],
  [
    'no-pong-for-an-empty-ping',
    'draft-06/4.5.2/ping-answered',
    'Does not answer a Ping without a body.',
    deafTo(({ opcode, applicationData }) => opcode === opcodes.ping && applicationData.length === 0),
  ],
  [
    'no-pong-before-close',
    'draft-06/4.5.2/ping-answered',
    'Reads the Close in a chunk first.',
    alteredClient(() => ({
      reads: (frames) =>
        frames.some(({ opcode }) => opcode === opcodes.close)
          ? frames.filter(({ opcode }) => opcode !== opcodes.ping)
          : frames,
    })),
  ],
  [
    'empty-pongs',
    'draft-06/4.5.2/pong-echoes-body',
    'Sends empty Pongs.',
    sending(['pong'], (frame) => [withBody(frame)]),
  ],
  [
    'pongs-cut',
    'draft-06/4.5.2/pong-echoes-body',
    'Cuts the body of a Pong behind 124 bytes.',
    sending(['pong'], (frame) => [{ ...frame, applicationData: frame.applicationData.subarray(0, 124) }]),
  ],
  [
    'pongs-as-text',
    'draft-06/4.5.2/pong-echoes-body',
    'Takes the body of a Ping for text.',
    sending(['pong'], (frame) => [
      plus({ ...frame, applicationData: new Uint8Array(0) }, new TextDecoder().decode(frame.applicationData)),
    ]),
  ],
  [
    'pong-twice',
    'draft-06/4.5.3/pong-only-for-latest-ping',
    'Sends each Pong twice.',
    sending(['pong'], (frame) => [frame, frame]),
  ],
  [
    'pongs-in-reverse',
    'draft-06/4.5.3/pong-only-for-latest-ping',
    'Answers the latest Ping of a chunk first.',
    alteredClient(() => ({ reads: (frames) => frames.toReversed() })),
  ],
  [
    'pongs-wait',
    'draft-06/4.5.2/ping-answered-soon',
    'Answers a Ping when the message has ended.',
    alteredClient(slowPongs),
  ],
  [
    'pong-without-fin',
    'draft-06/4.5/control-not-fragmented',
    'Sends Pongs without FIN.',
    sending(['pong'], (frame) => [{ ...frame, fin: false }]),
  ],
  [
    'pong-in-two',
    'draft-06/4.4/control-not-fragmented',
    'Sends Pongs in two fragments.',
    sending(['pong'], inTwoFragments),
  ],
  [
    'long-pong',
    'draft-06/4.5/control-at-most-125',
    'Adds a byte to each Pong.',
    sending(['pong'], (frame) => [plus(frame, '!')]),
  ],
  [
    'pongs-answered',
    'draft-06/4.3/opcode-3-pong',
    'Answers a Pong with a Pong.',
    reading((frame) => [frame.opcode === opcodes.pong ? { ...frame, opcode: opcodes.ping } : frame]),
  ],
  [
    'pings-unheard',
    'draft-06/4.3/opcode-2-ping',
    'Does not know opcode 2.',
    deafTo(({ opcode }) => opcode === opcodes.ping),
  ],
  [
    'pings-for-the-application',
    'draft-06/4.5/control-carries-state',
    'Hands the body of a Ping to the application.',
    reading((frame) => [frame.opcode === opcodes.ping ? { ...frame, opcode: opcodes.text } : frame]),
  ],
];

/** Section 4.5: control frames. */
export const clientControlFaults: readonly ClientFault[] = pings.map(([name, clause, says, client]) =>
  clientFault(`client-control/${name}`, clause, says, client),
);
