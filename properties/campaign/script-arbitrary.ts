import fc from 'fast-check';
import { writeCloseBody } from '../../model/close-body.js';
import type { DataKind } from '../../model/fragmentation.js';
import { type Frame, frameOf, type LengthForm, minimalForm } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { lengthForms, maxControlPayload } from '../../spec/wire.js';
import { closeReasons } from '../arbitraries/close.js';
import { maskingKeys } from '../arbitraries/masking-key.js';
import { texts } from '../arbitraries/message.js';
import { letters, type Piece, type Script, type ScriptStep } from './script.js';
import { violations } from './violation-arbitrary.js';
import { type TesterEvent, walksOf } from './walks.js';

/*
 * Conversations at random. They are made of units that keep their meaning when others fall away, so that shrinking a
 * legal conversation gives a legal one.
 */

/** Pieces that belong together, and how they go out. */
interface Unit {
  readonly pieces: readonly Piece[];
  /** In one chunk with the unit before. */
  readonly isJoined: boolean;
  readonly cuts: readonly number[];
  /** Behind it the tester waits for what it is owed. */
  readonly waits: boolean;
}

const { max7, max16 } = lengthForms;

/** Lengths of payloads: small ones, any up to 2000, round ones, and those beside a change of the form of the length. */
const lengths = (): fc.Arbitrary<number> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 120, arbitrary: fc.nat(12) },
    { weight: 40, arbitrary: fc.nat(2000) },
    { weight: 30, arbitrary: fc.constantFrom(max7 - 1, max7, max7 + 1, max7 + 2, 255, 256) },
    { weight: 10, arbitrary: fc.constantFrom(100, 500, 512, 1000, 1023, 1024, 4096) },
    { weight: 1, arbitrary: fc.constantFrom(max16, max16 + 1) },
  );

const contentOf = (kind: DataKind): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: lengths().map(letters) },
    { weight: 1, arbitrary: kind === 'text' ? texts().map(encodeUtf8) : fc.uint8Array({ maxLength: 12 }) },
  );

const controlBodies = (): fc.Arbitrary<Uint8Array> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: 5, arbitrary: fc.uint8Array({ maxLength: 6 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: maxControlPayload }).map(letters) },
  );

/** The ways to lay a frame out: nearly always the usual one. */
function pieceOf(frames: fc.Arbitrary<Frame>, peer: Role): fc.Arbitrary<Piece> {
  const key = peer === 'client' ? fc.constant(undefined) : rarely(maskingKeys(), 3);
  const form = rarely(fc.constantFrom<LengthForm>(16, 63), 20);
  return fc.tuple(frames, key, form).map(([frame, maskingKey, lengthForm]) => ({
    type: 'frame',
    frame,
    ...(maskingKey === undefined ? {} : { maskingKey }),
    ...(lengthForm === undefined || lengthForm <= minimalForm(frame.applicationData.length) ? {} : { lengthForm }),
  }));
}

/** Something once in a number of times, otherwise `undefined`, to which it shrinks. */
const rarely = <Value>(arbitrary: fc.Arbitrary<Value>, once: number): fc.Arbitrary<Value | undefined> =>
  fc.oneof(
    { withCrossShrink: true },
    { weight: once - 1, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary },
  );

const pings = (peer: Role): fc.Arbitrary<Piece> =>
  pieceOf(
    controlBodies().map((body) => frameOf('ping', body)),
    peer,
  );

/** A message in one to six fragments, with Pings between some of them. */
function messageOf(peer: Role): fc.Arbitrary<readonly Piece[]> {
  const ofKind = (kind: DataKind): fc.Arbitrary<readonly Piece[]> => {
    const part = fc.tuple(
      pieceOf(
        contentOf(kind).map((content) => frameOf(kind, content)),
        peer,
      ),
      rarely(pings(peer), 6),
    );
    const one = part.map((each) => [each]);
    // Empty messages have one fragment as well: so short can a list not be, or shrinking would stop at its first item.
    const empty: readonly [Piece, undefined] = [{ type: 'frame', frame: frameOf(kind) }, undefined];
    const some = fc.array(part, { maxLength: 6 }).map((list) => (list.length === 0 ? [empty] : list));
    const parts = fc.oneof({ withCrossShrink: true }, { weight: 2, arbitrary: one }, { weight: 1, arbitrary: some });
    return parts.map((list) => {
      const last = list.length - 1;
      return list.flatMap(([piece, ping], at): readonly Piece[] => {
        const fragment = piece.type === 'frame' ? asFragment(piece, at === 0, at === last) : piece;
        // A Ping stands in front of a fragment, and in front of the first one it would be a unit of its own.
        return ping === undefined || at === 0 ? [fragment] : [ping, fragment];
      });
    });
  };
  return fc.oneof({ withCrossShrink: true }, ofKind('text'), ofKind('binary'));
}

function asFragment(piece: Extract<Piece, { type: 'frame' }>, isFirst: boolean, isLast: boolean): Piece {
  const opcode = isFirst ? piece.frame.opcode : frameOf('continuation').opcode;
  return { ...piece, frame: { ...piece.frame, opcode, fin: isLast } };
}

const closes = (peer: Role): fc.Arbitrary<Piece> =>
  pieceOf(
    closeReasons().map((reason) => frameOf('close', writeCloseBody(reason))),
    peer,
  );

const unitOf = (pieces: fc.Arbitrary<readonly Piece[]>): fc.Arbitrary<Unit> =>
  fc.record({
    pieces,
    isJoined: fc.boolean(),
    cuts: rarely(fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }), 8).map((cuts = []) =>
      [...cuts].sort((one, other) => one - other),
    ),
    waits: fc.boolean(),
  });

/** The unit that makes an event of the machine happen to the peer. */
function unitOfEvent(event: TesterEvent, peer: Role): fc.Arbitrary<Unit | 'end'> {
  const alone = (piece: fc.Arbitrary<Piece>): fc.Arbitrary<Unit> => unitOf(piece.map((each) => [each]));
  switch (event) {
    case 'remote.message':
      return unitOf(messageOf(peer));
    case 'remote.ping':
      return alone(pings(peer));
    case 'remote.pong':
      return alone(
        pieceOf(
          controlBodies().map((body) => frameOf('pong', body)),
          peer,
        ),
      );
    case 'remote.close':
      return alone(closes(peer));
    case 'remote.violation':
      return unitOf(violations(peer));
    case 'transport.ended':
      return fc.constant('end');
  }
}

/** Units as steps: those that are joined go out in one chunk. */
function stepsOf(units: readonly (Unit | 'end')[]): Script {
  const steps: ScriptStep[] = [];
  for (const unit of units) {
    if (unit === 'end') {
      steps.push({ type: 'end' });
      continue;
    }
    const { pieces, isJoined, cuts, waits } = unit;
    const before = steps.at(-1);
    if (isJoined && before?.type === 'send') {
      steps.splice(-1, 1, { type: 'send', pieces: [...before.pieces, ...pieces], cuts: before.cuts });
    } else if (isJoined) {
      steps.push({ type: 'send', pieces, cuts });
    } else {
      steps.push(
        ...pieces.map((piece, at): ScriptStep => ({ type: 'send', pieces: [piece], cuts: at === 0 ? cuts : [] })),
      );
    }
    if (waits) steps.push({ type: 'wait' });
  }
  return steps;
}

/** Messages and Pings, which leave the connection open: mostly few, now and then many. */
function openUnits(peer: Role): fc.Arbitrary<readonly Unit[]> {
  const unit = fc.oneof(
    { withCrossShrink: true },
    { weight: 3, arbitrary: unitOf(messageOf(peer)) },
    { weight: 1, arbitrary: unitOf(pings(peer).map((piece) => [piece])) },
  );
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 9, arbitrary: fc.array(unit, { maxLength: 5, size: 'max' }) },
    { weight: 1, arbitrary: fc.array(unit, { maxLength: 24, size: 'max' }) },
  );
}

/**
 * Conversations that keep every rule; half of them end with a Close.
 * @param peer the role of who is talked to
 * @example
 * ```ts
 * import fc from 'fast-check';
 * import { legalScripts, parseScript, writeScript } from 'hybi-spec/properties';
 *
 * for (const script of fc.sample(legalScripts('server'), { seed: 6, numRuns: 5 })) {
 *   const text = writeScript(script);
 *   const parsed = parseScript(text);
 *   console.assert(text === '' || (parsed.ok && writeScript(parsed.script) === text), text);
 * }
 * ```
 */
export function legalScripts(peer: Role): fc.Arbitrary<Script> {
  const close = rarely(unitOfEvent('remote.close', peer), 2);
  return fc
    .tuple(openUnits(peer), close)
    .map(([units, last]) => stepsOf(last === undefined ? units : [...units, last]));
}

/**
 * Conversations that do what nobody may do, or what nobody reads: a few messages, then a walk over a transition of the
 * peer's machine that is not for every day.
 */
export function brokenScripts(peer: Role): fc.Arbitrary<Script> {
  const walks = walksOf(peer).filter(
    (walk) => !walk.every((event) => event === 'remote.message' || event === 'remote.ping'),
  );
  const tail = fc.constantFrom(...walks).chain((walk) => fc.tuple(...walk.map((event) => unitOfEvent(event, peer))));
  const first = fc.array(unitOf(messageOf(peer)), { maxLength: 3, size: 'max' });
  return fc.tuple(first, tail).map(([units, last]) => stepsOf([...units, ...last]));
}
