import type { Effect } from '../../model/connection.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { hexOf } from '../../model/explain.js';
import type { Role } from '../../model/role.js';
import type { TakenStep } from '../../properties/simulation/world.js';
import { takenBy, sayMove } from './entry.js';
import { maskingKeyOf, offer } from './move.js';
import type { Session } from './session.js';
import { changedReadings, endpointOptions } from './settings.js';

/*
 * A run as a test for vitest that needs nothing but the exports of the package: each endpoint gets the inputs that it got
 * here, octets and all, and has to do what it did here.
 */

const head = `import { expect, test } from 'vitest';
import { createConnection, type Effect, encodeFrame, step } from 'hybi-spec';

const octets = (hex: string): Uint8Array => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
const hexOf = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
/** The octets that an endpoint writes; a client masks its frames with these keys in turn. */
const written = (effects: readonly Effect[], ...keys: readonly string[]): string[] => {
  const later = [...keys];
  return effects.flatMap((effect) => {
    if (effect.type === 'write-head') return [hexOf(effect.bytes)];
    if (effect.type !== 'write-frame') return [];
    const key = later.shift();
    return [hexOf(encodeFrame(effect.frame, key === undefined ? {} : { maskingKey: octets(key) }))];
  });
};
`;

/** The text of a test that replays a run. */
export function exportTest(session: Session): string {
  const { moves, worlds } = session;
  let keys = 0;
  const steps = moves.flatMap((move, index) => {
    const before = worlds[index];
    const after = worlds[index + 1];
    if (before === undefined || after === undefined) return [];
    const taken = takenBy(before, after);
    const comment = `\n  // ${index + 1}. ${oneLine(sayMove(move, before))}`;
    if (taken === undefined) return [comment];
    const [text, used] = stepText(taken.role, taken.step, keys);
    keys += used;
    return [comment, text];
  });
  return `${head}
test('a run of the explorer', () => {
${startText(session, 'client')}
${startText(session, 'server')}
  let effects: readonly Effect[] = [];
${steps.join('\n')}

  expect([client.state, server.state]).toEqual(${JSON.stringify(
    (['client', 'server'] as const).map((role) => worlds.at(-1)?.endpoints[role].connection.state),
  )});
});
`;
}

function startText({ settings }: Session, role: Role): string {
  const { answersCloseAtOnce } = endpointOptions(settings, role);
  const readings = changedReadings(settings);
  const common = [
    ...(answersCloseAtOnce === false ? ['answersCloseAtOnce: false'] : []),
    ...(Object.keys(readings).length > 0 ? [`readings: ${inputText(readings)}`] : []),
  ];
  const own = role === 'client' ? [`role: 'client'`, `offer: ${inputText(offer)}`] : [`role: 'server'`];
  return `  let [${role}] = createConnection({ ${[...own, ...common].join(', ')} });`;
}

/** A text that ends no comment: JSON has escaped what else could. */
const oneLine = (text: string): string => text.replace(/[\n\r\u2028\u2029]/g, ' ');

/** The text of a step, and how many masking keys it took. */
function stepText(role: Role, { input, effects, to }: TakenStep, usedBefore: number): readonly [string, number] {
  const keys: string[] = [];
  const written = effects.flatMap((effect) => {
    if (effect.type === 'write-head') return [hexOf(effect.bytes)];
    if (effect.type !== 'write-frame') return [];
    if (role === 'server') return [hexOf(encodeFrame(effect.frame))];
    const maskingKey = maskingKeyOf(usedBefore + keys.length);
    keys.push(hexOf(maskingKey));
    return [hexOf(encodeFrame(effect.frame, { maskingKey }))];
  });
  const types = effects.map(({ type }: Effect) => type);
  const lines = [
    `  [${role}, effects] = step(${role}, ${inputText(input)});`,
    `  expect(effects.map(({ type }) => type)).toEqual(${JSON.stringify(types)});`,
    ...(written.length > 0
      ? [
          `  expect(written(${['effects', ...keys.map((key) => `'${key}'`)].join(', ')})).toEqual(${JSON.stringify(written)});`,
        ]
      : []),
    `  expect(${role}.state).toBe('${to}');`,
  ];
  return [lines.join('\n'), keys.length];
}

/** An input as an expression: octets as digits, the rest as JSON, of which every line is one of TypeScript as well. */
function inputText(value: unknown): string {
  if (value instanceof Uint8Array) return `octets('${hexOf(value)}')`;
  if (Array.isArray(value)) return `[${value.map(inputText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const parts = Object.entries(value).map(([name, part]) => `${name}: ${inputText(part)}`);
  return `{ ${parts.join(', ')} }`;
}
