import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import { frameOf } from '../../model/frame.js';
import { fragmentMessage } from '../../model/fragmentation.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { parseUri } from '../../model/uri.js';
import { opcodes } from '../../spec/wire.js';
import { socketServer } from '../drivers/socket-server.js';
import type { Conversation, PeerEvent } from '../verifier/conversation.js';
import { randomnessOf } from '../verifier/randomness.js';
import { createRecorder } from '../verifier/recorder.js';
import { createTester, type Tester } from '../verifier/tester.js';
import { law } from './law.js';

let server: ReferenceServer;
beforeAll(async () => {
  server = await startServer({ port: 0, maxMessage: 70_000, maxConnections: 50 });
});
afterAll(() => server.stop());

/** Runs with a tester towards the server at a path; whatever the server sends wrong fails the test. */
async function withTester(path: string, run: (tester: Tester) => Promise<void>, to = server): Promise<void> {
  const parsed = parseUri(`ws://127.0.0.1:${to.port}${path}`);
  if (!parsed.ok) throw new Error(parsed.refusal.says);
  const recorder = createRecorder();
  const target = { uri: parsed.uri, subprotocols: [], fields: [], timeout: 5000 };
  const { tester, cleanUp } = createTester(
    socketServer('127.0.0.1', to.port, 5000),
    target,
    recorder,
    randomnessOf(1, path),
  );
  try {
    await run(tester);
  } finally {
    cleanUp();
  }
  expect(recorder.findings()).toEqual([]);
}

const described = (event: PeerEvent): string => {
  if (event.type !== 'frame') return event.type;
  const { opcode, applicationData } = event.decoded.frame;
  if (opcode === opcodes.close) return `close ${event.close?.status ?? 'none'}`;
  return `${opcode} ${Buffer.from(applicationData).toString('hex')}`;
};

/** The second, smaller description: what is still to come, in order, and whether anything can be sent. */
interface Expected {
  isOpen: boolean;
  openText: number[] | undefined;
  readonly answers: string[];
}

type Real = { readonly conversation: Conversation };
type Step = fc.AsyncCommand<Expected, Real>;

const hex = (bytes: Uint8Array | readonly number[]): string => Buffer.from(bytes).toString('hex');

const sendText = (text: string): Step => ({
  check: (model) => model.isOpen && model.openText === undefined,
  run: (model, { conversation }) => {
    conversation.sendFrame(frameOf('text', encodeUtf8(text)));
    model.answers.push(`4 ${hex(encodeUtf8(text))}`);
    return Promise.resolve();
  },
  toString: () => `text ${JSON.stringify(text)}`,
});

const sendBinary = (payload: Uint8Array, size: number): Step => ({
  check: (model) => model.isOpen && model.openText === undefined,
  run: (model, { conversation }) => {
    conversation.sendBytes(conversation.bytesOf(fragmentMessage('binary', payload, size)));
    model.answers.push(`5 ${hex(payload)}`);
    return Promise.resolve();
  },
  toString: () => `binary ${hex(payload)} in fragments of ${size}`,
});

const sendFragment = (letters: string, fin: boolean): Step => ({
  check: (model) => model.isOpen,
  run: (model, { conversation }) => {
    const bytes = encodeUtf8(letters);
    conversation.sendFrame(frameOf(model.openText === undefined ? 'text' : 'continuation', bytes, fin));
    const all = [...(model.openText ?? []), ...bytes];
    model.openText = fin ? undefined : all;
    if (fin) model.answers.push(`4 ${hex(all)}`);
    return Promise.resolve();
  },
  toString: () => `fragment ${JSON.stringify(letters)}${fin ? ', the last' : ''}`,
});

const sendPing = (body: Uint8Array): Step => ({
  check: (model) => model.isOpen,
  run: (model, { conversation }) => {
    conversation.sendFrame(frameOf('ping', body));
    model.answers.push(`3 ${hex(body)}`);
    return Promise.resolve();
  },
  toString: () => `ping ${hex(body)}`,
});

const sendClose = (status: number): Step => ({
  check: (model) => model.isOpen,
  run: (model, { conversation }) => {
    conversation.sendFrame(frameOf('close', Uint8Array.from([status >> 8, status & 0xff])));
    model.isOpen = false;
    model.answers.push(`close ${status}`, 'ended');
    return Promise.resolve();
  },
  toString: () => `close ${status}`,
});

const breakRule = (): Step => ({
  check: (model) => model.isOpen,
  run: (model, { conversation }) => {
    conversation.sendFrame({ ...frameOf('text'), rsv1: true });
    model.isOpen = false;
    model.answers.push('close 1002', 'ended');
    return Promise.resolve();
  },
  toString: () => 'a frame with RSV1',
});

const readAll = (): Step => ({
  check: (model) => model.answers.length > 0,
  run: async (model, { conversation }) => {
    for (const answer of model.answers.splice(0)) expect(described(await conversation.next())).toBe(answer);
  },
  toString: () => 'read',
});

describe('the reference server on a socket', () => {
  law(
    'it does what a much smaller description says',
    ['draft-06/4.4/receive-both', 'draft-06/4.5.1/close-answered', 'draft-06/4.5.2/pong-echoes-body'],
    async () => {
      const commands = fc.commands(
        [
          fc.string({ unit: 'grapheme', maxLength: 20 }).map(sendText),
          fc
            .tuple(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 50 }))
            .map((pair) => sendBinary(...pair)),
          fc.tuple(fc.stringMatching(/^[a-z]{0,5}$/), fc.boolean()).map((pair) => sendFragment(...pair)),
          fc.uint8Array({ maxLength: 125 }).map(sendPing),
          fc.constantFrom(1000, 1001, 3000, 4999).map(sendClose),
          fc.constant(breakRule()),
          fc.constant(readAll()),
        ],
        { maxCommands: 30 },
      );
      await fc.assert(
        fc.asyncProperty(commands, (steps) =>
          withTester('/', async (tester) => {
            const conversation = await tester.establish();
            await fc.asyncModelRun(
              () => ({ model: { isOpen: true, openText: undefined, answers: [] }, real: { conversation } }),
              [...steps, readAll()],
            );
          }),
        ),
        { numRuns: 60 },
      );
    },
  );

  law('hostile bytes on one connection leave the others alone', ['draft-06/9/input-not-trusted'], async () => {
    await withTester('/', async (tester) => {
      const other = await tester.establish();
      await fc.assert(
        fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.boolean(), async (bytes, isOpened) => {
          const hostile = isOpened ? await tester.establish() : await tester.connect();
          hostile.sendBytes(bytes);
          hostile.destroy();
          other.sendFrame(frameOf('ping', bytes.subarray(0, 100)));
          expect(described(await other.next())).toBe(`3 ${hex(bytes.subarray(0, 100))}`);
        }),
        { numRuns: 40 },
      );
    });
  });

  law(
    'a message above the limit is refused with 1004, as soon as it is announced',
    ['draft-06/7.4.1/1004-too-large'],
    async () => {
      await withTester('/', async (tester) => {
        const announced = await tester.establish();
        announced.sendBytes(Uint8Array.from([0, 0, 0, 0, 0x85, 0x7f, 0x40, 0, 0, 0, 0, 0, 0, 0]));
        expect(described(await announced.next())).toBe('close 1004');
        const gathered = await tester.establish();
        gathered.sendFrame(frameOf('binary', new Uint8Array(40_000), false));
        gathered.sendFrame(frameOf('continuation', new Uint8Array(40_000)));
        expect(described(await gathered.next())).toBe('close 1004');
      });
    },
  );

  law('connections above the limit get 503', ['draft-06/7.1.1/any-means'], async () => {
    const small = await startServer({ port: 0, maxConnections: 1 });
    await withTester(
      '/',
      async (tester) => {
        await tester.establish();
        const { answer } = await tester.handshake(tester.request());
        expect(answer).toMatchObject({ type: 'response', head: { status: 503 } });
      },
      small,
    );
    await small.stop();
  });

  law('a server that compares Host takes its own authorities and no other', ['draft-06/5.2.1/host'], async () => {
    const strict = await startServer({ port: 0, readings: { hostOfRequest: 'match' }, authorities: ['ws.example'] });
    await withTester(
      '/',
      async (tester) => {
        const statusFor = async (host: string): Promise<number> => {
          const head = tester.request();
          const fields = head.fields.map((field) => (field.name === 'Host' ? { ...field, value: host } : field));
          const { answer } = await tester.handshake({ ...head, fields });
          return answer.type === 'response' ? answer.head.status : 0;
        };
        expect(await statusFor(`127.0.0.1:${strict.port}`)).toBe(101);
        expect(await statusFor('WS.example')).toBe(101);
        expect(await statusFor('other.example')).toBe(400);
      },
      strict,
    );
    await strict.stop();
  });

  law('an opening handshake that takes too long is dropped', ['draft-06/7.1.1/any-means'], async () => {
    const hasty = await startServer({ port: 0, durations: { handshake: 20 } });
    await withTester(
      '/',
      async (tester) => {
        const conversation = await tester.connect();
        conversation.sendBytes(encodeUtf8('GET / HTTP/1.1\r\n'));
        expect(['lost', 'ended']).toContain((await conversation.next()).type);
      },
      hasty,
    );
    await hasty.stop();
  });

  law('a server that stops closes every connection with 1001', ['draft-06/7.4.1/1001-going-away'], async () => {
    const leaving = await startServer({ port: 0 });
    await withTester(
      '/',
      async (tester) => {
        const conversations = [await tester.establish(), await tester.establish()];
        const stopped = leaving.stop();
        for (const conversation of conversations) {
          expect(described(await conversation.next())).toBe('close 1001');
          conversation.sendFrame(frameOf('close'));
          expect(described(await conversation.next())).toBe('ended');
          conversation.end();
        }
        await stopped;
        expect(leaving.connections()).toBe(0);
      },
      leaving,
    );
  });
});

describe('scripted behaviours', () => {
  law('fragments of the size that was asked for', ['draft-06/4.4/any-fragment-size'], async () => {
    await withTester('/fragments?size=2', async (tester) => {
      const conversation = await tester.establish();
      conversation.sendFrame(frameOf('text', encodeUtf8('abcde')));
      const seen = [await conversation.next(), await conversation.next(), await conversation.next()];
      expect(seen.map(described)).toEqual(['4 6162', '0 6364', '0 65']);
    });
  });

  law('as many messages as were asked for', ['draft-06/4.1/data-while-open'], async () => {
    await withTester('/messages?count=500&size=3000&kind=binary', async (tester) => {
      const conversation = await tester.establish();
      for (let count = 0; count < 500; count++) {
        const event = await conversation.next();
        expect(event.type === 'frame' && event.message?.bytes.length).toBe(3000);
      }
      conversation.sendFrame(frameOf('ping'));
      expect(described(await conversation.next())).toBe('3 ');
    });
  });

  law(
    'Pings, a Close, a drop, silence and a refusal',
    ['draft-06/4.5.2/ping-opcode', 'draft-06/7.3/server-may-close'],
    async () => {
      const first = async (path: string): Promise<string> => {
        let seen = '';
        await withTester(path, async (tester) => {
          const { conversation, answer } = await tester.handshake(tester.request());
          if (answer.type !== 'response' || answer.head.status !== 101) {
            seen = answer.type === 'response' ? String(answer.head.status) : answer.type;
            return;
          }
          seen = described(await conversation.next(200));
        });
        return seen;
      };
      expect(await first('/ping?body=hi')).toBe('2 6869');
      expect(await first('/close?status=4000&reason=bye')).toBe('close 4000');
      expect(await first('/drop')).toMatch(/^(ended|lost)$/);
      expect(await first('/silent')).toBe('silence');
      expect(await first('/reject?status=410')).toBe('410');
      expect(await first('/reject?status=99')).toBe('400');
      expect(await first('/nowhere')).toBe('404');
    },
  );

  law('text that is not UTF-8 is sent when it is asked for', ['draft-06/6.1/client-replaces'], async () => {
    await withTester('/bad-utf-8', async (tester) => {
      const event = await (await tester.establish({}, { toleratesBadText: true })).next();
      expect(event.type === 'frame' && event.message).toMatchObject({
        kind: 'text',
        text: 'caf\ufffd \ufffd\ufffd\ufffd \ufffd\ufffd \ufffd',
      });
    });
  });

  law('a Close without an answer is left without one', ['draft-06/4.5.1/close-answered'], async () => {
    await withTester('/unanswered', async (tester) => {
      const conversation = await tester.establish();
      conversation.sendFrame(frameOf('close'));
      expect(described(await conversation.next(150))).toBe('silence');
    });
  });

  law('the port answers ordinary HTTP beside WebSocket', ['draft-06/5.1/upgrade'], async () => {
    const http = `http://127.0.0.1:${server.port}`;
    const page = await fetch(`${http}/`);
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('hybi-spec reference server')]);
    expect((await fetch(`${http}/`, { method: 'HEAD' })).headers.get('content-type')).toContain('text/html');
    expect((await fetch(`${http}/nowhere`)).status).toBe(404);
    expect((await fetch(`${http}/`, { method: 'POST', body: 'x' })).status).toBe(405);
    const upgrade = await fetch(`${http}/fragments`);
    expect([upgrade.status, upgrade.headers.get('sec-websocket-version')]).toEqual([426, '6']);
  });
});
