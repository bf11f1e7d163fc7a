import { describe, expect, test } from 'vitest';
import { createSessions, type ClientSessions } from './client-sessions.js';
import { echoingClient, memoryClient } from './drivers/memory-client.js';
import type { Application } from './drivers/memory-line.js';
import type { VerifyClientFacts } from './verify-client.js';

const facts: VerifyClientFacts = {
  ...{ shownTarget: '', command: 'hybi verify-client', version: '0', timeout: 200, seed: 6 },
};

/** Has the model come for every number, up to one; each connection is a new client. */
async function comeForAll(sessions: ClientSessions, application?: Application, upTo = Infinity): Promise<void> {
  for (const number of sessions.numbered.keys()) {
    if (number >= upTo) return;
    const { line } = await memoryClient(application).accept({ name: `visit ${number}` });
    await sessions.run('a', number + 1, line);
  }
}

/** An echo that loses what a text has beyond nine letters. */
const forgetful: Application = (effect) =>
  echoingClient(effect).map((input) =>
    input.type === 'local.send' && input.kind === 'text' ? { ...input, data: input.data.slice(0, 9) } : input,
  );

describe('Conversations at random with clients that come by themselves', () => {
  test('have a number each, behind the cases, and find nothing about the model', async () => {
    const sessions = createSessions({ ...facts, only: ['client-random'], runs: 4 });
    expect(sessions.numbered.map(({ id }) => id).slice(0, 5)).toEqual([
      ...[1, 2, 3, 4].map((number) => `client-random/legal#${number}`),
      'client-random/legal-without-echo#1',
    ]);
    await comeForAll(sessions);
    const { cases } = await sessions.report('a');
    expect(cases.map(({ id, verdict }) => [id, verdict])).toEqual(
      ['legal', 'legal-without-echo', 'violations'].map((name) => [`client-random/${name}`, 'pass']),
    );
  });

  test('shrink what fails over the further connections, and the rest of them are over at once', async () => {
    const sessions = createSessions({ ...facts, only: ['client-random/legal'], runs: 400 });
    await comeForAll(sessions, forgetful, 400);
    const [result] = (await sessions.report('a')).cases;
    expect(result?.verdict).toBe('fail');
    expect(result?.findings[0]?.observed).toMatch(
      /the smallest conversation that shows it has 1 of \d+ pieces.*text\*10$/,
    );
    expect(result?.again).toBe("hybi verify-client --replay 'text*10' --seed 6");
    expect(await sessions.behaviourOf('a', 400)).toBe('UNIMPLEMENTED');
    expect(result?.wire.length).toBeGreaterThan(0);
  });

  test('say so when the client comes no more before there is nothing smaller', async () => {
    const sessions = createSessions({ ...facts, only: ['client-random/legal'], runs: 400 });
    let number = 1;
    for (let failed = 0; failed < 3; number++) {
      const { line } = await memoryClient(forgetful).accept({ name: `visit ${number}` });
      if ((await sessions.run('a', number, line)).verdict === 'fail') failed++;
    }
    const [result] = (await sessions.report('a')).cases;
    expect(result?.verdict).toBe('fail');
    expect(result?.findings[0]?.observed).toContain('there may be a smaller one: the client came no more');
    expect(result?.again).toMatch(/--replay '.+' --seed 6$/);
  });

  test('have not told what was asked when there were fewer connections and nothing was found', async () => {
    const sessions = createSessions({ ...facts, only: ['client-random/violations'], runs: 5 });
    await comeForAll(sessions, undefined, 2);
    const [result] = (await sessions.report('a')).cases;
    expect(result).toMatchObject({ verdict: 'inconclusive', reason: 'the client came for 2 of 5 connections' });
  });
});

describe('Other segmentations for clients that come by themselves', () => {
  test('are further numbers, and a verdict that differs is a finding', async () => {
    const sessions = createSessions({ ...facts, only: ['client-control/ping'], segmentations: true, segmentGap: 0 });
    await comeForAll(sessions);
    const { cases } = await sessions.report('a');
    expect(cases.map(({ verdict }) => verdict)).toEqual(cases.map(() => 'pass'));
    expect(cases.filter(({ id }) => id.startsWith('client-segmented/'))).toHaveLength(3);
  });

  test('a conversation can be held again by its replay', async () => {
    const script = { type: 'send', pieces: [{ type: 'raw', bytes: Uint8Array.of(0x82, 0) }], cuts: [] } as const;
    const sessions = createSessions({ ...facts, replay: [script] });
    await comeForAll(sessions);
    expect((await sessions.report('a')).cases).toMatchObject([{ id: 'client-random/replay', verdict: 'pass' }]);
  });
});
