import { describe, expect, test } from 'vitest';
import { concatBytes, noBytes } from '../../model/bytes.js';
import { type Frame, frameOf, isControl } from '../../model/frame.js';
import { mask } from '../../model/masking.js';
import { encodeUtf8, utf8Text } from '../../model/utf8.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type ReadingChoices, readings } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Verdict } from '../verifier/finding.js';
import { type Peer, PeerUnreachable } from '../verifier/line.js';
import { runCase } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import { type Alteration, alteredServer, laidOut, onSend } from './altered-server.js';
import { closingCases } from './closing.js';
import { closingDisorderCases } from './closing-disorder.js';
import { controlFrameCases } from './control-frames.js';
import { controlFrameLimitCases } from './control-frame-limits.js';
import { fragmentationCases } from './fragmentation.js';
import { fragmentOrderCases } from './fragment-order.js';
import { framingLengthCases } from './framing-lengths.js';
import { framingReservedCases } from './framing-reserved.js';
import { maskingCases } from './masking.js';
import { segmentationCases } from './segmentation.js';
import { statusCodeCases } from './status-codes.js';
import { utf8Cases } from './utf8.js';

const cases: readonly ConformanceCase[] = [
  ...framingLengthCases,
  ...framingReservedCases,
  ...maskingCases,
  ...fragmentationCases,
  ...fragmentOrderCases,
  ...controlFrameCases,
  ...controlFrameLimitCases,
  ...closingCases,
  ...closingDisorderCases,
  ...statusCodeCases,
  ...utf8Cases,
  ...segmentationCases,
];

const target: Target = {
  uri: { host: 'server.example', port: 8006, resourceName: '/', secure: false },
  subprotocols: [],
  fields: [],
  timeout: 1000,
};
const seed = 6;

test('ids are unique, kebab-case and under a section', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const sections = 'framing|masking|fragmentation|control|closing|status-codes|utf-8|segmentation';
  for (const id of ids) expect(id).toMatch(new RegExp(`^(${sections})/[a-z0-9]+(-[a-z0-9]+)*$`));
});

/** Runs a case by its id. */
function run(id: string, peer: Peer) {
  const found = cases.find((testCase) => testCase.id === id);
  if (found === undefined) throw new Error(`there is no case ${id}`);
  return runCase(found, peer, target, seed);
}

describe('the model in memory keeps every clause', () => {
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (_, testCase) => {
    const { verdict, reason, findings } = await runCase(testCase, memoryServer(), target, seed);
    expect([verdict, reason, findings]).toEqual([expect.stringMatching(/^(pass|informational)$/), undefined, findings]);
  });
});

describe('a case notes what the text leaves open, and nothing that it settles', () => {
  const noted = /R-\d+|unasked|huge|ping-after-close|no-echo-before-close|received-after-close|tcp-kept-open/;
  test.each(cases.map((testCase) => [testCase.id, testCase] as const))('%s', async (_, testCase) => {
    const { findings } = await runCase(testCase, memoryServer(), target, seed);
    for (const { code } of findings) expect(code).toMatch(noted);
  });
});

/** Servers that keep every clause, each in a way of its own. */
const unusual: Readonly<Record<string, () => Peer>> = {
  'spells lengths in 63 bits': () => alteredServer({ sends: (frame) => [laidOut(frame, { lengthForm: 63 })] }),
  'fragments its messages': () =>
    alteredServer({
      sends: (frame) =>
        isControl(frame.opcode)
          ? [laidOut(frame)]
          : [
              laidOut({ ...frame, fin: false, applicationData: frame.applicationData.subarray(0, 1) }),
              laidOut(frameOf('continuation')),
              laidOut(frameOf('continuation', frame.applicationData.subarray(1))),
            ],
    }),
  'greets and pings': () =>
    memoryServer((effect) =>
      effect.type === 'opened'
        ? [{ type: 'local.send', kind: 'text', data: encodeUtf8('welcome') }, { type: 'local.ping' }]
        : echoApplication(effect),
    ),
  'answers only the latest Ping of a chunk': () =>
    alteredServer({
      reads: (frames) =>
        frames.filter(({ opcode }, at) => opcode !== opcodes.ping || frames[at + 1]?.opcode !== opcodes.ping),
    }),
  'takes no message above 1000 bytes': () => memoryServer(echoApplication, { maxMessage: 1000 }),
  'sends a Close without a body': () => alteredServer({ sends: onSend('close', () => [frameOf('close')]) }),
  'sends each byte alone': () =>
    alteredServer({ sends: (frame) => Array.from(laidOut(frame), (byte) => Uint8Array.of(byte)) }),
};

/** Every reading that is a parameter of the model, under every option. */
const otherReadings = Object.entries(readings).flatMap(([name, { options }]) =>
  Object.keys(options).map((option) => [`${name}: ${option}`, { [name]: option } as Partial<ReadingChoices>] as const),
);

describe('what the text allows is never failed', () => {
  const peers: readonly (readonly [string, () => Peer])[] = [
    ...Object.entries(unusual),
    ...otherReadings.map(
      ([name, choice]) => [name, () => memoryServer(echoApplication, { readings: choice })] as const,
    ),
  ];
  test.each(peers)('%s', async (_, peer) => {
    const wrong: unknown[] = [];
    for (const testCase of cases) {
      const { id, verdict, findings } = await runCase(testCase, peer(), target, seed);
      if (verdict !== 'pass' && verdict !== 'informational') wrong.push([id, findings]);
    }
    expect(wrong).toEqual([]);
  });
});

const withBody = (frame: Frame, applicationData: Uint8Array): Frame => ({ ...frame, applicationData });
const plus = (frame: Frame, words: string): Frame =>
  withBody(frame, concatBytes([frame.applicationData, encodeUtf8(words)]));
const endedByServer = { type: 'ended' } as const;
/** Reads a chunk as if only the payload were masked, and hands on what that comes to. */
const unmaskPayload = (chunk: Uint8Array): Uint8Array => {
  const key = chunk.slice(0, 4);
  return concatBytes([key, mask(key, concatBytes([chunk.subarray(4, 6), mask(key, chunk.subarray(6))]))]);
};
const anyKey = Uint8Array.of(9, 8, 7, 6);

/** A server that delivers each Pong only when the message that was open has ended. */
function slowPongs(): Alteration {
  let held: readonly Frame[] = [];
  let isOpen = false;
  const reads = (frames: readonly Frame[]): readonly Frame[] =>
    frames.flatMap((frame) => {
      if (isControl(frame.opcode)) {
        if (!isOpen) return [frame];
        held = [...held, frame];
        return [];
      }
      isOpen = !frame.fin;
      const ready = isOpen ? [frame] : [frame, ...held];
      if (!isOpen) held = [];
      return ready;
    });
  return { reads };
}

/** A server that forgets everybody else once a frame is announced that is too long for it. */
function crashing(): Peer {
  const peer = memoryServer();
  let connections = 0;
  return {
    connect: () => (connections++ === 0 ? peer.connect() : Promise.reject(new PeerUnreachable('connection refused'))),
  };
}

type Fault = readonly [what: string, peer: () => Peer, id: string, clause: ClauseId, verdict?: Verdict];

const altered =
  (alteration: Alteration): (() => Peer) =>
  () =>
    alteredServer(alteration);

/** Servers that break one clause, and the case that says so. */
const faults: readonly Fault[] = [
  [
    'Pong with another body',
    altered({ sends: onSend('pong', (frame) => [plus(frame, '!')]) }),
    'control/ping-of-1',
    'draft-06/4.5.2/pong-echoes-body',
  ],
  ['no Pong', altered({ sends: onSend('pong', () => []) }), 'control/ping-of-0', 'draft-06/4.5.2/ping-answered'],
  [
    'no Pong for a Ping before a Close',
    altered({ reads: withoutPingsBeforeClose }),
    'control/ping-then-close',
    'draft-06/4.5.2/ping-answered',
  ],
  [
    'Pong twice',
    altered({ sends: onSend('pong', (frame) => [frame, frame]) }),
    'control/one-pong-for-a-ping',
    'draft-06/4.5.3/pong-only-for-latest-ping',
  ],
  [
    'Pongs in the wrong order',
    altered({ reads: (frames) => frames.toReversed() }),
    'control/three-pings-in-one-chunk',
    'draft-06/4.5.3/pong-only-for-latest-ping',
  ],
  [
    'Pong behind the message',
    () => alteredServer(slowPongs()),
    'control/ping-inside-message',
    'draft-06/4.5.2/ping-answered-soon',
    'advisory',
  ],
  [
    'fragmented Pong',
    altered({ sends: onSend('pong', (frame) => [{ ...frame, fin: false }]) }),
    'control/ping-of-1',
    'draft-06/4.5/control-not-fragmented',
  ],
  [
    'long Pong',
    altered({ sends: onSend('pong', (frame) => [plus(frame, '!')]) }),
    'control/ping-of-125',
    'draft-06/4.5/control-at-most-125',
  ],
  ...[Uint8Array.of(0x5a, 1, 2, 3), Uint8Array.of(0, 0, 0, 0), Uint8Array.of(0x83, 0x10, 0, 0)].map(
    (maskingKey): Fault => [
      `masked frames, key ${maskingKey.join('.')}`,
      altered({ sends: (frame) => [laidOut(frame, { maskingKey })] }),
      'masking/server-frames-clear',
      'draft-06/4.1/server-frames-clear',
    ],
  ),
  [
    'reserved bit in its frames',
    altered({ sends: (frame) => [laidOut({ ...frame, rsv4: true })] }),
    'framing/frames-of-the-server',
    'draft-06/4.1/reserved-bits-zero',
  ],
  [
    'reserved opcode',
    altered({ sends: onSend('close', (frame) => [{ ...frame, opcode: 9 }]) }),
    'framing/frames-of-the-server',
    'draft-06/4.1/reserved-opcodes-unused',
  ],
  [
    'echo cut by a byte',
    altered({ sends: onSend('text', (frame) => [withBody(frame, frame.applicationData.subarray(1))]) }),
    'framing/length-125-text',
    'draft-06/4.3/length-7',
  ],
  [
    'echo as binary',
    altered({ sends: onSend('text', (frame) => [{ ...frame, opcode: opcodes.binary }]) }),
    'framing/opcode-text',
    'draft-06/4.3/opcode',
  ],
  [
    'no message of 65536 bytes',
    altered({ reads: (frames) => frames.filter((frame) => frame.applicationData.length < 65_536) }),
    'framing/length-65536-binary',
    'draft-06/4.3/length-63',
  ],
  ['others are not served', crashing, 'framing/length-2-to-the-62', 'draft-06/4.5.2/ping-answered'],
  [
    'goes on after reserved bits',
    altered({ takes: withoutReservedBits }),
    'framing/rsv1-on-text',
    'draft-06/9/disconnect-on-bad-data',
    'advisory',
  ],
  [
    'unmasks only the payload',
    altered({ takes: unmaskPayload }),
    'masking/clear-header',
    'draft-06/4.2/mask-whole-frame',
  ],
  [
    'unmasks only the payload (seen in echoes)',
    altered({ takes: unmaskPayload }),
    'masking/random-key',
    'draft-06/4.2/mask-whole-frame',
  ],
  [
    'does not unmask',
    altered({ takes: (chunk) => concatBytes([anyKey, mask(anyKey, chunk)]) }),
    'masking/clear-text',
    'draft-06/4.2/mask-whole-frame',
  ],
  [
    'does not unmask (seen in a Pong)',
    altered({ takes: (chunk) => concatBytes([anyKey, mask(anyKey, chunk)]) }),
    'masking/clear-ping',
    'draft-06/4.2/mask-whole-frame',
  ],
  [
    'first frame of a chunk only',
    altered({ reads: (frames) => frames.slice(0, 1) }),
    'segmentation/200-frames-in-one-chunk',
    'draft-06/4.4/receive-both',
  ],
  [
    'first frame of a chunk only',
    altered({ reads: (frames) => frames.slice(0, 1) }),
    'masking/ten-keys-in-one-chunk',
    'draft-06/4.2/key-inside-frame',
  ],
  [
    'chunks for frames',
    altered({ takes: (chunk) => (chunk.length < 6 ? noBytes : chunk) }),
    'segmentation/byte-by-byte-7-bits',
    'draft-06/4.4/receive-both',
  ],
  [
    'ignores continuations',
    altered({ reads: onlyFirstFragments }),
    'fragmentation/text-in-2',
    'draft-06/4.4/receive-both',
  ],
  [
    'loses empty fragments',
    altered({ reads: (frames) => frames.filter(({ applicationData }) => applicationData.length > 0) }),
    'fragmentation/text-last-empty',
    'draft-06/4.4/receive-both',
  ],
  [
    'fragment by fragment as text',
    altered({ reads: decodedAlone }),
    'utf-8/fragments-cut-3-bytes-at-1',
    'draft-06/4.4/content-is-concatenation',
  ],
  [
    'text that is not UTF-8',
    altered({ sends: onSend('text', (frame) => [withBody(frame, Uint8Array.of(0xff))]) }),
    'utf-8/u-0080',
    'draft-06/4.6/text-is-utf-8',
  ],
  [
    'binary read as text',
    altered({ reads: (frames) => frames.map((frame) => withBody(frame, encodeUtf8(utf8Text(frame.applicationData)))) }),
    'utf-8/binary-every-byte',
    'draft-06/4.6/binary-is-opaque',
  ],
  [
    'Close not answered',
    altered({ sends: onSend('close', () => []) }),
    'closing/without-body',
    'draft-06/4.5.1/close-answered',
  ],
  [
    'Close not answered, TCP neither',
    altered({ reads: (frames) => frames.filter(({ opcode }) => opcode !== opcodes.close) }),
    'closing/crossing-closes',
    'draft-06/4.5.1/simultaneous-close',
    'advisory',
  ],
  [
    'Close answered by the end of TCP when it has a certain status',
    altered({ sends: onSend('close', () => [endedByServer]) }),
    'status-codes/3000',
    'draft-06/4.5.1/close-answered',
  ],
  [
    'data after its Close',
    altered({ sends: onSend('close', (frame) => [frame, frameOf('text', encodeUtf8('one more thing'))]) }),
    'closing/without-body',
    'draft-06/4.5.1/no-data-after-close',
  ],
  [
    'Close with a body of one byte',
    altered({ sends: onSend('close', (frame) => [withBody(frame, Uint8Array.of(3))]) }),
    'closing/with-status',
    'draft-06/4.5.1/body-starts-with-status',
  ],
  [
    'Close with status 999',
    altered({ sends: onSend('close', (frame) => [withBody(frame, Uint8Array.of(3, 0xe7))]) }),
    'closing/with-status',
    'draft-06/4.5.1/body-starts-with-status',
  ],
  [
    'TCP kept open',
    altered({ ends: () => ({ type: 'silence' }) }),
    'closing/server-ends-tcp',
    'draft-06/4.5.1/drop-after-both',
    'advisory',
  ],
  [
    'TCP broken',
    altered({ ends: () => ({ type: 'lost', why: 'ECONNRESET' }) }),
    'closing/server-ends-tcp',
    'draft-06/7.1.1/clean-tcp-close',
    'advisory',
  ],
];

function withoutPingsBeforeClose(frames: readonly Frame[]): readonly Frame[] {
  return frames.some(({ opcode }) => opcode === opcodes.close)
    ? frames.filter(({ opcode }) => opcode !== opcodes.ping)
    : frames;
}

/** Clears the reserved bits of the first header byte. */
function withoutReservedBits(chunk: Uint8Array): Uint8Array {
  const changed = chunk.slice();
  const [first = 0, , , , fifth = 0] = chunk;
  changed[4] = ((fifth ^ first) & 0x8f) ^ first;
  return changed;
}

function onlyFirstFragments(frames: readonly Frame[]): readonly Frame[] {
  return frames.flatMap((frame) => (frame.opcode === opcodes.continuation ? [] : [{ ...frame, fin: true }]));
}

/** Reads each fragment as text of its own. */
function decodedAlone(frames: readonly Frame[]): readonly Frame[] {
  return frames.map((frame) => withBody(frame, encodeUtf8(utf8Text(frame.applicationData))));
}

describe('a server that breaks a clause is told which', () => {
  test.each(faults.map((fault) => ({ name: `${fault[0]}: ${fault[2]}`, fault })))('$name', async ({ fault }) => {
    const [, peer, id, clause, verdict = 'fail'] = fault;
    const result = await run(id, peer());
    expect(result.findings.map((finding) => [finding.clause, finding.verdict])).toContainEqual([clause, verdict]);
    expect(result.verdict).toBe(verdict);
    // Blamed is that clause alone, apart from what is only a consequence.
    expect(result.findings.filter((finding) => finding.verdict === 'fail').length).toBeLessThanOrEqual(2);
  });
});

test('a server that closes with 1004 has a limit, and that is its right', async () => {
  const { verdict, findings } = await run(
    'framing/length-65536-text',
    memoryServer(echoApplication, { maxMessage: 0xffff }),
  );
  expect([verdict, findings[0]?.clause]).toEqual(['informational', 'draft-06/7.4.1/1004-too-large']);
});

test('a Pong of ours does not fall into a frame that is being sent in pieces', async () => {
  const pinging: Peer = memoryServer((effect) =>
    effect.type === 'opened' ? [{ type: 'local.ping' }] : echoApplication(effect),
  );
  expect(await run('segmentation/byte-by-byte-7-bits', pinging)).toMatchObject({ verdict: 'pass' });
});

test('there are cases enough', () => {
  expect(cases.length).toBeGreaterThanOrEqual(110);
});
