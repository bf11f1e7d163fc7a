import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { attachTo } from '../../impl/attach.js';
import { startServer } from '../../impl/server.js';
import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { type Rewriter, startRelay } from '../capture/relay.js';
import type { JudgeFinding } from '../judge/ledger.js';
import { createTraceJudge } from '../judge/trace-judge.js';
import { createConversation, type Outcomes, patience } from './interop.js';
import { type Command, stopProgram } from './peer-program.js';

/*
 * Real clients at the reference server, with the judge between them.
 */

/** What passed between a client and the reference server. */
export interface Meeting {
  readonly outcomes: Outcomes;
  /** What the client did against the text. */
  readonly findings: readonly JudgeFinding[];
}

/** How long an echo client has to be ready for messages once it is connected, in milliseconds. */
const lead = 300;

/** An echo client that reads URLs on its standard input talks to our server, which leads the conversation. */
export async function meetEchoClient([program, ...args]: Command): Promise<Meeting> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const conversation = createConversation();
  let tell: (outcomes: Outcomes) => void = () => undefined;
  const told = new Promise<Outcomes>((resolve) => (tell = resolve));
  const attachment = attachTo(server, {
    listen: () => (effect, endpoint) => {
      if (effect.type === 'opened') setTimeout(conversation.begin, lead, endpoint);
      else if (effect.type === 'message') conversation.take(effect.message, endpoint);
      else if (effect.type === 'ponged') conversation.take(effect.body, endpoint);
      else if (effect.type === 'closed') tell(conversation.finish(effect.outcome.clean, 'the connection is over'));
    },
  });
  const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  child.stdin.on('error', () => undefined);
  const timer = setTimeout(() => {
    tell(conversation.finish(false, 'no answer'));
  }, patience);
  const judged = await judgeClients((server.address() as AddressInfo).port, '/', async (port) => {
    child.stdin.write(`ws://127.0.0.1:${port}/\n`);
    await told;
  });
  clearTimeout(timer);
  await stopProgram(child);
  await attachment.close();
  server.close();
  return { outcomes: await told, findings: judged.findings };
}

/** A client that sends two texts and ends by itself talks to the reference server, which sends everything back. */
export async function meetTalkingClient(commandFor: (port: number) => Command): Promise<Meeting> {
  const server = await startServer({ port: 0 });
  const { messages, findings } = await judgeClients(server.port, '/', async (port) => {
    const [program, ...args] = commandFor(port);
    const child = spawn(program, args, { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill('SIGKILL'), 2 * patience);
    await once(child, 'close');
    clearTimeout(timer);
  });
  await server.stop();
  return { outcomes: { texts: messages === 2 ? 'ok' : `${messages} came, of 2` }, findings };
}

/** Every request is for one path of the reference server: some clients know but one of their own. */
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

/**
 * Lets clients talk to a server of ours, and judges them.
 * @param visit makes the client connect to the port that it is given, and waits until it is done
 */
async function judgeClients(
  server: number,
  path: string,
  visit: (port: number) => Promise<void>,
): Promise<{ readonly messages: number; readonly findings: readonly JudgeFinding[] }> {
  const findings: JudgeFinding[] = [];
  let messages = 0;
  let trouble: string | undefined;
  const judge = createTraceJudge({
    onConnection: ({ judgement }) => {
      messages += judgement.sides.client.messages;
      for (const finding of judgement.findings) {
        const { blamed, verdict, clause, observed } = finding;
        if (blamed === 'client' && verdict !== 'informational') findings.push(finding);
        if (blamed === 'server' && verdict === 'fail') trouble ??= `our server broke ${clause}: ${observed}`;
      }
    },
  });
  const relay = await startRelay({
    host: '127.0.0.1',
    port: 0,
    target: { host: '127.0.0.1', port: server },
    tell: (record) => {
      judge.take(record);
    },
    onUnreachable: (_, why) => {
      trouble ??= `our server cannot be reached: ${why}`;
    },
    rewrite: (from) => (from === 'client' ? rewriteTarget(path) : undefined),
  });
  await visit(relay.port);
  relay.stop();
  await relay.over;
  judge.finish();
  if (trouble !== undefined) throw new Error(trouble);
  return { messages, findings };
}
