import { createHash } from 'node:crypto';
import { connect, type ClientConnectOptions } from '../../impl/client.js';
import type { Endpoint } from '../../impl/endpoint.js';
import { type Chance, messageOf } from './traffic.js';

/** What became of one connection. */
export interface ConnectionOutcome {
  readonly end: 'clean' | 'broken';
  readonly sent: number;
  readonly echoed: number;
  readonly bytes: number;
  readonly pings: number;
  /** What must not be: messages lost, doubled, changed or out of order. */
  readonly faults: readonly string[];
}

/** What one connection does. */
export interface ConnectionPlan {
  readonly number: number;
  readonly url: string;
  readonly chance: Chance;
  readonly messages: number;
  readonly options: ClientConnectOptions;
}

/** Messages that are under way at the same time. */
const window = 4;

const digestOf = (isText: boolean, bytes: Uint8Array): string =>
  `${isText ? 't' : 'b'}${bytes.length}-${createHash('sha1').update(bytes).digest('base64')}`;

/** Talks to an echo: sends messages, takes each back, and closes. */
export function soakConnection(plan: ConnectionPlan): Promise<ConnectionOutcome> {
  const { number, url, chance, messages, options } = plan;
  const expected: string[] = [];
  const faults: string[] = [];
  let sent = 0;
  let echoed = 0;
  let bytes = 0;
  let pings = 0;
  let pongs = 0;
  return new Promise((resolve) => {
    const sendOne = (client: Endpoint): void => {
      const { isText, bytes: data, cuts } = messageOf(chance, number, sent++);
      expected.push(digestOf(isText, data));
      bytes += data.length;
      const kind = isText ? 'text' : 'binary';
      [...cuts, data.length].forEach((end, at) => {
        client.sendFragment(kind, data.subarray(cuts[at - 1] ?? 0, end), at === cuts.length);
        if (chance(8) === 0) {
          pings++;
          client.ping(Uint8Array.of(number & 0xff));
        }
      });
    };
    const goOn = (client: Endpoint): void => {
      if (!client.canSend()) return;
      while (sent < messages && expected.length < window) sendOne(client);
      if (sent === messages && expected.length === 0) client.close({ status: 1000 });
    };
    connect(url, {
      ...options,
      onOpen: (_, client) => {
        goOn(client);
      },
      onMessage: (message, client) => {
        const came = digestOf(message.kind === 'text', message.bytes);
        if (came === expected[0]) expected.shift();
        else faults.push(expected.includes(came) ? 'out of order' : 'changed or doubled');
        echoed++;
        goOn(client);
      },
      onPong: () => {
        pongs++;
      },
      onEnd: ({ clean }) => {
        if (clean && expected.length > 0) faults.push(`${expected.length} lost`);
        if (clean && pongs !== pings) faults.push(`${pings - pongs} Pongs lost`);
        resolve({ end: clean ? 'clean' : 'broken', sent, echoed, bytes, pings, faults });
      },
    });
  });
}
