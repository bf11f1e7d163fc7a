import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect } from 'vitest';
import { connect } from '../../impl/client.js';
import type { Endpoint } from '../../impl/endpoint.js';
import { deflateStream } from '../../impl/extensions.js';
import { type ReferenceServer, startServer } from '../../impl/server.js';
import type { ByteTransform } from '../../model/byte-transform.js';
import type { Effect, Input, Outcome } from '../../model/connection.js';
import type { ExtensionDefinition } from '../../model/extension-registry.js';
import type { Role } from '../../model/role.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { schedules } from '../arbitraries/schedule.js';
import {
  createDeflater,
  createInflater,
  inflateAll,
  syncDeflateStream,
  syncDeflateTransform,
} from '../drivers/deflate.js';
import { finish, type Move, takeMoves } from '../simulation/two-endpoints.js';
import { createWorld, type World, type WorldOptions } from '../simulation/world.js';
import { law } from './law.js';

const roles: readonly Role[] = ['client', 'server'];
const extensions = [{ name: 'deflate-stream', parameters: [] }];

/** The same two endpoints, with compression offered and accepted. */
function compressing(options: WorldOptions): WorldOptions {
  const { client, server = {}, scripts = {} } = options;
  const accepting = (input: Input): Input =>
    input.type === 'local.accept' ? { ...input, acceptance: { extensions } } : input;
  return {
    ...options,
    client: { ...client, extensions: [syncDeflateStream], offer: { ...client.offer, extensions } },
    server: { ...server, extensions: [syncDeflateStream] },
    scripts: { ...scripts, server: (scripts.server ?? []).map(accepting) },
  };
}

/** What an application gets to know in the course of a connection. */
function storyOf(world: World, role: Role): readonly unknown[] {
  const told: readonly Effect['type'][] = ['message', 'pinged', 'ponged', 'close-received', 'closed', 'violation'];
  const effects = world.endpoints[role].history.flatMap((taken) => taken.effects);
  return effects.filter(({ type }) => told.includes(type));
}

law(
  'two endpoints that compress end as they do without, whatever the order of events',
  ['draft-06/8.2.1/all-bytes-deflated', 'draft-06/8.2.1/control-messages-too', 'draft-06/7.1.3/cleanly'],
  () => {
    // Compressed bytes are others in number: so that the same moves mean the same, each reads all that is there.
    const whole = (move: Move): Move => (move.type === 'deliver' ? { ...move, count: Infinity } : move);
    fc.assert(
      fc.property(schedules(), ({ options, moves }) => {
        const all = moves.map(whole);
        const clear = finish(takeMoves(createWorld(options), all));
        const coded = finish(takeMoves(createWorld(compressing(options)), all));
        for (const role of roles) expect(storyOf(coded, role)).toEqual(storyOf(clear, role));
      }),
      { numRuns: 50 },
    );
  },
);

law(
  'however TCP cuts what is compressed, no endpoint finds fault with the other, and nothing is lost before a clean end',
  ['draft-06/8.2.1/all-bytes-deflated', 'draft-06/8.2.1/not-delayed', 'draft-06/4.4/receive-both'],
  () => {
    fc.assert(
      fc.property(schedules({ calm: true }), ({ options, moves }) => {
        const world = finish(takeMoves(createWorld(compressing(options)), moves));
        const heard = (role: Role, type: string) =>
          world.endpoints[role].history.flatMap(({ effects }) => effects).filter((effect) => effect.type === type);
        const rejected = heard('client', 'opened').length === 0;
        for (const role of roles) if (!rejected) expect(heard(role, 'violation')).toEqual([]);
      }),
      { numRuns: 50 },
    );
  },
);

let server: ReferenceServer;
let strictServer: ReferenceServer;
beforeAll(async () => {
  server = await startServer({ port: 0 });
  strictServer = await startServer({ port: 0, maxMessage: 100_000, maxExpansion: 10 });
});
afterAll(() => Promise.all([server.stop(), strictServer.stop()]));

/** What came to a client until its connection was over. */
interface Talk {
  readonly received: string[];
  readonly wire: Uint8Array[];
  readonly outcome: Outcome;
  readonly extensions: readonly string[];
}

/** A compressing client that does something at a path once it is open, and closes when it has heard enough. */
function talk(
  path: string,
  enough: number,
  begin: (client: Endpoint) => void,
  to = server,
  offered: readonly ExtensionDefinition[] = [deflateStream],
): Promise<Talk> {
  return new Promise((resolve) => {
    const received: string[] = [];
    const wire: Uint8Array[] = [];
    let used: readonly string[] = [];
    const hear = (what: string, client: Endpoint): void => {
      received.push(what);
      if (received.length === enough) client.close({ status: 1000 });
    };
    connect(`ws://127.0.0.1:${to.port}${path}`, {
      extensions: offered,
      watcher: { onBytes: (from, bytes) => from === 'remote' && wire.push(bytes.slice()) },
      onOpen: (agreement, client) => {
        used = agreement.extensions.map(({ name }) => name);
        begin(client);
      },
      onMessage: (message, client) => {
        hear(message.kind === 'text' ? message.text : `${message.bytes.length} bytes`, client);
      },
      onPong: (body, client) => {
        hear(`pong ${body.length}`, client);
      },
      onEnd: (outcome) => {
        resolve({ received, wire, outcome, extensions: used });
      },
    });
  });
}

/** What the server sent behind its opening handshake, inflated by the other library. */
function clearBytes(wire: readonly Uint8Array[]): Buffer {
  const whole = Buffer.concat(wire);
  const { clear, wrong } = inflateAll(createInflater(), whole.subarray(whole.indexOf('\r\n\r\n') + 4));
  expect(wrong).toBeUndefined();
  return Buffer.from(clear);
}

describe('over sockets, the reference client and server compress both directions', () => {
  law(
    'and text, long and empty messages, Pings and Closes come through, in order',
    ['draft-06/8.2.1/control-messages-too', 'draft-06/8.1/response-is-in-use', 'draft-06/7.1.3/cleanly'],
    async () => {
      const long = 'long '.repeat(100_000);
      const {
        received,
        outcome,
        wire,
        extensions: used,
      } = await talk('/', 5, (client) => {
        client.send('hello');
        client.send(long);
        client.ping(encodeUtf8('ping'));
        client.send('');
        client.send(new Uint8Array(70_000));
      });
      expect(used).toEqual(['deflate-stream']);
      expect(received.map((text) => (text === long ? 'long' : text))).toEqual([
        'hello',
        'long',
        'pong 4',
        '',
        '70000 bytes',
      ]);
      expect(outcome.clean).toBe(true);
      expect(clearBytes(wire).subarray(0, 7).toString('latin1')).toBe('\x84\x05hello');
      expect(Buffer.concat(wire).length).toBeLessThan(20_000);
    },
  );

  law(
    'and messages that the server sends at once, or paced, or in very many fragments, all arrive',
    ['draft-06/8.2.1/all-bytes-deflated', 'draft-06/8.2.1/not-delayed', 'draft-06/5.2.2/established'],
    async () => {
      const many = await talk('/messages?count=3000&size=200', 3000, () => undefined);
      expect(new Set(many.received)).toEqual(new Set(['*'.repeat(200)]));
      expect(many.outcome.clean).toBe(true);
      const pieces = await talk('/fragments?size=3', 1, (client) => {
        client.send('fragment '.repeat(1000));
      });
      expect(pieces.received).toEqual(['fragment '.repeat(1000)]);
    },
  );

  law(
    'and a bomb is refused with 1004, noise with 1002',
    ['draft-06/9/disconnect-on-bad-data', 'draft-06/7.4.1/1004-too-large', 'draft-06/7.4.1/1002-protocol-error'],
    async () => {
      const [bombed, broken] = await Promise.all([statusAfter(bomb()), statusAfter(Uint8Array.of(0x07))]);
      expect([bombed, broken]).toEqual([1004, 1002]);
    },
  );
});

law(
  'a private extension with a reserved bit works over sockets, alone and beside compression, for whoever knows it',
  ['draft-06/8.2/others-allowed', 'draft-06/8.1/order-of-operations', 'draft-06/4.8/extensions-allowed'],
  async () => {
    const numbered: ExtensionDefinition = {
      name: 'x-numbered',
      claims: { reservedBits: ['rsv1'] },
      answer: () => [],
      frames: () => ({
        extensionDataLength: ({ rsv1 }) => (rsv1 ? 1 : 0),
        send: (frame) => (frame.opcode === 4 ? { ...frame, rsv1: true, extensionData: Uint8Array.of(1) } : frame),
        receive: (frame) => ({ ...frame, rsv1: false, extensionData: new Uint8Array(0) }),
      }),
    };
    const knowing = await startServer({ port: 0, extensions: [numbered, deflateStream] });
    for (const [to, offered, used] of [
      [knowing, [numbered], ['x-numbered']],
      [knowing, [numbered, deflateStream], ['x-numbered', 'deflate-stream']],
      [server, [numbered, deflateStream], ['deflate-stream']],
    ] as const) {
      const { received, extensions: agreed } = await talk(
        '/',
        1,
        (client) => {
          client.send('numbered');
        },
        to,
        offered,
      );
      expect(agreed).toEqual(used);
      expect(received).toEqual(['numbered']);
    }
    await knowing.stop();
  },
);

/** Two megabytes of empty frames in few bytes: Pongs that nobody asked for, with a masking key of zeros. */
function bomb(): Uint8Array {
  return createDeflater()(Buffer.concat(Array<Uint8Array>(333_333).fill(Uint8Array.of(0, 0, 0, 0, 0x83, 0))));
}

/** The status code with which the strict server ends a connection that is sent these bytes as if they were encoded. */
function statusAfter(bytes: Uint8Array): Promise<number | undefined> {
  const transform = (): ByteTransform => ({
    ...syncDeflateTransform(),
    encode: (_, then) => {
      then(bytes);
    },
  });
  return new Promise((resolve) => {
    connect(`ws://127.0.0.1:${strictServer.port}/silent`, {
      extensions: [{ ...deflateStream, transform }],
      onOpen: (_, client) => {
        client.send('replaced');
      },
      onEnd: ({ received }) => {
        resolve(received?.status);
      },
    });
  });
}
