import fc from 'fast-check';
import type { CloseReason } from '../../model/close-body.js';
import type { Input } from '../../model/connection.js';
import type { Role } from '../../model/role.js';
import { encodeUtf8 } from '../../model/utf8.js';

/** Text of any code points; kept, because it takes long to set up. */
const texts = fc.string({ unit: 'binary', maxLength: 30 });

/** What an endpoint may say in its Close: nothing, a status code that may be sent, or that and a text. */
export function closeReasons(): fc.Arbitrary<CloseReason> {
  const status = fc.oneof(fc.integer({ min: 1000, max: 1004 }), fc.integer({ min: 2000, max: 4999 }));
  // 30 code points have at most 120 bytes.
  return fc.oneof(fc.constant({}), fc.record({ status }), fc.record({ status, reason: texts }));
}

/** The body of a Ping: up to 125 bytes, mostly few. */
export function pingBodies(): fc.Arbitrary<Uint8Array> {
  return fc.oneof(fc.uint8Array({ maxLength: 4 }), fc.uint8Array({ maxLength: 125, size: 'max' }));
}

/**
 * A whole message as the inputs that send it: in one frame, or in fragments of any size. Text is valid UTF-8, and may
 * be cut inside a character.
 */
export function sentMessages(): fc.Arbitrary<readonly Input[]> {
  const text = texts.map((written) => encodeUtf8(written));
  const content = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), bytes: text }),
    fc.record({ kind: fc.constant('binary' as const), bytes: fc.uint8Array({ maxLength: 200 }) }),
  );
  return fc.tuple(content, fc.array(fc.nat(200), { maxLength: 3 })).map(([{ kind, bytes }, cuts]) => {
    const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
    return ends.map((end, index) => {
      const data = bytes.subarray(ends[index - 1] ?? 0, end);
      return { type: 'local.send', kind, data, fin: index === ends.length - 1 };
    });
  });
}

/** A Ping of the application, with or without a body. */
export function sentPings(): fc.Arbitrary<Input> {
  return fc.oneof(
    fc.constant({ type: 'local.ping' as const }),
    pingBodies().map((body) => ({ type: 'local.ping' as const, body })),
  );
}

/**
 * What an application wants to do in the course of a connection: messages with Pings anywhere between their fragments,
 * and sometimes an end to it. A server decides first.
 */
export function scripts(role: Role): fc.Arbitrary<readonly Input[]> {
  const talk = fc.array(sentMessages(), { maxLength: 3 }).map((messages) => messages.flat());
  const asides = fc.array(fc.tuple(fc.nat(12), sentPings()), { maxLength: 4 });
  const ending = fc.oneof(
    { weight: 2, arbitrary: fc.constant([]) },
    { weight: 6, arbitrary: closeReasons().map((close): Input[] => [{ type: 'local.close', close }]) },
    { weight: 1, arbitrary: closeReasons().map((close): Input[] => [{ type: 'local.answer', close }]) },
    { weight: 1, arbitrary: fc.constant<Input[]>([{ type: 'local.drop' }]) },
  );
  return fc.tuple(decisions(role), talk, asides, ending, talk).map(([decision, before, pings, end, later]) => {
    const spoken = [...before, ...end, ...later];
    for (const [at, ping] of pings) spoken.splice(at, 0, ping);
    return [...decision, ...spoken];
  });
}

/** How the application of a server meets a request: mostly it accepts; it may also keep silent at first. */
function decisions(role: Role): fc.Arbitrary<readonly Input[]> {
  if (role === 'client') return fc.constant([]);
  const rejection = { status: 403, reason: 'Forbidden' };
  return fc.oneof(
    { weight: 12, arbitrary: fc.constant<Input[]>([{ type: 'local.accept' }]) },
    { weight: 1, arbitrary: fc.constant<Input[]>([{ type: 'local.reject', rejection }]) },
    { weight: 1, arbitrary: fc.constant([]) },
  );
}

/** Every input that is not bytes, with values that are allowed, whether or not the state of a connection is for it. */
export function eventInputs(): fc.Arbitrary<Input> {
  return fc.oneof(
    sentMessages().map(([first]): Input => first ?? { type: 'local.drop' }),
    sentPings(),
    closeReasons().map((close): Input => ({ type: 'local.close', close })),
    closeReasons().map((close): Input => ({ type: 'local.answer', close })),
    fc.constantFrom<Input>(
      { type: 'local.accept' },
      { type: 'local.reject', rejection: { status: 500, reason: 'Internal Server Error' } },
      { type: 'local.drop' },
      { type: 'local.answer' },
      { type: 'local.close' },
      { type: 'transport.opened' },
      { type: 'transport.failed' },
      { type: 'transport.ended' },
      { type: 'transport.lost' },
      { type: 'timer.connect' },
      { type: 'timer.handshake' },
      { type: 'timer.close' },
      { type: 'timer.drop' },
    ),
  );
}
