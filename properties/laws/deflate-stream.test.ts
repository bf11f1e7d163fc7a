import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { deflateTransform } from '../../impl/deflate.js';
import { concatBytes } from '../../model/bytes.js';
import type { ByteTransform } from '../../model/byte-transform.js';
import type { Connection, Effect, EndpointOptions, Input } from '../../model/connection.js';
import { type Frame, frameOf } from '../../model/frame.js';
import { layOutFrame } from '../../model/frame-encoder.js';
import { isPossible, step } from '../../model/step.js';
import { deflated } from '../arbitraries/deflate.js';
import { frameStreams } from '../arbitraries/frame.js';
import { sentMessages } from '../arbitraries/input.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import {
  createDeflater,
  createInflater,
  decodeAtOnce,
  encodeAtOnce,
  inflateAll,
  syncDeflateStream,
  syncDeflateTransform,
} from '../drivers/deflate.js';
import { sampleOffer } from '../simulation/reach.js';
import { after, bytesTo, headTo } from '../simulation/reach.js';
import { law } from './law.js';

const acceptance = { extensions: [{ name: 'deflate-stream', parameters: [] }] };

/** A server whose client was granted compression. */
function compressingServer(options: EndpointOptions = {}): Connection {
  const [connection] = after(
    { role: 'server', extensions: [syncDeflateStream], ...options },
    { type: 'bytes', bytes: openingOf('deflate-stream') },
    { type: 'local.accept', acceptance },
  );
  return connection;
}

/** The opening handshake of a client that offers an extension in place of the sample's. */
function openingOf(name: string): Uint8Array {
  const text = Buffer.from(headTo('server')).toString('latin1');
  return Uint8Array.from(Buffer.from(text.replace('x-sample', name), 'latin1'));
}

/** Puts segments into a connection, and decodes what it asks for. */
function receive(connection: Connection, transform: ByteTransform, segments: readonly Uint8Array[]) {
  const effects: Effect[] = [];
  let now = connection;
  const feed = (input: Input): void => {
    const [next, more] = step(now, input);
    now = next;
    for (const effect of more) {
      if (effect.type === 'decode') decodeAtOnce(transform, effect.bytes, feed);
      else effects.push(effect);
    }
  };
  for (const bytes of segments) feed({ type: 'bytes', bytes });
  return { connection: now, effects };
}

const messagesIn = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.type === 'message' ? [effect.message.bytes] : []));

const maskedBytes = (frames: readonly Frame[]): readonly Uint8Array[] =>
  frames.map((frame) => bytesTo('server', frame));

/** The frames of some messages, with a Ping behind each. */
function talks(): fc.Arbitrary<readonly Frame[]> {
  return fc
    .array(sentMessages(), { maxLength: 5 })
    .map((messages) =>
      messages.flatMap((inputs) => [
        ...inputs.flatMap((input, at) =>
          input.type === 'local.send'
            ? [frameOf(at === 0 ? input.kind : 'continuation', input.data, at === inputs.length - 1)]
            : [],
        ),
        frameOf('ping', Uint8Array.of(1)),
      ]),
    );
}

/** What either library makes of bytes, in the end. */
const encodeWith = (transform: ByteTransform, clear: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve) => {
    transform.encode(clear, resolve);
  });

async function decodeWith(transform: ByteTransform, coded: Uint8Array) {
  const pieces: Uint8Array[] = [];
  for (let input = coded; ; input = new Uint8Array(0)) {
    const decoded = await new Promise<Parameters<Parameters<ByteTransform['decode']>[1]>[0]>((resolve) => {
      transform.decode(input, resolve);
    });
    if (decoded.kind === 'wrong') return { pieces, wrong: decoded.says };
    pieces.push(decoded.bytes);
    if (!decoded.more) return { pieces };
  }
}

law(
  'what goes over the wire inflates, by another library, to the frames that were sent, each as soon as it was sent',
  [
    'draft-06/8.2.1/all-bytes-deflated',
    'draft-06/8.2.1/control-messages-too',
    'draft-06/8.2.1/not-delayed',
    'draft-06/4.2/mask-whole-frame',
  ],
  async () => {
    await fc.assert(
      fc.asyncProperty(frameStreams({ maxLength: 300 }), async ({ frames }) => {
        const transform = deflateTransform();
        const inflate = createInflater();
        for (const { frame, layout } of frames) {
          const clear = layOutFrame(frame, layout);
          expect(inflateAll(inflate, await encodeWith(transform, clear)).clear).toEqual(clear);
        }
        transform.close();
      }),
      { numRuns: 40 },
    );
  },
);

describe('whatever level, strategy, window and flush a sender chooses', () => {
  law(
    'the messages are those that were sent, however the bytes are cut',
    [
      'draft-06/8.2.1/blocks-of-both-kinds',
      'draft-06/8.2.1/messages-may-share-byte',
      'draft-06/8.2.1/control-messages-too',
      'draft-06/8.2.1/all-bytes-deflated',
    ],
    () => {
      const server = compressingServer();
      const sent = talks().chain((frames) =>
        deflated(maskedBytes(frames)).chain((coded) =>
          segmentationsOf(concatBytes(coded)).map((segments) => ({ frames, segments })),
        ),
      );
      fc.assert(
        fc.property(sent, ({ frames, segments }) => {
          const clear = receive(compressingServer({ extensions: [] }), syncDeflateTransform(), maskedBytes(frames));
          const { effects } = receive(server, syncDeflateTransform(), segments);
          expect(effects).toEqual(clear.effects);
        }),
        { numRuns: 80 },
      );
    },
  );

  law(
    'each message is read as soon as its last byte has come, also where the next one begins in that byte',
    ['draft-06/8.2.1/not-delayed', 'draft-06/8.2.1/messages-may-share-byte'],
    () => {
      const server = compressingServer();
      const sent = talks().chain((frames) => deflated(maskedBytes(frames)).map((coded) => ({ frames, coded })));
      fc.assert(
        fc.property(sent, ({ frames, coded }) => {
          const transform = syncDeflateTransform();
          let now = server;
          for (const [at, bytes] of coded.entries()) {
            const { connection, effects } = receive(now, transform, [bytes]);
            now = connection;
            const [read, ...others] = effects.flatMap((effect) => (effect.type === 'frame-read' ? [effect] : []));
            expect(read?.decoded.frame).toEqual(frames[at]);
            expect(others).toEqual([]);
          }
        }),
        { numRuns: 60 },
      );
    },
  );

  law(
    'both libraries read the same',
    ['draft-06/8.2.1/blocks-of-both-kinds', 'draft-06/8.2.1/all-bytes-deflated'],
    async () => {
      const streams = fc
        .array(fc.uint8Array({ maxLength: 400 }), { maxLength: 4 })
        .chain((pieces) =>
          deflated(pieces).chain((coded) =>
            segmentationsOf(concatBytes(coded)).map((segments) => ({ clear: concatBytes(pieces), segments })),
          ),
        );
      await fc.assert(
        fc.asyncProperty(streams, async ({ clear, segments }) => {
          const transform = deflateTransform();
          const pieces: Uint8Array[] = [];
          for (const segment of segments) pieces.push(...(await decodeWith(transform, segment)).pieces);
          expect(concatBytes(pieces)).toEqual(clear);
          transform.close();
        }),
        { numRuns: 25 },
      );
    },
  );
});

law(
  'behind a last block a new series of blocks begins, in the same bytes or later',
  ['draft-06/8.2.1/blocks-of-both-kinds', 'draft-06/8.2.1/all-bytes-deflated'],
  async () => {
    // Stored blocks that are marked as the last, and an empty one of fixed codes.
    const stored = (text: string): Uint8Array =>
      Uint8Array.of(1, text.length, 0, 255 - text.length, 255, ...Buffer.from(text));
    const chunks = [concatBytes([stored('one'), stored('two')]), Uint8Array.of(3, 0), stored('three')];
    for (const transform of [deflateTransform(), syncDeflateTransform()]) {
      const read: Uint8Array[] = [];
      for (const chunk of chunks) read.push(...(await decodeWith(transform, chunk)).pieces);
      expect(Buffer.concat(read).toString()).toBe('onetwothree');
      transform.close();
    }
  },
);

law(
  'what is no stream of RFC 1951 is a violation and never an exception, and everything before it was read',
  ['draft-06/8.2.1/all-bytes-deflated', 'draft-06/9/disconnect-on-bad-data', 'draft-06/7.4.1/1002-protocol-error'],
  async () => {
    const server = compressingServer();
    const first = createDeflater()(bytesTo('server', frameOf('text', Uint8Array.of(0x61))));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (noise) => {
        const broken = concatBytes([first, noise, Uint8Array.of(0x07)]);
        const { effects } = receive(server, syncDeflateTransform(), [broken]);
        expect(messagesIn(effects).slice(0, 1)).toEqual([Uint8Array.of(0x61)]);
      }),
      { numRuns: 60 },
    );
    const { effects, connection } = receive(server, syncDeflateTransform(), [first, Uint8Array.of(0x07), first]);
    expect(connection.state).toBe('closing.failing');
    expect(effects.find(({ type }) => type === 'violation')).toMatchObject({
      violation: { code: 'undecodable-stream' },
    });
    expect(messagesIn(effects)).toEqual([Uint8Array.of(0x61)]);
    const transform = deflateTransform();
    expect((await decodeWith(transform, Uint8Array.of(0x07))).wrong).toBe('invalid block type');
    expect((await decodeWith(transform, first)).wrong).toBe('invalid block type');
    transform.close();
  },
);

law(
  'a stream that grows out of all proportion is refused with 1004, and grows by small pieces until then',
  ['draft-06/9/disconnect-on-bad-data', 'draft-06/9/input-not-trusted', 'draft-06/7.4.1/1004-too-large'],
  async () => {
    const empty = bytesTo('server', frameOf('ping'), new Uint8Array(4));
    const bomb = createDeflater()(Buffer.concat(Array<Uint8Array>(100_000).fill(empty)));
    const server = compressingServer({ maxMessage: 50_000, maxExpansion: 10 });
    const { effects, connection } = receive(server, syncDeflateTransform(), [bomb]);
    const limit = 50_000 + 10 * bomb.length;
    expect(effects.filter(({ type }) => type === 'frame-read').length).toBeLessThanOrEqual(limit / empty.length);
    expect(effects.find(({ type }) => type === 'violation')).toMatchObject({
      violation: { code: 'expansion-too-large' },
    });
    expect(connection.closeSent?.status).toBe(1004);
    const patient = receive(compressingServer({ maxExpansion: Infinity }), syncDeflateTransform(), [bomb]);
    expect(patient.effects.filter(({ type }) => type === 'frame-read')).toHaveLength(100_000);
    for (const transform of [deflateTransform(), syncDeflateTransform()]) {
      const { pieces } = await decodeWith(transform, bomb);
      expect(Math.max(...pieces.map(({ length }) => length))).toBeLessThanOrEqual(65_536);
      transform.close();
    }
  },
);

law(
  'bytes that come with the answer of the server are read through the extension that it accepts',
  ['draft-06/8.2.1/all-bytes-deflated', 'draft-06/8.1/response-is-in-use', 'draft-06/8.1/only-if-accepted'],
  () => {
    const offer = { ...sampleOffer, extensions: acceptance.extensions };
    const answer = Buffer.from(headTo('client'))
      .toString('latin1')
      .replace('\r\n\r\n', '\r\nSec-WebSocket-Extensions: NAME\r\n\r\n');
    const answered = (list: string): Uint8Array => Uint8Array.from(Buffer.from(answer.replace('NAME', list), 'latin1'));
    const [waiting] = after({ role: 'client', offer, extensions: [syncDeflateStream] }, { type: 'transport.opened' });
    const message = layOutFrame(frameOf('text', Uint8Array.of(0x68)));
    const coded = encodeAtOnce(syncDeflateTransform(), message);
    const chunk = concatBytes([answered('deflate-stream'), coded]);
    expect(messagesIn(receive(waiting, syncDeflateTransform(), [chunk]).effects)).toEqual([Uint8Array.of(0x68)]);
    const uncoded = concatBytes([headTo('client'), message]);
    expect(messagesIn(receive(waiting, syncDeflateTransform(), [uncoded]).effects)).toEqual([Uint8Array.of(0x68)]);
    const wrong = receive(waiting, syncDeflateTransform(), [answered('deflate-stream; level=9')]);
    expect(wrong.effects[1]).toMatchObject({ violation: { code: 'bad-extension-answer' } });
  },
);

law('frames that an extension in use refuses end the connection', ['draft-06/8.1/response-is-in-use'], () => {
  const strict = {
    name: 'x-strict',
    answer: () => [],
    frames: () => ({ receive: (frame: Frame) => (frame.opcode === 5 ? undefined : frame) }),
  };
  const [server] = after(
    { role: 'server', extensions: [strict] },
    { type: 'bytes', bytes: openingOf('x-strict') },
    { type: 'local.accept', acceptance: { extensions: [{ name: 'x-strict', parameters: [] }] } },
  );
  const [failed, effects] = step(server, { type: 'bytes', bytes: bytesTo('server', frameOf('binary')) });
  expect(failed.state).toBe('closing.failing');
  expect(effects.find(({ type }) => type === 'violation')).toMatchObject({
    violation: { code: 'refused-by-extension' },
  });
});

law('nothing is decoded for a connection that reads no frames any more', ['draft-06/7.1.3/closed'], () => {
  const [lost] = step(compressingServer(), { type: 'transport.lost' });
  for (const input of [
    { type: 'decoded', bytes: Uint8Array.of(0x81) },
    { type: 'undecodable', says: 'late' },
    { type: 'bytes', bytes: Uint8Array.of(1) },
    { type: 'continue' },
  ] as const) {
    expect(step(lost, input)).toEqual([lost, []]);
    expect(isPossible(lost, input.type)).toBe(false);
  }
  const server = compressingServer();
  expect(step(server, { type: 'bytes', bytes: new Uint8Array(0) })).toEqual([server, []]);
});
