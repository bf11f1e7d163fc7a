import fc from 'fast-check';
import { transform } from 'esbuild';
import * as vitest from 'vitest';
import { expect, test } from 'vitest';
import * as model from '../../model/index.js';
import { arrowsOf } from '../diagram.js';
import { graphs, transitionsTaken } from './arrows.js';
import { takenBy } from './entry.js';
import { exportTest } from './export-test.js';
import { isMovePossible, type LocalInput, type Move } from './move.js';
import {
  makeMove,
  makeMoves,
  mostMoves,
  openingMoves,
  redo,
  type Session,
  startSession,
  undo,
  worldOf,
} from './session.js';
import { settingsList } from './settings.js';
import { fromBase64Url, restoreRun, shareRun, toBase64Url } from './share.js';

const role = () => fc.constantFrom('client' as const, 'server' as const);
const someBytes = () =>
  fc.oneof(
    fc.uint8Array({ maxLength: 12 }),
    fc.constantFrom([0x83, 0x00], [0x82, 0x80], [0xff]).map((b) => Uint8Array.from(b)),
  );
const words = () => fc.string({ unit: 'grapheme', maxLength: 8 }).map((text) => model.utf8Text(model.encodeUtf8(text)));

function inputs(): fc.Arbitrary<LocalInput> {
  const close = fc.oneof(
    fc.constant({}),
    fc.record({
      close: fc.oneof(
        fc.record({ status: fc.constantFrom(1000, 1001, 4000, 65_000) }),
        fc.record({ status: fc.constant(1000), reason: words() }),
      ),
    }),
  );
  return fc.oneof(
    fc.constantFrom<LocalInput>(
      { type: 'local.accept' },
      { type: 'local.accept', acceptance: { subprotocol: 'chat' } },
    ),
    fc
      .record({ status: fc.constantFrom(404, 200), reason: fc.constant('No') })
      .map((rejection): LocalInput => ({ type: 'local.reject', rejection })),
    fc.record({
      type: fc.constant('local.send' as const),
      kind: fc.constantFrom('text' as const, 'binary' as const),
      data: words().map((text) => model.encodeUtf8(text)),
      fin: fc.boolean(),
    }),
    fc.record({ type: fc.constant('local.ping' as const), body: fc.uint8Array({ maxLength: 130, size: 'max' }) }),
    close.map((more): LocalInput => ({ type: 'local.close', ...more })),
    close.map((more): LocalInput => ({ type: 'local.answer', ...more })),
    fc.constant<LocalInput>({ type: 'local.drop' }),
  );
}

const calm = (): fc.Arbitrary<Move> =>
  fc.oneof(
    { weight: 3, arbitrary: role().map((to): Move => ({ type: 'deliver', to })) },
    fc.record({ type: fc.constant('deliver' as const), to: role(), count: fc.integer({ min: 1, max: 40 }) }),
    { weight: 3, arbitrary: fc.record({ type: fc.constant('act' as const), at: role(), input: inputs() }) },
  );
const rough = (): fc.Arbitrary<Move> =>
  fc.oneof(
    fc.constantFrom<Move>({ type: 'connect' }, { type: 'refuse' }),
    fc.record({ type: fc.constant('lose' as const), at: role() }),
    fc.record({ type: fc.constant('half-close' as const), from: role() }),
    fc.record({ type: fc.constant('inject' as const), to: role(), bytes: someBytes() }),
    fc.record({
      type: fc.constant('fire' as const),
      at: role(),
      timer: fc.constantFrom('connect', 'handshake', 'close', 'drop'),
    }),
  );

const settings = () =>
  fc.tuple(
    ...settingsList.map(({ options, initial }) =>
      fc.oneof({ weight: 4, arbitrary: fc.constant(initial) }, fc.nat(options.length - 1)),
    ),
  );

/** A session after moves that a reader could make: what is not possible is passed over. */
function sessions(): fc.Arbitrary<Session> {
  const moves = fc.array(fc.oneof({ weight: 8, arbitrary: calm() }, { weight: 1, arbitrary: rough() }), {
    maxLength: 30,
    size: 'max',
  });
  return fc
    .tuple(settings(), fc.constantFrom<readonly Move[]>([], openingMoves, openingMoves), moves)
    .map(([chosen, opening, list]) => {
      let session = makeMoves(startSession(chosen), opening);
      for (const move of list) {
        const made = makeMove(session, move);
        if (made.ok) session = made.session;
      }
      return session;
    });
}

const check = (property: (session: Session) => void, numRuns = 25): void => {
  fc.assert(fc.property(sessions(), property), { numRuns });
};

test('undoing inverts making, and doing again inverts undoing', () => {
  fc.assert(
    fc.property(sessions(), fc.oneof(calm(), rough()), (session, move) => {
      const made = makeMove(session, move);
      if (!made.ok) return;
      const back = undo(made.session);
      expect({ ...back, undone: [] }).toEqual({ ...session, undone: [] });
      expect(back.undone).toEqual([move]);
      expect(redo(back)).toEqual(made.session);
    }),
    { numRuns: 25 },
  );
});

test('a run can be undone to its start and done again to its end', () => {
  check((session) => {
    let now = session;
    while (now.moves.length > 0) now = undo(now);
    expect(now.worlds).toEqual(startSession(session.settings).worlds);
    expect(undo(now)).toBe(now);
    while (now.undone.length > 0) now = redo(now);
    expect(now).toEqual(session);
    expect(redo(now)).toBe(now);
  }, 10);
});

test('what is restored from an address is what was shared', () => {
  check((session) => {
    const text = shareRun(session);
    expect(text).toMatch(/^[\w.~-]+$/);
    const restored = restoreRun(text ?? '');
    expect(restored).toEqual({ session: { ...session, undone: [] } });
    expect(shareRun(restored.session)).toBe(text);
  });
});

test('no address makes it throw, and one that cannot be followed says why', () => {
  const token = fc.oneof(
    fc.constantFrom(
      'o',
      'n',
      'dc',
      'ds',
      'ds3',
      'ds0',
      'as',
      'asY2hhdA',
      'aszz!',
      'mct1SGk',
      'mct1SGl',
      'cc1000',
      'cc99999',
      'wc',
      'xs',
      'tch',
      'tcq',
      'lc',
      'hs',
      'icgwA',
      'rs404~Tm8',
      'rs200~Tm8',
      'pc',
      'q',
      '',
    ),
    fc.string({ maxLength: 6 }),
  );
  const text = fc.oneof(
    fc.string(),
    fc.array(token, { maxLength: 40 }).map((tokens) => ['1', '-', ...tokens].join('.')),
    fc
      .tuple(fc.string({ maxLength: 4 }), fc.array(token, { maxLength: 3 }))
      .map(([chosen, tokens]) => ['1', chosen, ...tokens].join('.')),
  );
  fc.assert(
    fc.property(text, (run) => {
      const { session, wrong } = restoreRun(run);
      if (wrong === undefined) expect(restoreRun(shareRun(session) ?? '')).toEqual({ session });
      else expect(wrong.length).toBeGreaterThan(10);
    }),
    { numRuns: 150 },
  );
});

test.each([
  ['too long', `1.-.${'o'.repeat(20_000)}`],
  ['too many moves', `1.-${'.ds'.repeat(mostMoves + 1)}`],
  ['of another version', '2.-.o'],
  ['with settings that there are not', '1.zz.o'],
])('an address that is %s is refused', (_, run) => {
  const { session, wrong } = restoreRun(run);
  expect(wrong).toBeDefined();
  expect(session.moves.length).toBeLessThan(mostMoves);
});

test('a run has an end to its length', () => {
  const session = makeMoves(startSession(), openingMoves);
  const ping: Move = { type: 'act', at: 'client', input: { type: 'local.ping' } };
  const long = makeMoves(
    session,
    Array.from({ length: mostMoves }, () => ping),
  );
  expect(long.moves).toHaveLength(mostMoves);
  expect(makeMove(long, ping)).toMatchObject({ ok: false });
});

test('octets in an address have one form', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.string({ maxLength: 8 }), (bytes, text) => {
      expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      const read = fromBase64Url(text);
      if (read !== undefined) expect(toBase64Url(read)).toBe(text);
    }),
  );
});

test('an endpoint of the explorer does what the model does', () => {
  check((session) => {
    for (const at of ['client', 'server'] as const) {
      const { history, connection } = worldOf(session).endpoints[at];
      let own = startSession(session.settings).worlds[0].endpoints[at].connection;
      for (const { input, effects, to } of history) {
        if (input.type === 'created') continue;
        const [next, done] = model.step(own, input);
        expect(done).toEqual(effects);
        expect(next.state).toBe(to);
        own = next;
      }
      expect(own).toEqual(connection);
    }
  });
});

test('a move that is said to be possible can be made, but for what no endpoint may send', () => {
  fc.assert(
    fc.property(sessions(), fc.oneof(calm(), rough()), (session, move) => {
      const made = makeMove(session, move);
      const isPossible = isMovePossible(worldOf(session), move);
      if (made.ok) expect(isPossible).toBe(true);
      else if (isPossible) expect(move.type).toBe('act');
    }),
  );
});

test('the arrows that are lit lead from where the endpoint was to where it is', () => {
  check((session) => {
    session.moves.forEach((_, index) => {
      const before = session.worlds[index];
      const after = session.worlds[index + 1];
      if (before === undefined || after === undefined) return;
      const taken = takenBy(before, after);
      if (taken === undefined) return;
      const arrows = transitionsTaken(session, index);
      const places = arrows.filter(({ internal }) => !internal).map(({ rests }) => rests);
      expect(places.at(-1) ?? taken.step.from).toBe(taken.step.to);
      const known = arrowsOf(graphs[taken.role]).map(({ id }) => id);
      for (const { source, rests, internal } of arrows) if (!internal) expect(known).toContain(`${source}>${rests}`);
    });
  });
});

/** Runs the text of a test as vitest would, with the package under its own name. */
async function run(text: string): Promise<number> {
  const { code } = await transform(text, { loader: 'ts', format: 'cjs' });
  let tests = 0;
  const given: Readonly<Record<string, unknown>> = {
    'hybi-spec': model,
    vitest: {
      ...vitest,
      test: (_: string, body: () => void) => {
        tests += 1;
        body();
      },
    },
  };
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the text is the product that is tested
  const module = new Function('require', 'exports', 'module', code) as (...parts: unknown[]) => void;
  module((name: string) => given[name], {}, { exports: {} });
  return tests;
}

test('a run that is exported as a test passes on the exports of the package', async () => {
  await fc.assert(
    fc.asyncProperty(sessions(), async (session) => {
      expect(await run(exportTest(session))).toBe(1);
    }),
    { numRuns: 15 },
  );
});

test('an exported test fails where the model does otherwise', async () => {
  const text = exportTest(makeMoves(startSession(), openingMoves)).replace(
    '["open","open"]',
    '["open","closed.clean"]',
  );
  await expect(run(text)).rejects.toThrow(/closed\.clean/);
});
