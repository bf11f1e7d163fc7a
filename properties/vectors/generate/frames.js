import { frameExamples } from './frames-examples.js';
import { randomGroups } from './frames-random.js';
import { singleFrameGroups } from './frames-single.js';
import { streamGroups } from './frames-streams.js';
import { judgeFrames } from './judge-frames.js';
/** Frames and the messages that they make: draft-06 section 4. */
export const frames = {
    name: 'frames',
    about: 'Bytes behind the opening handshake, no extension being in use, and the frames and messages in them (draft-06 section 4).',
    flags: {
        DraftExample: 'An example of draft-06 section 4.7.',
        LengthBoundary: 'The payload length stands at or beside a boundary, in the shortest form.',
        NonMinimalLength: 'The payload length takes a longer form than it needs (reading R-401).',
        LengthHighBit: 'The highest bit of the 64-bit payload length is set.',
        HugeLength: 'A payload length is announced that few could hold. By the text the receiver waits for the payload; one with a limit may refuse at once, best with the status code 1004, and is right too.',
        ReservedBit: 'A reserved bit is set.',
        ReservedOpcode: 'The opcode is one of 6 to 15.',
        FragmentedControl: 'A control frame has FIN clear.',
        LongControl: 'A control frame announces more than 125 bytes.',
        SeveralFaults: 'A frame breaks more than one rule. The vector names the one that shows first, bit by bit; to name another is right too.',
        Truncated: 'The stream ends where a frame is not complete, or has not begun.',
        Fragmented: 'A message comes in several frames.',
        EmptyFragment: 'A data frame without payload.',
        ControlBetweenFragments: 'A control frame stands inside a fragmented message.',
        UnfinishedMessage: 'The stream ends inside a message, between two frames.',
        OrphanContinuation: 'A continuation frame comes while no message is open (reading R-402).',
        InterleavedMessage: 'A new data frame comes while a message is open (reading R-403).',
        PeculiarKey: 'The masking key is chosen to show mistakes; a client draws its keys at random.',
        Random: 'Drawn from a seeded source.',
    },
    readings: ['nonMinimalLength', 'orphanContinuation', 'interleavedMessage'],
    groups: [frameExamples, ...singleFrameGroups, ...streamGroups, ...randomGroups],
    judge: judgeFrames,
};
