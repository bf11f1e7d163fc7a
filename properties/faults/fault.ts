import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type Alteration, alteredServer } from '../conformance/altered-server.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { ClientPeer, Line, Peer } from '../verifier/line.js';
import { consequencesOf } from './consequences.js';

/** Blame that is right beside that of the clause itself, and why. */
export interface Consequence {
  readonly clause: ClauseId;
  readonly why: string;
}

/**
 * A peer that breaks one clause on purpose. Those who judge are judged by it: among the cases there has to be one that
 * notices, and whoever notices has to blame this clause, one that says the same (`entailed.ts`), or one that is declared
 * here as following from it.
 */
export type Fault = ServerFault | ClientFault;

/** What faults and oddities say about themselves. */
interface PeerFacts {
  /** `section/what-is-wrong`, stable. */
  readonly name: string;
  /** What the peer does, as a sentence. */
  readonly says: string;
}

interface FaultFacts extends PeerFacts {
  readonly clause: ClauseId;
  /** What else may be blamed. */
  readonly follows: readonly Consequence[];
}

interface WrongServer {
  readonly role: 'server';
  /** A new peer each time, since peers may remember. */
  readonly peer: () => Peer;
}

interface WrongClient {
  readonly role: 'client';
  /** A new client each time, since clients may remember. */
  readonly client: () => ClientPeer;
}

export type ServerFault = FaultFacts & WrongServer;
export type ClientFault = FaultFacts & WrongClient;

/** What allows an oddity: clauses that grant it, and numbers of readings that leave it open. */
interface OddityFacts extends PeerFacts {
  readonly clauses: readonly ClauseId[];
  readonly readings: readonly string[];
}

/** A peer that is unusual and keeps every clause: to fail one is a defect of whoever judges. */
export type Oddity = (OddityFacts & WrongServer) | (OddityFacts & WrongClient);

/** A fault of a server, in one line. */
export const serverFault = (name: string, clause: ClauseId, says: string, peer: () => Peer): ServerFault => ({
  name,
  role: 'server',
  clause,
  says,
  follows: consequencesOf(name),
  peer,
});

/** A fault of a client, in one line. Names begin with `client-`. */
export const clientFault = (name: string, clause: ClauseId, says: string, client: () => ClientPeer): ClientFault => ({
  name,
  role: 'client',
  clause,
  says,
  follows: consequencesOf(name),
  client,
});

/** The model, with somebody on the line who changes frames. */
export const altered =
  (alteration: Alteration): (() => Peer) =>
  () =>
    alteredServer(alteration);

/** The model, with somebody on the line. */
export const changing = (change: (line: Line) => Line): (() => Peer) => {
  return () => {
    const peer = memoryServer();
    return { connect: async () => change(await peer.connect()) };
  };
};

/** The model, but the head of each of its answers is rewritten. */
export const answering = (rewrite: (answer: string, request: string) => string): (() => Peer) =>
  changing((line) => {
    let request = '';
    let isAnswered = false;
    return {
      ...line,
      send: (bytes) => {
        if (!isAnswered) request += latin1FromBytes(bytes);
        line.send(bytes);
      },
      next: async (timeout) => {
        const event = await line.next(timeout);
        if (event.type !== 'bytes' || isAnswered) return event;
        isAnswered = true;
        return { type: 'bytes', bytes: bytesFromLatin1(rewrite(latin1FromBytes(event.bytes), request)) };
      },
    };
  });

/** The model, but it gets the opening handshake as a careless reader would understand it. */
export const misreading = (rewrite: (request: string) => string): (() => Peer) =>
  changing((line) => {
    let held = '';
    let isRead = false;
    return {
      ...line,
      send: (bytes) => {
        if (isRead) {
          line.send(bytes);
          return;
        }
        held += latin1FromBytes(bytes);
        if (!held.includes('\r\n\r\n')) return;
        isRead = true;
        line.send(bytesFromLatin1(rewrite(held)));
      },
    };
  });

/** Writes header lines behind the others of a head. */
export const withLines = (head: string, ...lines: readonly string[]): string =>
  head.replace('\r\n\r\n', `\r\n${lines.join('\r\n')}\r\n\r\n`);

/** Whether the head of an answer accepts. */
export const isAcceptance = (answer: string): boolean => answer.startsWith('HTTP/1.1 101');

/** A line that says this, and after which the model closes: no request of HTTP begins so. */
export const nonsense = '\r\r\n\r\n';
