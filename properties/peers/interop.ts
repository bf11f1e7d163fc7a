import { connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';
import type { Endpoint } from '../../impl/endpoint.js';
import type { Message } from '../../model/message.js';
import { encodeUtf8 } from '../../model/utf8.js';

/*
 * A short conversation between a reference endpoint and a real peer that sends everything back. It shows whether the two
 * can talk, which says something about both; the verifier is who judges.
 */

/** What became of the parts of a conversation: `ok`, or what happened instead. */
export type Outcomes = Readonly<Record<string, string>>;

/** Milliseconds for a whole conversation. */
export const patience = 30_000;

const words = 'Grüße, 你好, 👋';
const bytes = Uint8Array.from({ length: 300 }, (_, at) => at & 0xff);
const parts = ['fragments ', 'come ', 'together'] as const;
const body = encodeUtf8('there?');

const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex');

interface Step {
  readonly topic: string;
  readonly start: (endpoint: Endpoint) => void;
  /** What has to come back. */
  readonly wanted: string;
}

const steps: readonly Step[] = [
  {
    topic: 'text',
    start: (endpoint) => {
      endpoint.send(words);
    },
    wanted: words,
  },
  {
    topic: 'binary',
    start: (endpoint) => {
      endpoint.send(bytes);
    },
    wanted: hex(bytes),
  },
  {
    topic: 'fragments',
    start: (endpoint) => {
      parts.forEach((part, at) => {
        endpoint.sendFragment('text', encodeUtf8(part), at === parts.length - 1);
      });
    },
    wanted: parts.join(''),
  },
  {
    topic: 'ping',
    start: (endpoint) => {
      endpoint.ping(body);
    },
    wanted: hex(body),
  },
];

/** A conversation, one step after the other, and the closing handshake at its end. */
export interface Conversation {
  readonly begin: (endpoint: Endpoint) => void;
  readonly take: (what: Message | Uint8Array, endpoint: Endpoint) => void;
  /** The connection is over: what became of every part. */
  readonly finish: (isClean: boolean, why: string) => Outcomes;
}

/** A conversation that has not begun. */
export function createConversation(): Conversation {
  const outcomes: Record<string, string> = {};
  const pending = [...steps];
  const begin = (endpoint: Endpoint): void => {
    if (pending[0] === undefined) endpoint.close({ status: 1000 });
    else pending[0].start(endpoint);
  };
  return {
    begin,
    take: (what, endpoint) => {
      const step = pending.shift();
      if (step === undefined) return;
      const is = what instanceof Uint8Array ? hex(what) : what.kind === 'text' ? what.text : hex(what.bytes);
      outcomes[step.topic] = is === step.wanted ? 'ok' : `${is.slice(0, 80)} came back`;
      begin(endpoint);
    },
    finish: (isClean, why) => {
      for (const { topic } of pending) outcomes[topic] = `not done: ${why}`;
      return { ...outcomes, close: isClean ? 'ok' : why };
    },
  };
}

/** Our client talks to a server. */
export function talkToServer(url: string, origin: string | undefined): Promise<Outcomes> {
  return new Promise((resolve) => {
    const conversation = createConversation();
    const client = connect(url, {
      ...(origin === undefined ? {} : { origin }),
      line: createConnectingLine(),
      onOpen: (_, endpoint) => {
        conversation.begin(endpoint);
      },
      onMessage: conversation.take,
      onPong: conversation.take,
      onEnd: ({ clean }, why) => {
        clearTimeout(timer);
        resolve(conversation.finish(clean, why));
      },
    });
    const timer = setTimeout(() => {
      client.drop();
    }, patience);
  });
}
