import { type HeaderField, type RequestHead, serializeHead } from '../../model/http-head.js';
import { type OpeningOffer, writeOpeningRequest } from '../../model/opening-request.js';
import type { WebSocketUri } from '../../model/uri.js';
import { describeViolation } from '../../model/violation.js';
import type { ChosenReadings } from './chosen-readings.js';
import type { Conversation, ConversationOptions, HeadEvent, ServerConversation } from './conversation.js';
import { converse } from './converse.js';
import type { OtherTls, Peer } from './line.js';
import type { Randomness } from './randomness.js';
import type { Recorder } from './recorder.js';

/** What the user says about the server under test. */
export interface Target {
  readonly uri: WebSocketUri;
  readonly origin?: string;
  readonly subprotocols: readonly string[];
  /** Further header fields for every opening handshake, such as a cookie. */
  readonly fields: readonly HeaderField[];
  /** Milliseconds of silence that mean "no answer". */
  readonly timeout: number;
  /** The options of readings that the user asked for, and that are therefore enforced. Default: none. */
  readonly chosen?: ChosenReadings;
  /** Random conversations for each generated case. Default 0: generated cases are left out. */
  readonly runs?: number;
  /** Whether a generated case holds all of them, however long it takes. Default false: as many as its budget allows. */
  readonly allRuns?: boolean;
  /** Milliseconds in which a generated case may search, and as many to shrink. Default 10 seconds. */
  readonly budget?: number;
}

/** Thrown by a case that cannot tell: its verdict is `inconclusive`, with the message as the reason. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
}

/** Thrown by a case that turns out not to concern this peer: its verdict is `skipped`, with the message as the reason. */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
}

/** An opening handshake that was sent, and what came back. */
export interface Handshake {
  readonly conversation: ServerConversation;
  readonly answer: HeadEvent;
}

/** What a case works with. */
export interface Tester extends Pick<Recorder, 'broken' | 'note' | 'rerunBy'> {
  readonly target: Target;
  readonly randomness: Randomness;
  /** A TCP connection on which nothing has been sent. */
  readonly connect: (options?: ConversationOptions) => Promise<ServerConversation>;
  /** A TCP connection on which TLS is not as it is for all others; only where the server is behind TLS. */
  readonly connectWith: (tls: OtherTls) => Promise<ServerConversation>;
  /** The right opening handshake for this server, to be sent as it is or changed first. */
  readonly request: (changes?: Partial<OpeningOffer>) => RequestHead;
  /** Sends an opening handshake, changed at will, and reads the answer. */
  readonly handshake: (request: Uint8Array | RequestHead, options?: ConversationOptions) => Promise<Handshake>;
  /** An open connection. Without one the case cannot tell: what is wrong with the opening is for other cases. */
  readonly establish: (changes?: Partial<OpeningOffer>, options?: ConversationOptions) => Promise<Conversation>;
  /** A tester whose findings are no findings of the case: for what is tried before it is told. */
  readonly aside: (recorder: Recorder) => Aside<Tester>;
}

/** A tester beside that of a case, and what destroys every connection that it opened. */
export interface Aside<AnyTester> {
  readonly tester: AnyTester;
  readonly cleanUp: () => void;
}

/** What an answer amounts to, in words. */
export function describeAnswer(answer: HeadEvent): string {
  switch (answer.type) {
    case 'response':
      return `HTTP ${answer.head.status} ${answer.head.reason}`.trimEnd();
    case 'malformed':
      return `a response that cannot be read: ${describeViolation(answer.violation.code)}`;
    case 'ended':
      return 'TCP ended without a response';
    case 'lost':
      return `TCP broke without a response (${answer.why})`;
    case 'silence':
      return answer.received === 0 ? 'no response' : 'a response that never ended';
  }
}

/** The tester of one case, and what destroys every connection that the case opened. */
export function createTester(peer: Peer, target: Target, recorder: Recorder, randomness: Randomness): Aside<Tester> {
  const opened: Conversation[] = [];
  const { timeout, chosen } = target;
  const facts = { recorder, randomness, timeout, chosen };
  const connect = async (options?: ConversationOptions): Promise<ServerConversation> => {
    const conversation = converse(await peer.connect(), { ...facts, options });
    opened.push(conversation);
    return conversation;
  };
  const connectWith = async (tls: OtherTls): Promise<ServerConversation> => {
    if (peer.connectWith === undefined) throw new NotApplicable('the server is not behind TLS on a socket');
    const conversation = converse(await peer.connectWith(tls), facts);
    opened.push(conversation);
    return conversation;
  };
  const request = (changes: Partial<OpeningOffer> = {}): RequestHead =>
    writeOpeningRequest({
      uri: target.uri,
      nonce: randomness.bytes(16),
      ...(target.origin === undefined ? {} : { origin: target.origin }),
      subprotocols: target.subprotocols,
      fields: target.fields,
      ...changes,
    });
  const handshake = async (bytes: Uint8Array | RequestHead, options?: ConversationOptions): Promise<Handshake> => {
    const conversation = await connect(options);
    conversation.sendBytes(bytes instanceof Uint8Array ? bytes : serializeHead(bytes), 'opening handshake');
    return { conversation, answer: await conversation.readHead() };
  };
  const establish = async (
    changes: Partial<OpeningOffer> = {},
    options?: ConversationOptions,
  ): Promise<Conversation> => {
    const { conversation, answer } = await handshake(request(changes), options);
    if (answer.type !== 'response' || answer.head.status !== 101) {
      throw new Inconclusive(`the server did not accept a right opening handshake: ${describeAnswer(answer)}`);
    }
    return conversation;
  };
  const { broken, note, rerunBy } = recorder;
  const cleanUp = (): void => {
    for (const conversation of opened) conversation.destroy();
  };
  const aside = (other: Recorder): Aside<Tester> => createTester(peer, target, other, randomness);
  return {
    tester: { target, randomness, broken, note, connect, connectWith, request, handshake, establish, aside, rerunBy },
    cleanUp,
  };
}
