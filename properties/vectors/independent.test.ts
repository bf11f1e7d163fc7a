import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

/* A second opinion on the vectors: nothing here knows the model, nor the code that made the vectors. */

type Notation = string | readonly (string | { readonly repeat: string; readonly times: number })[];

interface Expected {
  readonly frames: readonly { fin: boolean; rsv: string; opcode: number; key?: string; payload: Notation }[];
  readonly messages: readonly { kind: string; payload: Notation }[];
  readonly needMore: boolean;
  readonly violation?: { readonly code: string; readonly offset: number };
}

interface FramesDocument {
  readonly groups: readonly {
    readonly given: { readonly from: string };
    readonly vectors: readonly {
      readonly id: string;
      readonly input: { readonly wire: Notation };
      readonly expect: Expected;
      readonly otherwise?: readonly { readonly choices: Readonly<Record<string, string>>; readonly expect: Expected }[];
    }[];
  }[];
}

const hexOf = (notation: Notation): string =>
  (typeof notation === 'string' ? [notation] : notation)
    .map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times)))
    .join('');

/** Decodes a stream by draft-06 section 4, from the text alone: what stands at which place, or why it is wrong. */
function decode(wire: Buffer, from: string, choices: Readonly<Record<string, string>>): Expected {
  const frames: Expected['frames'][number][] = [];
  const messages: Expected['messages'][number][] = [];
  const end = (more: Partial<Expected>): Expected => ({ frames, messages, needMore: false, ...more });
  let open: { kind: string; payload: string } | undefined;
  for (let at = 0; at < wire.length;) {
    const offset = at;
    const key = from === 'client' ? wire.subarray(at, at + 4) : Buffer.alloc(4);
    if (from === 'client') at += 4;
    const clear = Buffer.from(wire.subarray(at).map((octet, index) => octet ^ (key[index % 4] ?? 0)));
    const wrong = (code: string, place: number): Expected => end({ violation: { code, offset: place } });
    const [first, second] = clear;
    if (first === undefined) return end({ needMore: true });
    const opcode = first % 16;
    const isControl = opcode >= 1 && opcode <= 3;
    const reserved = [64, 32, 16].findIndex((bit) => (first & bit) > 0);
    if (reserved >= 0) return wrong(`rsv${reserved + 1}-set`, at);
    if (opcode > 5) return wrong('reserved-opcode', at);
    if (isControl && first < 128) return wrong('fragmented-control', at);
    if (second === undefined) return end({ needMore: true });
    if (second >= 128) return wrong('rsv4-set', at + 1);
    const header = second === 127 ? 10 : second === 126 ? 4 : 2;
    if (header === 10 && (clear[2] ?? 0) >= 128) return wrong('length-high-bit', at + 2);
    if (clear.length < header) return end({ needMore: true });
    const length = header === 2 ? BigInt(second) : BigInt(`0x${clear.toString('hex', 2, header)}`);
    const isLonger = (header === 4 && length < 126n) || (header === 10 && length < 65536n);
    if (isLonger && choices['R-401'] === 'refuse') return wrong('non-minimal-length', at + 2);
    if (isControl && length > 125n) return wrong('long-control', at + 1);
    if (BigInt(clear.length - header) < length) return end({ needMore: true });
    at += header + Number(length);
    const payload = clear.toString('hex', header, header + Number(length));
    const shown = from === 'client' ? { key: key.toString('hex') } : {};
    frames.push({ fin: first >= 128, rsv: '0000', opcode, ...shown, payload });
    if (isControl || (opcode === 0 && open === undefined && choices['R-402'] === 'ignore')) continue;
    if (opcode === 0 && open === undefined) return wrong('orphan-continuation', offset);
    if (opcode > 0 && open !== undefined && choices['R-403'] !== 'abandon') return wrong('interleaved-message', offset);
    if (opcode > 0) open = { kind: opcode === 4 ? 'text' : 'binary', payload: '' };
    open = { kind: open?.kind ?? '', payload: (open?.payload ?? '') + payload };
    if (first < 128) continue;
    messages.push(open);
    open = undefined;
  }
  return end({});
}

/** The same, with all bytes as digits and without what the decoder does not tell. */
function plain({ frames, messages, needMore, violation }: Expected): unknown {
  return {
    frames: frames.map((frame) => ({ ...frame, payload: hexOf(frame.payload) })),
    messages: messages.map((message) => ({ ...message, payload: hexOf(message.payload) })),
    needMore,
    violation: violation === undefined ? undefined : { code: violation.code, offset: violation.offset },
  };
}

test('an independent decoder of frames agrees with every vector of frames', () => {
  const text = readFileSync(new URL('frames.json', import.meta.url), 'utf8');
  const { groups } = JSON.parse(text) as FramesDocument;
  let count = 0;
  for (const { given, vectors } of groups) {
    for (const { id, input, expect: usual, otherwise = [] } of vectors) {
      for (const outcome of [{ choices: {}, expect: usual }, ...otherwise]) {
        const found = decode(Buffer.from(hexOf(input.wire), 'hex'), given.from, outcome.choices);
        expect({ id, ...(found as object) }).toEqual({ id, ...(plain(outcome.expect) as object) });
        count++;
      }
    }
  }
  expect(count).toBeGreaterThan(1500);
});

const checker = fileURLToPath(new URL('check.py', import.meta.url));
const hasPython = spawnSync('python3', ['--version']).status === 0;
if (!hasPython) process.stderr.write('python3 is not there: check.py, a second opinion on the vectors, is not run\n');

test.skipIf(!hasPython && process.env['HYBI_REQUIRE_PEERS'] !== '1')(
  'a checker in Python agrees with every vector that it can read, and notices a wrong one',
  () => {
    const { status, stdout, stderr } = spawnSync('python3', [checker], { encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout.match(/, 0 disagreements$/gm)).toHaveLength(5);

    const directory = mkdtempSync(join(tmpdir(), 'hybi-vectors-'));
    for (const name of ['frames', 'close-bodies', 'utf-8', 'accept', 'timeout-headers']) {
      const text = readFileSync(new URL(`${name}.json`, import.meta.url), 'utf8');
      writeFileSync(
        join(directory, `${name}.json`),
        text.replace('"wire":"840548656c6c6f"', '"wire":"850548656c6c6f"'),
      );
    }
    const spoiled = spawnSync('python3', [checker, directory], { encoding: 'utf8' });
    rmSync(directory, { recursive: true });
    expect(spoiled.status).toBe(1);
    expect(spoiled.stdout).toContain('frames/draft-examples/text-hello');
  },
);
