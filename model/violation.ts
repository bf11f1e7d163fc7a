import type { ClauseId } from '../spec/clauses.js';
import { statusCodes } from '../spec/status-codes.js';
import { handshakeViolations, headViolations } from './opening-violations.js';
import type { Role } from './role.js';

export { handshakeViolations, headViolations } from './opening-violations.js';

/** What a code of a violation stands for. */
interface ViolationKind {
  readonly clause: ClauseId;
  /** The status code of the Close that answers it; violations of the opening handshake have none. */
  readonly status?: number;
  /** One line that says what was wrong. */
  readonly says: string;
}

const protocolError = statusCodes.protocolError;

/**
 * Everything a remote endpoint can do wrong on an established connection. The keys are the stable codes. A violation
 * is data: the model never throws because of what the other side sent.
 */
export const frameViolations = {
  'rsv1-set': {
    clause: 'draft-06/4.1/reserved-bits-zero',
    status: protocolError,
    says: 'RSV1 is set, and no negotiated extension uses it',
  },
  'rsv2-set': {
    clause: 'draft-06/4.1/reserved-bits-zero',
    status: protocolError,
    says: 'RSV2 is set, and no negotiated extension uses it',
  },
  'rsv3-set': {
    clause: 'draft-06/4.1/reserved-bits-zero',
    status: protocolError,
    says: 'RSV3 is set, and no negotiated extension uses it',
  },
  'rsv4-set': {
    clause: 'draft-06/4.1/reserved-bits-zero',
    status: protocolError,
    says: 'RSV4 is set, and no negotiated extension uses it',
  },
  'reserved-opcode': {
    clause: 'draft-06/4.1/reserved-opcodes-unused',
    status: protocolError,
    says: 'the opcode is reserved, and no negotiated extension uses it',
  },
  'fragmented-control': {
    clause: 'draft-06/4.5/control-not-fragmented',
    status: protocolError,
    says: 'a control frame has FIN clear',
  },
  'long-control': {
    clause: 'draft-06/4.5/control-at-most-125',
    status: protocolError,
    says: 'a control frame has more than 125 bytes',
  },
  'length-high-bit': {
    clause: 'draft-06/4.3/length-high-bit-zero',
    status: protocolError,
    says: 'the highest bit of the 64-bit payload length is set',
  },
  'non-minimal-length': {
    clause: 'draft-06/4.3/length-16',
    status: protocolError,
    says: 'the payload length uses a longer form than it needs',
  },
  'zero-key': {
    clause: 'draft-06/4.2/masking-key',
    status: protocolError,
    says: 'the masking key is zero, which does not mask',
  },
  'extension-data-too-long': {
    clause: 'draft-06/4.3/payload-length-is-sum',
    status: protocolError,
    says: 'the extension data would be longer than the payload',
  },
  'orphan-continuation': {
    clause: 'draft-06/4.4/fragmented',
    status: protocolError,
    says: 'a continuation frame came while no message was open',
  },
  'interleaved-message': {
    clause: 'draft-06/4.4/fragmented',
    status: protocolError,
    says: 'a new data frame came inside a fragmented message',
  },
  'empty-fragment': {
    clause: 'draft-06/4.4/fragmented',
    status: protocolError,
    says: 'a fragment has no payload',
  },
  'close-inside-message': {
    clause: 'draft-06/4.4/fragmented',
    status: protocolError,
    says: 'a Close came inside a fragmented message',
  },
  'data-behind-close': {
    clause: 'draft-06/4.5.1/no-data-after-close',
    status: protocolError,
    says: 'a data frame came behind the Close of its sender',
  },
  'second-close': {
    clause: 'draft-06/4.5.1/close-answered',
    status: protocolError,
    says: 'a second Close came from the same side',
  },
  'short-close-body': {
    clause: 'draft-06/4.5.1/body-starts-with-status',
    status: protocolError,
    says: 'the body of a Close has one byte, too few for a status code',
  },
  'bad-status-code': {
    clause: 'draft-06/4.5.1/body-starts-with-status',
    status: protocolError,
    says: 'the status code of a Close is not one that section 7.4 provides',
  },
  'bad-close-reason': {
    clause: 'draft-06/4.5.1/body-may-have-reason',
    status: protocolError,
    says: 'the reason in a Close is not valid UTF-8',
  },
  'bad-utf-8': {
    clause: 'draft-06/4.6/text-is-utf-8',
    status: protocolError,
    says: 'a text message is not valid UTF-8',
  },
  'message-too-large': {
    clause: 'draft-06/7.4.1/1004-too-large',
    status: statusCodes.tooLarge,
    says: 'the message is larger than the limit of this endpoint',
  },
  'undecodable-stream': {
    clause: 'draft-06/8.2.1/all-bytes-deflated',
    status: protocolError,
    says: 'the stream cannot be decoded, though an extension that encodes it is in use',
  },
  'expansion-too-large': {
    clause: 'draft-06/9/disconnect-on-bad-data',
    status: statusCodes.tooLarge,
    says: 'the stream decodes to more than this endpoint takes for so few bytes',
  },
  'refused-by-extension': {
    clause: 'draft-06/8.1/response-is-in-use',
    status: protocolError,
    says: 'the frame is none that an extension in use makes',
  },
} as const satisfies Readonly<Record<string, ViolationKind>>;

export type FrameViolationCode = keyof typeof frameViolations;
export type HeadViolationCode = keyof typeof headViolations;
export type HandshakeViolationCode = keyof typeof handshakeViolations;
export type ViolationCode = FrameViolationCode | HeadViolationCode | HandshakeViolationCode;

/** Something the remote side did wrong. */
export interface Violation<Code extends ViolationCode = ViolationCode> {
  readonly code: Code;
  /**
   * Offset of the first byte that shows it. It counts from the first byte of the head for violations of the opening
   * handshake, and from the first byte behind the head for violations in frames.
   */
  readonly offset: number;
  /** The offending value as text, where it helps to see it. */
  readonly observed?: string;
}

const kinds: Readonly<Record<ViolationCode, ViolationKind>> = {
  ...frameViolations,
  ...headViolations,
  ...handshakeViolations,
};

/** The violation with a code, seen at a byte offset. */
export function violation<Code extends ViolationCode>(code: Code, offset: number, observed?: string): Violation<Code> {
  return observed === undefined ? { code, offset } : { code, offset, observed };
}

/**
 * The clause that a violation breaks.
 * @param from who sent the bytes: the same syntax error breaks another clause in a response than in a request
 */
export function clauseOfViolation(code: ViolationCode, from: Role = 'client'): ClauseId {
  const { clause } = kinds[code];
  return from === 'server' && clause === 'draft-06/5.1/valid-http-request'
    ? 'draft-06/5.2.2/valid-http-response'
    : clause;
}

/** The status code that a Close in answer to the violation carries; `undefined` for the opening handshake. */
export function statusOfViolation(code: ViolationCode): number | undefined {
  return kinds[code].status;
}

/** One line that says what was wrong. */
export function describeViolation(code: ViolationCode): string {
  return kinds[code].says;
}
