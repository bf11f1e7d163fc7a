import { bytesFromLatin1, concatBytes, latin1FromBytes, noBytes } from '../../model/bytes.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { Line, LineEvent, Peer } from '../verifier/line.js';

/** How a server tells Connection-Timeout, and what it does about it. */
export interface Telling {
  /** Lines of the head of each answer to ordinary HTTP. */
  readonly lines: readonly string[];
  /** Lines of a response that accepts, beside the usual ones; `Connection` there takes the place of the usual one. */
  readonly accepting?: readonly string[];
  /** Seconds after which an idle connection ends. Default: it does not. */
  readonly keeps?: number;
  /** Seconds that an answer to ordinary HTTP takes. Default 0. */
  readonly takes?: number;
}

/** A server in memory that keeps connections of ordinary HTTP, and tells how long. Its WebSocket is that of the model. */
export function tellingServer(telling: Telling): Peer {
  const webSocket = memoryServer();
  return { connect: async () => tellingLine(telling, await webSocket.connect()) };
}

/** Bytes of a request for which the rest is awaited. */
const longestHead = 16 * 1024;

/** The usual lines of a Connection-Timeout. */
export const toldFor = (seconds: number | string): readonly string[] => [
  'Connection: Connection-Timeout',
  `Connection-Timeout: ${seconds}`,
];

function tellingLine({ lines, accepting = [], keeps = Infinity, takes = 0 }: Telling, inner: Line): Line {
  let clock = 0;
  let heldUntil = 0;
  let lastData = 0;
  let isPlain = false;
  let hasHead = false;
  let head: Uint8Array = noBytes;
  let hasAccepted = false;
  const answer = ['HTTP/1.1 200 OK', ...lines, 'Content-Length: 2', '', 'hi'].join('\r\n');
  const queue: LineEvent[] = [];

  /** The next thing from the model: its clock is not ours, so it is not left to wait. */
  const ofModel = async (): Promise<LineEvent | undefined> => {
    const event = await inner.next(0);
    if (event.type !== 'bytes' || hasAccepted) return event.type === 'silence' ? undefined : event;
    hasAccepted = true;
    const isReplaced = accepting.some((line) => line.startsWith('Connection:'));
    const said = latin1FromBytes(event.bytes).replace(isReplaced ? /\r\nConnection:[^\r]*/ : /$^/, '');
    const more = accepting.map((line) => `\r\n${line}`).join('');
    return { type: 'bytes', bytes: bytesFromLatin1(said.replace('\r\n\r\n', `${more}\r\n\r\n`)) };
  };
  return {
    ...inner,
    send: (bytes) => {
      lastData = clock;
      if (!isPlain && !hasHead) {
        head = concatBytes([head, bytes]);
        const text = latin1FromBytes(head);
        // What is no request at all is for the model to refuse, at once.
        if (!text.includes('\r\n\r\n') && /^\s*(?:GET?|HEAD?|POST?)?(?: |$)/.test(text) && text.length < longestHead)
          return;
        hasHead = true;
        isPlain = /^(?:GET|HEAD|POST) /.test(text) && !/\r\n(?:Upgrade|Sec-WebSocket-[^:]*):/i.test(text);
        if (!isPlain) inner.send(head);
      } else if (!isPlain) inner.send(bytes);
      if (!isPlain) return;
      heldUntil = clock + takes * 1000;
      queue.push({ type: 'bytes', bytes: bytesFromLatin1(answer) });
    },
    next: async (timeout) => {
      const deadline = clock + timeout;
      const event = isPlain ? undefined : await ofModel();
      if (event !== undefined) {
        lastData = clock;
        return event;
      }
      if (queue.length > 0 && heldUntil <= deadline) {
        clock = Math.max(clock, heldUntil);
        lastData = clock;
        return queue.shift() ?? { type: 'silence' };
      }
      const end = lastData + keeps * 1000;
      clock = Math.max(clock, Math.min(deadline, end));
      return end <= deadline ? { type: 'ended' } : { type: 'silence' };
    },
    now: () => clock,
  };
}
