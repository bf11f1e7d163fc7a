import type { Role } from '../../model/role.js';
import type { HandshakeViolationCode } from '../../model/violation.js';
import type { ReadingChoices } from '../../spec/readings.js';
import type { Judgement } from './judge.js';
import type { Ledger } from './ledger.js';

export interface OpeningOptions {
  readonly ledger: Ledger;
  readonly readings: ReadingChoices;
  readonly isKnownKey: (key: string) => boolean;
  readonly isWhole: boolean;
  readonly note: (text: string) => void;
}

/** The opening handshake is over, and frames follow. */
export interface Opened {
  readonly headLengths: Readonly<Record<Role, number>>;
  /** Bytes behind the heads that came with them. */
  readonly rest: Readonly<Record<Role, Uint8Array>>;
  /** More came than is kept. */
  readonly isTooLong: Readonly<Record<Role, boolean>>;
  /** Why the client has to fail the connection all the same. */
  readonly failure: HandshakeViolationCode | undefined;
  /** What the bytes behind the heads are. */
  readonly stream: 'frames' | 'deflated';
}

/** Judges the opening handshake of a connection, from both sides. */
export interface OpeningJudge {
  readonly take: (from: Role, bytes: Uint8Array) => Opened | undefined;
  /** Bytes are missing: nothing can be judged any more. */
  readonly giveUp: () => void;
  readonly finish: () => void;
  readonly facts: () => Pick<Judgement, 'kind'> & {
    readonly target: string | undefined;
    readonly key: string | undefined;
  };
}
