import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type Alteration, alteredServer } from '../conformance/altered-server.js';
import { keepingTime } from '../drivers/keeping-time.js';
import { memoryServer } from '../drivers/memory-server.js';
import type { ClientPeer, Line, Peer } from '../verifier/line.js';
import { consequencesOf } from './consequences.js';
import type { ServedPeer } from './on-socket.js';

/** Blame that is right beside that of the clause itself, and why. */
export interface Consequence {
  readonly clause: ClauseId;
  readonly why: string;
}

/**
 * A peer that breaks one clause on purpose. Those who judge are judged by it: among the cases there has to be one that
 * notices, and whoever notices has to blame this clause, one that says the same (`entailed.ts`), or one that
 * `consequences.ts` declares as following from it.
 */
export type Fault = ServerFault | ClientFault | SecureFault;

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

/** A server behind TLS, which listens on a socket and is nowhere else. */
interface WrongSecureServer {
  readonly role: 'server';
  /** Listens; port 0 takes a free one. */
  readonly serve: (host: string, port: number) => Promise<ServedPeer>;
}

/**
 * Connects a client to a server, and keeps its promise when TCP is over.
 * @param where the place to connect to instead of that of the URL
 */
export type ConnectsTo = (
  url: string,
  options?: {
    readonly name?: string;
    readonly where?: { readonly host: string; readonly port: number };
    readonly signal?: AbortSignal;
  },
) => Promise<void>;

/** A client that is given a wss URL, and is on sockets alone. */
interface WrongSecureClient {
  readonly role: 'client';
  readonly connects: ConnectsTo;
}

export type ServerFault = FaultFacts & WrongServer;
export type ClientFault = FaultFacts & WrongClient;
export type SecureServerFault = FaultFacts & WrongSecureServer;
export type SecureClientFault = FaultFacts & WrongSecureClient;

/** What is wrong about TLS shows over sockets only, to cases for wss. */
export type SecureFault = SecureServerFault | SecureClientFault;

/** Whether a fault exists on sockets alone, behind TLS. */
export const isSecure = (each: Fault | Oddity): each is SecureFault => 'serve' in each || 'connects' in each;

/** A fault that exists on sockets alone. */
export const secureFault = <Kind extends SecureFault>(facts: Omit<Kind, 'follows'>): Kind =>
  ({ ...facts, follows: consequencesOf(facts.name) }) as Kind;

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

export { altered } from '../conformance/altered-server.js';

/** The model, or another server, with somebody on the line. */
export const changing =
  (change: (line: Line) => Line, begin: () => Peer = memoryServer): (() => Peer) =>
  () => {
    const peer = begin();
    return { connect: async () => keepingTime(change(await peer.connect())) };
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

/** The model, or another server, but it gets the opening handshake as a careless reader would understand it. */
export const misreading = (rewrite: (request: string) => string, begin: () => Peer = memoryServer): (() => Peer) =>
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
  }, begin);

/** A header line of a head, with the line end in front of it. */
export const headerLine = (name: string): RegExp => new RegExp(`\r\n${name}:[^\r]*`, 'gi');

/** Writes header lines behind the others of a head. */
export const withLines = (head: string, ...lines: readonly string[]): string =>
  head.replace('\r\n\r\n', `\r\n${lines.join('\r\n')}\r\n\r\n`);

/** Whether the head of an answer accepts. */
export const isAcceptance = (answer: string): boolean => answer.startsWith('HTTP/1.1 101');

/** The model, but an acceptance is rewritten; other answers stay. */
export const accepting = (rewrite: (answer: string, request: string) => string): (() => Peer) =>
  answering((answer, request) => (isAcceptance(answer) ? rewrite(answer, request) : answer));

/** The model with an alteration that remembers, made anew for each connection. */
export const remembering = (begin: () => Alteration) => (): Peer => ({
  connect: () => alteredServer(begin()).connect(),
});

/** A line that says this, and after which the model closes: no request of HTTP begins so. */
export const nonsense = '\r\r\n\r\n';

/** The model, but it closes where an opening handshake fits. */
export const closingAt = (pattern: RegExp): (() => Peer) =>
  misreading((request) => (request.search(pattern) === -1 ? request : nonsense));
