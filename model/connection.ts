import { defaultReadings, type ReadingChoices } from '../spec/readings.js';
import type { CloseReason } from './close-body.js';
import { createDecoder, type DecodedFrame, type Decoder, defaultMaxPayload } from './frame-decoder.js';
import {
  checkExtensions,
  type ExtensionDefinition,
  type ExtensionsInUse,
  noExtensionsInUse,
} from './extension-registry.js';
import type { Frame } from './frame.js';
import type { DataKind, Outgoing } from './fragmentation.js';
import type { RequestHead, ResponseHead } from './http-head.js';
import { createHeadReader, type HeadReader } from './http-head-reader.js';
import type { MachineContext, MachineEventType } from './machine-setup.js';
import { type Assembler, createAssembler, type Message } from './message.js';
import type { OpeningOffer, OpeningRequest } from './opening-request.js';
import type { Acceptance, Agreement, Rejection } from './opening-response.js';
import type { Role } from './role.js';
import type { StateId } from './state-id.js';
import type { TransitionTable } from './transition-table.js';
import type { Violation } from './violation.js';

/** What both roles can be told. */
export interface EndpointOptions {
  /** Options of readings; those not named have their defaults. */
  readonly readings?: Partial<ReadingChoices>;
  /** Whether a Close is answered at once, or when the application says `local.answer`. Default true. */
  readonly answersCloseAtOnce?: boolean;
  /**
   * Whether reading pauses behind each message, with the effect `paused`, until `continue` is put in: what the
   * application does about a message then comes before whatever follows it in the same bytes. Default false.
   */
  readonly pausesAtMessages?: boolean;
  /** Bytes that a message, and a frame, may have. Default 16 MiB. A larger one is refused with 1004. */
  readonly maxMessage?: number;
  /** Bytes that the HTTP head of the other side may have. Default 16 KiB. */
  readonly maxHead?: number;
  /** The extensions that the endpoint knows: what those in use do is theirs to say. Default: none. */
  readonly extensions?: readonly ExtensionDefinition[];
  /**
   * How many times as many bytes as it reads the endpoint takes from an extension that decodes the stream, beyond
   * `maxMessage` bytes in all. More is refused with 1004. Default 128; `Infinity` takes everything.
   */
  readonly maxExpansion?: number;
}

export interface ClientOptions extends EndpointOptions {
  readonly role: 'client';
  readonly offer: OpeningOffer;
}

export interface ServerOptions extends EndpointOptions {
  readonly role: 'server';
  /** The authorities of the server, for reading R-508 `match`. */
  readonly authorities?: readonly string[];
}

export type ConnectionOptions = ClientOptions | ServerOptions;

/** The timers that the model may ask for; how long each runs is for the outside to say. */
export type TimerName = 'connect' | 'handshake' | 'close' | 'drop';

/**
 * What may be put into a connection.
 * `transport.*` and `timer.*` say that something happened, `bytes` brings what was read, `local.*` is the application.
 */
export type Input =
  | { readonly type: Extract<MachineEventType, `transport.${string}` | `timer.${string}`> }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  /** Goes on reading behind a `paused`. */
  | { readonly type: 'continue' }
  /** A piece of what `decode` asked for, in order. */
  | { readonly type: 'decoded'; readonly bytes: Uint8Array }
  /** What `decode` asked for cannot be had. */
  | { readonly type: 'undecodable'; readonly says: string }
  | { readonly type: 'local.accept'; readonly acceptance?: Acceptance }
  | { readonly type: 'local.reject'; readonly rejection: Rejection }
  | {
      readonly type: 'local.send';
      readonly kind: DataKind;
      /** A whole message or the next fragment of one; text is given as the UTF-8 that it will be on the wire. */
      readonly data: Uint8Array;
      /** Whether the message ends here. Default true. */
      readonly fin?: boolean;
    }
  | { readonly type: 'local.ping'; readonly body?: Uint8Array }
  | { readonly type: 'local.close'; readonly close?: CloseReason }
  | { readonly type: 'local.answer'; readonly close?: CloseReason }
  | { readonly type: 'local.drop' };

/** What the outside has to do, or gets to know. In the order of the list. */
export type Effect =
  | { readonly type: 'open-transport'; readonly host: string; readonly port: number; readonly secure: boolean }
  /** Bytes of an HTTP head, with the body of a refusal. */
  | { readonly type: 'write-head'; readonly head: RequestHead | ResponseHead; readonly bytes: Uint8Array }
  /** A frame to encode and write; a client gives it a fresh masking key (draft-06/4.2/fresh-key). */
  | { readonly type: 'write-frame'; readonly frame: Frame }
  /** End the local direction of TCP behind everything written. */
  | { readonly type: 'end-transport' }
  /** End both directions of TCP at once. */
  | { readonly type: 'destroy-transport' }
  | { readonly type: 'arm-timer' | 'disarm-timer'; readonly timer: TimerName }
  /** The application of the server has to say `local.accept` or `local.reject`. */
  | { readonly type: 'requested'; readonly request: OpeningRequest }
  /** Ordinary HTTP: the head, and the bytes behind it that were read along with it. */
  | { readonly type: 'http'; readonly head: RequestHead; readonly rest: Uint8Array }
  | { readonly type: 'opened'; readonly agreement: Agreement }
  /**
   * Bytes came that an extension in use has encoded: decode them with the transform of the connection, behind those
   * that are being decoded, and put the outcome in as `decoded` and `undecodable`.
   */
  | { readonly type: 'decode'; readonly bytes: Uint8Array }
  /** A frame was read as it stood on the wire, whatever it then means; for those who watch. */
  | { readonly type: 'frame-read'; readonly decoded: DecodedFrame }
  | { readonly type: 'message'; readonly message: Message }
  /** Bytes wait behind a message: put in `continue` when the application has had its turn. */
  | { readonly type: 'paused' }
  | { readonly type: 'pinged' | 'ponged'; readonly body: Uint8Array }
  | { readonly type: 'close-received'; readonly close: CloseReason }
  /** The other side can send no more, but under reading R-713 our direction may still be used. */
  | { readonly type: 'half-closed' }
  | { readonly type: 'violation'; readonly violation: Violation }
  | { readonly type: 'closed'; readonly outcome: Outcome };

/** How a connection ended. */
export interface Outcome {
  readonly state: StateId;
  /** Whether TCP ended after the closing handshake was completed (draft-06/7.1.3/cleanly). */
  readonly clean: boolean;
  readonly sent?: CloseReason;
  readonly received?: CloseReason;
}

/** The options with their defaults filled in. */
export type Settings = Required<Omit<EndpointOptions, 'readings' | 'answersCloseAtOnce'>> & {
  readonly readings: ReadingChoices;
  readonly authorities: readonly string[];
  /** What a client sends; `undefined` for a server. */
  readonly offer: OpeningOffer | undefined;
  readonly table: TransitionTable;
};

/** One endpoint of a connection: a value, never changed in place. */
export interface Connection {
  readonly role: Role;
  readonly settings: Settings;
  readonly state: StateId;
  /** Reads the HTTP head of the other side. */
  readonly head: HeadReader;
  /** Bytes of that head, once it is complete. */
  readonly headLength: number;
  /** What the client sent, on the side of the server. */
  readonly request: OpeningRequest | undefined;
  readonly agreement: Agreement | undefined;
  /** What the extensions in use do. */
  readonly inUse: ExtensionsInUse;
  /** Bytes that were to be decoded, and what they decoded to, both counted from the opening handshake. */
  readonly expansion: { readonly coded: number; readonly clear: number };
  /** Bytes kept until the application has decided, under reading R-506 `keep`. */
  readonly early: Uint8Array;
  readonly decoder: Decoder;
  /** Bytes behind a message at which reading paused. */
  readonly unread: Uint8Array;
  readonly assembler: Assembler;
  /** What is being sent in fragments. */
  readonly outgoing: Outgoing;
  readonly closeSent: CloseReason | undefined;
  readonly closeReceived: CloseReason | undefined;
  /** Which of the two Closes was the first, for reading R-736. */
  readonly firstClose: 'sent' | 'received' | undefined;
  /** Whether a violation behind a Close was found: nothing more is looked at then. */
  readonly isDeaf: boolean;
  /** Whether the application knows that the connection is over: under reading R-711 before TCP is. */
  readonly isReported: boolean;
}

/** The choices of the guards that options and readings amount to. */
export function machineContextOf(options: EndpointOptions = {}): MachineContext {
  const readings = { ...defaultReadings, ...options.readings };
  return {
    answersBeforeAbort: readings.abortResponse === 'answer',
    closesOnViolation: readings.onViolation === 'close',
    answersPingAfterClose: readings.pongAfterClose === 'answer',
    // Reading R-444: whether anything may go out in front of the answer.
    answersCloseAtOnce: readings.finishBeforeAnswer === 'at-once' || (options.answersCloseAtOnce ?? true),
    lossIsClean: readings.lossAfterCloses === 'clean',
    waitsForClose: readings.onViolation === 'close' && readings.closeAfterViolation === 'yes',
    endsWithOne: readings.halfClose === 'ends',
    finishesLate: readings.finishAfterClose === 'yes',
    readsOn: readings.dataWhileClosing === 'read-on',
  };
}

/** A connection that has not taken its first step. */
export function blankConnection(options: ConnectionOptions, table: TransitionTable): Connection {
  const {
    role,
    maxMessage = defaultMaxPayload,
    maxHead = 16_384,
    extensions = [],
    maxExpansion = 128,
    pausesAtMessages = false,
  } = options;
  const readings = { ...defaultReadings, ...options.readings };
  const authorities = options.role === 'server' ? (options.authorities ?? []) : [];
  const offer = options.role === 'client' ? options.offer : undefined;
  const noBytes = new Uint8Array(0);
  checkExtensions(extensions);
  checkBits(extensions, readings);
  return {
    role,
    settings: { readings, pausesAtMessages, maxMessage, maxExpansion, maxHead, extensions, authorities, offer, table },
    state: table.initial.next,
    head: createHeadReader(role === 'server' ? 'request' : 'response', { maxBytes: maxHead, readings }),
    headLength: 0,
    request: undefined,
    agreement: undefined,
    inUse: noExtensionsInUse,
    expansion: { coded: 0, clear: 0 },
    early: noBytes,
    unread: noBytes,
    decoder: createDecoder({ masked: role === 'server', maxPayload: maxMessage, readings }),
    assembler: createAssembler({ role, maxMessage, readings }),
    outgoing: 'nothing',
    closeSent: undefined,
    closeReceived: undefined,
    firstClose: undefined,
    isDeaf: false,
    isReported: false,
  };
}

/** Under reading R-415 `grammar` no extension has a reserved bit. */
function checkBits(extensions: readonly ExtensionDefinition[], { extensionBits }: ReadingChoices): void {
  const greedy = extensions.find(({ claims = {} }) => (claims.reservedBits ?? []).length > 0);
  if (extensionBits === 'prose' || greedy === undefined) return;
  throw new RangeError(`the extension ${greedy.name} wants a reserved bit, which reading R-415 grammar gives to none`);
}
