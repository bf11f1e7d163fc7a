import { acceptOfKey } from '../../model/accept.js';
import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { Line, LineEvent, Peer } from '../verifier/line.js';

/*
 * Ways to make a faulty server out of the right one: by changing what it reads, or what it answers.
 */

/** A peer whose lines are those of another, changed. */
export const changing = (peer: Peer, change: (line: Line) => Line): Peer => ({
  connect: async () => change(await peer.connect()),
});

/** The model, but what it answers to an opening handshake is rewritten where it accepts. */
export const answering = (rewrite: (response: string) => string, peer: Peer = memoryServer()): Peer =>
  changing(peer, (line) => ({
    ...line,
    next: async (timeout) => {
      const event = await line.next(timeout);
      if (event.type !== 'bytes') return event;
      const answer = latin1FromBytes(event.bytes);
      return answer.startsWith('HTTP/1.1 101') ? { type: 'bytes', bytes: bytesFromLatin1(rewrite(answer)) } : event;
    },
  }));

/** The model, but it gets the opening handshake as a careless reader would understand it. */
export const misreading = (rewrite: (request: string) => string): Peer =>
  changing(memoryServer(), (line) => {
    let held = '';
    let isRead = false;
    return {
      ...line,
      send: (bytes) => {
        held += latin1FromBytes(bytes);
        if (!isRead && !held.includes('\r\n\r\n')) return;
        line.send(bytesFromLatin1(isRead ? held : rewrite(held)));
        isRead = true;
        held = '';
      },
    };
  });

/** A server that answers each piece that it is sent with one of these, and nothing else. */
export const scripted = (answer: (piece: string) => string | undefined): Peer => ({
  connect: () => {
    let clock = 0;
    const queue: LineEvent[] = [];
    const line: Line = {
      send: (bytes) => {
        const said = answer(latin1FromBytes(bytes));
        if (said !== undefined) queue.push({ type: 'bytes', bytes: bytesFromLatin1(said) });
      },
      end: () => undefined,
      destroy: () => undefined,
      next: (timeout) => {
        const event = queue.shift();
        if (event === undefined) clock += timeout;
        return Promise.resolve(event ?? { type: 'silence' });
      },
      now: () => clock,
    };
    return Promise.resolve(line);
  },
});

/** The model, but it reads only the first piece of a request and takes it for the whole. */
export const firstPieceOnly = changing(memoryServer(), (line) => {
  let isFirst = true;
  return {
    ...line,
    send: (bytes) => {
      const piece = latin1FromBytes(bytes);
      line.send(isFirst && !piece.endsWith('\r\n\r\n') ? bytesFromLatin1('\r\r\n\r\n') : bytes);
      isFirst = false;
    },
  };
});

/** The model, but it never ends TCP. */
export const withoutEnd = changing(memoryServer(), (line) => ({
  ...line,
  next: async (timeout) => {
    const event = await line.next(timeout);
    return event.type === 'bytes' ? event : { type: 'silence' };
  },
}));

const keyIn = (request: string): string => /^sec-websocket-key:\s*(.*?)\s*$/im.exec(request)?.[1] ?? '';
export const acceptance = (request: string): string =>
  `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${acceptOfKey(keyIn(request))}\r\n\r\n`;

/** The model, but it closes where a request fits. */
export const closingAt = (pattern: RegExp): Peer =>
  misreading((request) => (pattern.test(request) ? '\r\r\n\r\n' : request));

const field = (name: string): RegExp => new RegExp(`\r\n${name}:[^\r]*`, 'gi');

/** The model, but it says nothing unless it accepts. */
export const hiding = changing(memoryServer(), (line) => ({
  ...line,
  next: async (timeout) => {
    const event = await line.next(timeout);
    const isAccepted = event.type === 'bytes' && latin1FromBytes(event.bytes).startsWith('HTTP/1.1 101');
    return isAccepted ? event : { type: 'silence' };
  },
}));

export const replacing = (name: string, line: string): Peer => answering((answer) => answer.replace(field(name), line));
export const adding = (line: string): Peer => answering((answer) => answer.replace('\r\n\r\n', `\r\n${line}\r\n\r\n`));
