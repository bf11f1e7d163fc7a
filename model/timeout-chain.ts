/**
 * A client, what stands between, and a server: what each of them is told, and who answers a request that takes long
 * (http-timeout-00 sections 3.2 and 4.3). All times are in seconds.
 */
import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import type { HeaderField, RequestHead, ResponseHead } from './http-head.js';
import { withTimeouts } from './timeout-fields.js';
import { heardTimeouts, type Timeouts } from './timeout-header.js';
import { forward, type Intermediary } from './timeout-intermediary.js';
import { serverTimeOf, waitOf } from './timeout-waiting.js';

/** The hosts of a chain, in the order in which a request meets them. */
export interface Chain {
  readonly client: Timeouts;
  readonly between: readonly Intermediary[];
  /** The longest time that it takes by its own policy, and the Connection-Timeout that it gives. */
  readonly server: { readonly longest?: number; readonly connection?: number };
}

/** What is told on one hop. */
export interface Told {
  /** The Request-Timeout that goes over it. */
  readonly request?: number;
  /** The Connection-Timeout that comes from the side of the client, and the one from the side of the server. */
  readonly fromClient?: number;
  readonly fromServer?: number;
}

/** What a request and its response tell, hop by hop: one hop more than there are intermediaries. */
export function tellChain(chain: Chain, readings: ReadingChoices = defaultReadings): readonly Told[] {
  const heard = ({ fields }: RequestHead | ResponseHead): Timeouts => heardTimeouts(fields, readings);
  const requests = passing(requestOf(chain), chain.between, readings).map(heard);
  const responses = passing(responseOf(chain), chain.between.toReversed(), readings).map(heard).toReversed();
  return requests.map(({ request, connection: fromClient }, hop) => {
    const fromServer = responses[hop]?.connection;
    return {
      ...(request === undefined ? {} : { request }),
      ...(fromClient === undefined ? {} : { fromClient }),
      ...(fromServer === undefined ? {} : { fromServer }),
    };
  });
}

/** How long the server of a chain may take: its own time, or the Request-Timeout that reaches it if that is shorter. */
export function serverTimeIn(chain: Chain, readings: ReadingChoices = defaultReadings): number {
  return serverTimeOf(tellChain(chain, readings).at(-1)?.request, chain.server.longest ?? Infinity, readings);
}

/** A request on its way: how long the server takes, and the way on each hop, one way. */
export interface Course {
  readonly takes: number;
  /** From the client on; a hop that has none takes no time. */
  readonly delays?: readonly number[];
  /** What the client allows for delays, beyond its Request-Timeout. Default 0. */
  readonly allowance?: number;
}

/** What the client gets. */
export interface Answer {
  /** Who answers: the server, or an intermediary by its place in the chain; `client` when the client gave up before. */
  readonly by: 'server' | 'client' | number;
  /** Seconds since the client sent the request. */
  readonly at: number;
  /** 504 of an intermediary (http-timeout-00/3.1/gateway-timeout); nothing when the client gave up. */
  readonly status?: 200 | 504;
}

/** Who answers a request: whoever first runs out of patience, seen from the server, or the server. */
export function answerIn(chain: Chain, course: Course, readings: ReadingChoices = defaultReadings): Answer {
  const { takes, delays = [], allowance = 0 } = course;
  const wayOf = (hop: number): number => 2 * (delays[hop] ?? 0);
  const atClient = chain.between.reduceRight<Answer>(
    (answer, { waits = Infinity }, place) => {
      const at = answer.at + wayOf(place + 1);
      // http-timeout-00/3.1/shorter-timeout
      return at > waits ? { by: place, at: waits, status: 504 } : { ...answer, at };
    },
    { by: 'server', at: takes, status: 200 },
  );
  const at = atClient.at + wayOf(0);
  const patience = chain.client.request === undefined ? Infinity : waitOf(chain.client.request, allowance, readings);
  // http-timeout-00/3/server-may-be-late: a client that has given up has no more use for a response.
  return at > patience ? { by: 'client', at: patience } : { ...atClient, at };
}

const version = { major: 1, minor: 1 };

function requestOf({ client }: Chain): RequestHead {
  return { kind: 'request', method: 'GET', target: '/', version, fields: withTimeouts(host, client) };
}

function responseOf({ server: { connection } }: Chain): ResponseHead {
  const fields = withTimeouts([], connection === undefined ? {} : { connection });
  return { kind: 'response', version, status: 200, reason: 'OK', fields };
}

const host: readonly HeaderField[] = [{ name: 'Host', value: 'server.example' }];

/** A head on every hop that it passes. */
function passing<Head extends RequestHead | ResponseHead>(
  head: Head,
  between: readonly Intermediary[],
  readings: ReadingChoices,
): readonly Head[] {
  const [next, ...rest] = between;
  return next === undefined ? [head] : [head, ...passing(forward(head, next, readings), rest, readings)];
}
