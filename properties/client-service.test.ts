import { connect as connectTcp } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { connect } from '../impl/client.js';
import { serveClients } from './client-service.js';
import { type ClientSessions, createSessions } from './client-sessions.js';
import { clientCases } from './conformance/client/index.js';
import type { ClientPort } from './drivers/client-port.js';

const open: ClientPort[] = [];
afterEach(() => {
  for (const { close } of open.splice(0)) close();
});

interface Serving {
  readonly base: string;
  readonly port: number;
  readonly sessions: ClientSessions;
  readonly reported: string[];
  readonly strays: string[];
}

async function serve(...only: readonly string[]): Promise<Serving> {
  const sessions = createSessions({
    shownTarget: '',
    command: 'hybi verify-client',
    version: '0',
    timeout: 200,
    seed: 6,
    only,
  });
  const reported: string[] = [];
  const strays: string[] = [];
  const port = await serveClients('127.0.0.1', 0, sessions, {
    onReport: (agent) => reported.push(agent),
    onStray: (why) => strays.push(why),
    onDefect: (error) => {
      throw error;
    },
  });
  open.push(port);
  return { base: `ws://127.0.0.1:${port.port}`, port: port.port, sessions, reported, strays };
}

/** What a path of control says, and whether the connection was closed cleanly. */
const ask = (url: string): Promise<{ readonly text: string | undefined; readonly clean: boolean }> =>
  new Promise((resolve) => {
    let text: string | undefined;
    connect(url, {
      onMessage: (message) => {
        text = message.kind === 'text' ? message.text : undefined;
      },
      onEnd: ({ clean }) => {
        resolve({ text, clean });
      },
    });
  });

/** Runs a case as a client that echoes, or that says nothing. */
const play = (url: string, echoes = true): Promise<void> =>
  new Promise((resolve) => {
    connect(url, {
      onMessage: (message, client) => {
        if (echoes && client.canSend()) client.send(message.kind === 'text' ? message.text : message.bytes);
      },
      onEnd: () => {
        resolve();
      },
    });
  });

describe('a driver that was written for the Autobahn testsuite', () => {
  test('asks for the number of cases, runs each, asks for what became of it, and for the report', async () => {
    const { base, sessions, reported } = await serve('client-control', 'client-response/no-accept');
    const { text: count, clean } = await ask(`${base}/getCaseCount`);
    expect({ count, clean }).toEqual({ count: String(sessions.numbered.length), clean: true });
    const { text: info } = await ask(`${base}/getCaseInfo?case=1`);
    expect(JSON.parse(info ?? '')).toEqual({
      id: sessions.numbered[0]?.id,
      description: sessions.numbered[0]?.title,
    });
    for (let number = 1; number <= sessions.numbered.length; number++) {
      await play(`${base}/runCase?case=${number}&agent=reference`);
      const { text } = await ask(`${base}/getCaseStatus?case=${number}&agent=reference`);
      expect(JSON.parse(text ?? ''), sessions.numbered[number - 1]?.id).toEqual({
        behavior: expect.stringMatching(/^(?:OK|INFORMATIONAL)$/) as string,
      });
    }
    await ask(`${base}/updateReports?agent=reference`);
    await expect.poll(() => reported).toEqual(['reference']);
    const report = await sessions.report('reference');
    expect(report).toMatchObject({ role: 'client', target: 'reference', summary: { fail: 0, inconclusive: 0 } });
    expect(report.cases.every(({ verdict }) => verdict !== 'skipped')).toBe(true);
  });

  test('may name a case by its id; a case that was not run is unimplemented, and skipped in the report', async () => {
    const { base, sessions } = await serve('client-control');
    const last = sessions.numbered.at(-1);
    await play(`${base}/runCase?casetuple=${last?.id ?? ''}&agent=a`);
    const status = async (at: number) => (await ask(`${base}/getCaseStatus?case=${at}&agent=a`)).text;
    expect(await status(1)).toBe('{"behavior":"UNIMPLEMENTED"}');
    expect(await status(sessions.numbered.length)).toMatch(/OK|INFORMATIONAL/);
    expect(
      (await sessions.report('a')).cases.filter(({ reason }) => reason === 'the client did not run it'),
    ).toHaveLength(sessions.numbered.length - 1);
  });

  test('is told what there is when it asks for what there is not, as HTTP', async () => {
    const { port, strays } = await serve('client-control');
    const answer = await new Promise<string>((resolve) => {
      let said = '';
      const socket = connectTcp(port, '127.0.0.1', () => socket.write('GET /nowhere HTTP/1.1\r\nHost: x\r\n\r\n'));
      socket.on('data', (chunk) => (said += chunk.toString()));
      socket.on('end', () => {
        socket.end();
        resolve(said);
      });
    });
    expect(answer).toMatch(/^HTTP\/1.1 404 [^]*runCase/);
    expect(strays).toHaveLength(1);
    expect(await ask(`ws://127.0.0.1:${port}/runCase?case=0`)).toMatchObject({ clean: false });
  });
});

test('a client that never echoes is not failed for it', async () => {
  const needing = clientCases.filter(({ needs = [] }) => needs.length === 1 && needs[0] === 'echo of text');
  const { base, sessions } = await serve(...needing.slice(0, 3).map(({ id }) => id));
  for (let number = 1; number <= sessions.numbered.length; number++) {
    await play(`${base}/runCase?case=${number}&agent=mute`, false);
  }
  await sessions.settled('mute');
  const { cases } = await sessions.report('mute');
  expect(cases.map(({ verdict }) => verdict)).toEqual(cases.map(() => 'skipped'));
});

test('a port that is taken is the error of the system', async () => {
  const { port, sessions } = await serve('client-control');
  const events = { onReport: () => undefined, onDefect: () => undefined };
  await expect(serveClients('127.0.0.1', port, sessions, events)).rejects.toMatchObject({ code: 'EADDRINUSE' });
});
