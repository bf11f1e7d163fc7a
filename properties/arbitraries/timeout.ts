import fc from 'fast-check';
import type { HeaderField, RequestHead } from '../../model/http-head.js';
import type { Chain } from '../../model/timeout-chain.js';
import type { Timeouts } from '../../model/timeout-header.js';
import type { Intermediary, IntermediaryKind } from '../../model/timeout-intermediary.js';

/** Small numbers of seconds, so that those of two hosts often meet; zero among them. */
export const seconds = (): fc.Arbitrary<number> => fc.nat(12);

const maybe = (arbitrary: fc.Arbitrary<number>): fc.Arbitrary<number | undefined> =>
  fc.option(arbitrary, { nil: undefined });

/** A record without the keys whose value is undefined, as exact optional properties want it. */
function present<Value extends object>(value: Value): { [Key in keyof Value]?: Exclude<Value[Key], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined)) as {
    [Key in keyof Value]?: Exclude<Value[Key], undefined>;
  };
}

const kinds: readonly IntermediaryKind[] = ['knowing', 'unknowing', 'transparent', 'non-compliant'];

/**
 * Intermediaries and what they do to both header fields (http-timeout-00), with times of 0 to 12 seconds.
 * @param some their kinds. Default: all
 */
export function intermediaries(...some: readonly IntermediaryKind[]): fc.Arbitrary<Intermediary> {
  return fc
    .record({
      kind: fc.constantFrom(...(some.length === 0 ? kinds : some)),
      waits: maybe(seconds()),
      lowersTo: maybe(seconds()),
      adds: fc.boolean(),
      towardsServer: maybe(seconds()),
      towardsClient: maybe(seconds()),
    })
    .map(({ kind, ...policy }) => ({ kind, ...present(policy) }));
}

/** What a client tells, 0 to 12 seconds: never a Request-Timeout above its Connection-Timeout (http-timeout-00). */
export function clientTimeouts(): fc.Arbitrary<Timeouts> {
  return fc.record({ request: maybe(seconds()), connection: maybe(seconds()) }).map(({ request, connection }) =>
    present({
      connection,
      request: request === undefined || connection === undefined ? request : Math.min(request, connection),
    }),
  );
}

/**
 * A client, up to four intermediaries and a server, each with its times of 0 to 12 seconds (http-timeout-00).
 * @param some the kinds of the intermediaries. Default: all
 */
export function chains(...some: readonly IntermediaryKind[]): fc.Arbitrary<Chain> {
  return fc.record({
    client: clientTimeouts(),
    between: fc.array(intermediaries(...some), { maxLength: 4 }),
    server: fc.record({ longest: maybe(seconds()), connection: maybe(seconds()) }).map(present),
  });
}

/** Header fields about timeouts (http-timeout-00), right and wrong, in any order, with others between them. */
export function timeoutFields(): fc.Arbitrary<readonly HeaderField[]> {
  const values = fc.constantFrom('0', '3', '007', '12', '3, 5', 'soon', '', '99999999999999999999');
  const named = (name: string, value: fc.Arbitrary<string>): fc.Arbitrary<HeaderField> =>
    value.map((text) => ({ name, value: text }));
  const options = fc.constantFrom(
    'close',
    'Upgrade',
    'connection-timeout, Upgrade',
    'Connection-Timeout',
    'x, , ',
    '"',
  );
  return fc.array(
    fc.oneof(
      named('Request-Timeout', values),
      named('connection-Timeout', values),
      named('Connection', options),
      named('Connection', fc.constantFrom('Request-Timeout')),
      named('Upgrade', fc.constant('websocket')),
    ),
    { maxLength: 6 },
  );
}

/** A request with these fields. */
export const requestWith = (fields: readonly HeaderField[]): RequestHead => ({
  kind: 'request',
  method: 'GET',
  target: '/poll',
  version: { major: 1, minor: 1 },
  fields,
});
