import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';
import { startServer } from '../../impl/server.js';
import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { type Rewriter, startRelay } from '../capture/relay.js';
import type { JudgeFinding } from '../judge/ledger.js';
import { createTraceJudge } from '../judge/trace-judge.js';
import { type Command, stopProgram } from './peer-program.js';

/*
 * Conversations between the reference endpoints and real peers. They show whether two can talk, which says something
 * about both; the verifier is who judges.
 */

/** What became of the parts of a conversation: `ok`, or what happened instead. */
export type Outcomes = Readonly<Record<string, string>>;

/** Milliseconds for a whole conversation. */
const patience = 15_000;

const words = 'Grüße, 你好, 👋';
const bytes = Uint8Array.from({ length: 300 }, (_, at) => at & 0xff);
const parts = ['fragments ', 'come ', 'together'] as const;

const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');

/** Our client talks to a server: text, bytes, fragments, a Ping, and the closing handshake, one after the other. */
export function talkToServer(url: string, origin: string | undefined): Promise<Outcomes> {
  return new Promise((resolve) => {
    const outcomes: Record<string, string> = {};
    const pending = ['text', 'binary', 'fragments', 'ping'];
    const steps: Readonly<Record<string, () => void>> = {
      text: () => {
        client.send(words);
      },
      binary: () => {
        client.send(bytes);
      },
      fragments: () => {
        parts.forEach((part, at) => {
          client.sendFragment('text', encodeUtf8(part), at === parts.length - 1);
        });
      },
      ping: () => {
        client.ping(encodeUtf8('there?'));
      },
    };
    const next = (): void => {
      const step = pending[0];
      if (step === undefined) client.close({ status: 1000 });
      else steps[step]?.();
    };
    const told = (is: string, wanted: string): void => {
      const step = pending.shift();
      if (step === undefined) return;
      outcomes[step] = is === wanted ? 'ok' : `${is.slice(0, 80)} came back`;
      next();
    };
    const wantedOf: Readonly<Record<string, string>> = { text: words, binary: hex(bytes), fragments: parts.join('') };
    const client = connect(url, {
      ...(origin === undefined ? {} : { origin }),
      line: createConnectingLine(),
      onOpen: next,
      onMessage: (message) => {
        told(message.kind === 'text' ? message.text : hex(message.bytes), wantedOf[pending[0] ?? ''] ?? '');
      },
      onPong: (body) => {
        told(hex(body), hex(encodeUtf8('there?')));
      },
      onEnd: (outcome, why) => {
        clearTimeout(timer);
        for (const step of pending) outcomes[step] = `not done: ${why}`;
        resolve({ ...outcomes, close: outcome.clean ? 'ok' : why });
      },
    });
    const timer = setTimeout(() => {
      client.drop();
    }, patience);
  });
}

/** What passed between a client and the reference server, judged. */
export interface Meeting {
  readonly outcomes: Outcomes;
  /** What the client did against the text. */
  readonly findings: readonly JudgeFinding[];
}

/** Every request is for another path of the reference server: some clients have but one. */
function rewriteTarget(path: string): Rewriter {
  let isHead = true;
  return {
    take: (chunk) => {
      if (!isHead) return chunk;
      isHead = false;
      return bytesFromLatin1(latin1FromBytes(chunk).replace(/^GET \S+/, `GET ${path}`));
    },
    rest: () => new Uint8Array(0),
  };
}

/** How a client is made to talk to the port, and to end. */
type Visit = (port: number) => Promise<void>;

/**
 * Lets clients talk to the reference server, with the judge between them.
 * @param path what is asked for in place of what the client asks for
 * @param messages how many messages the client has to send
 */
async function meet(visit: Visit, path: string, messages: number): Promise<Meeting> {
  const server = await startServer({ port: 0 });
  const findings: JudgeFinding[] = [];
  let says = 'it did not connect';
  const judge = createTraceJudge({
    onConnection: ({ judgement: { kind, sides, findings: all } }) => {
      findings.push(...all.filter(({ blamed, verdict }) => blamed === 'client' && verdict !== 'informational'));
      const own = all.find(({ blamed, verdict }) => blamed === 'server' && verdict === 'fail');
      const count = sides.client.messages;
      if (own !== undefined) says = `the reference server broke ${own.clause}: ${own.observed}`;
      else if (kind !== 'websocket') says = `it was ${kind}`;
      else says = count === messages ? 'ok' : `${count} messages came from it, of ${messages}`;
    },
  });
  const relay = await startRelay({
    host: '127.0.0.1',
    port: 0,
    target: { host: '127.0.0.1', port: server.port },
    tell: (record) => {
      judge.take(record);
    },
    onUnreachable: (_, why) => {
      says = why;
    },
    rewrite: (from) => (from === 'client' ? rewriteTarget(path) : undefined),
  });
  await visit(relay.port);
  relay.stop();
  await relay.over;
  judge.finish();
  await server.stop();
  return { outcomes: { [path]: says }, findings };
}

/** What the reference server starts with an echo client: its path, how many messages come back, and for how long. */
const topics: readonly (readonly [path: string, messages: number])[] = [
  ['/messages?count=5&size=70', 5],
  ['/messages?count=5&size=300&kind=binary', 5],
  ['/ping?count=2', 0],
  ['/close?status=1001&reason=bye', 0],
];

/** A moment for a conversation that has no end of its own, in milliseconds. */
const moment = 1500;

/** An echo client that is given URLs on its standard input talks to the reference server. */
export async function meetEchoClient([program, ...args]: Command): Promise<Meeting> {
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => undefined);
  const visit: Visit = async (port) => {
    child.stdin.write(`ws://127.0.0.1:${port}/\n`);
    await new Promise((resolve) => setTimeout(resolve, 2 * moment));
  };
  const meetings = await Promise.all(topics.map(([path, messages]) => meet(visit, path, messages)));
  await stopProgram(child);
  return {
    outcomes: Object.assign({}, ...meetings.map(({ outcomes }) => outcomes)) as Outcomes,
    findings: meetings.flatMap(({ findings }) => findings),
  };
}

/** A client that talks and ends by itself talks to the reference server, which sends everything back. */
export function meetTalkingClient(commandFor: (port: number) => Command): Promise<Meeting> {
  const visit: Visit = async (port) => {
    const [program, ...args] = commandFor(port);
    const child = spawn(program, args, { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), 2 * patience);
    await once(child, 'close');
    clearTimeout(timer);
  };
  return meet(visit, '/', 2);
}
