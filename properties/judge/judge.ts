import type { CloseReason } from '../../model/close-body.js';
import type { Role } from '../../model/role.js';
import { describeViolation, type HandshakeViolationCode } from '../../model/violation.js';
import type { ClauseId } from '../../spec/clauses.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import type { ClauseStatus } from '../report/report.js';
import { createFrameJudge, type FrameJudge } from './frames.js';
import { createLedger, type JudgeFinding } from './ledger.js';
import { createOpeningJudge } from './opening.js';
import { clauseOfGoingOn } from './opening-response.js';
import type { TraceEvent } from './trace.js';

/** How a connection is judged. */
export interface JudgeOptions {
  /** Options of readings; those not named have their defaults. */
  readonly readings?: Partial<ReadingChoices>;
  /** Whether the first bytes of both directions are in the trace. Default true. */
  readonly isWhole?: boolean;
  /** Bytes that a message may have to be judged; behind a larger one nothing is. Default 64 MiB. */
  readonly maxMessage?: number;
  /** Whether a value of Sec-WebSocket-Key came on an earlier connection. Default: none did. */
  readonly isKnownKey?: (key: string) => boolean;
}

/** What one side did. */
export interface SideSummary {
  /** Bytes that it sent, the missing ones included. */
  readonly bytes: number;
  readonly frames: number;
  readonly messages: number;
  /** How its direction of TCP ended, if the trace says so. */
  readonly end: 'open' | 'ended' | 'lost';
  readonly close?: CloseReason;
}

/** What the judge says about a connection. */
export interface Judgement {
  /**
   * `websocket`: the server accepted, whatever else is wrong; `refused`: the client asked, the server did not accept;
   * `asked`: the client asked, and the trace has no answer; `http` and `other`: nothing in it asks for WebSocket.
   */
  readonly kind: 'websocket' | 'refused' | 'asked' | 'http' | 'other';
  /** What was not judged, and why. */
  readonly notes: readonly string[];
  readonly findings: readonly JudgeFinding[];
  /** The clauses that were exercised, by side, and what became of them; all others are not exercised. */
  readonly clauses: Readonly<Record<Role, ReadonlyMap<ClauseId, ClauseStatus>>>;
  readonly sides: Readonly<Record<Role, SideSummary>>;
  /** Both Closes passed before TCP ended (draft-06/7.1.3/cleanly). `undefined` while TCP has not ended. */
  readonly clean?: boolean;
  /** The Request-URI, where there is a request. */
  readonly target?: string;
  /** The value of Sec-WebSocket-Key, where there is one. */
  readonly key?: string;
}

/** Judges one connection while it is watched. */
export interface Judge {
  /** Takes what was seen next, and says what is wrong with it. */
  readonly push: (event: TraceEvent) => readonly JudgeFinding[];
  /** The trace is over. What only its end can show is found now. */
  readonly finish: () => Judgement;
}

const defaultMaxMessage = 64 * 1024 * 1024;

/**
 * A judge of both sides of a connection (draft-06). It sees what whoever stands between the two sees, and blames a side
 * only for what that shows. Its memory is bounded by the largest message, not by the length of the trace.
 */
export function createJudge(options: JudgeOptions = {}): Judge {
  const { isWhole = true, maxMessage = defaultMaxMessage, isKnownKey = () => false } = options;
  const readings: ReadingChoices = { ...defaultReadings, ...options.readings };
  const ledger = createLedger();
  const notes: string[] = [];
  const ends: Record<Role, 'open' | 'ended' | 'lost'> = { client: 'open', server: 'open' };
  const sent: Record<Role, number> = { client: 0, server: 0 };
  const note = (text: string): void => {
    if (!notes.includes(text)) notes.push(text);
  };
  let frames: FrameJudge | undefined;
  let failure: HandshakeViolationCode | undefined;
  /** Whether both Closes had passed when TCP began to end. */
  let hadCloses: boolean | undefined;
  const opening = createOpeningJudge({ ledger, readings, isKnownKey, isWhole, note });

  const takeBytes = (from: Role, bytes: Uint8Array, atMs: number): void => {
    ledger.look(atMs, from, sent[from], bytes);
    sent[from] += bytes.length;
    if (frames !== undefined) {
      frames.take(from, bytes);
      if (failure !== undefined) blameGoingOn(frames, failure);
      return;
    }
    const opened = opening.take(from, bytes);
    if (opened === undefined) return;
    const { headLengths, stream } = opened;
    frames = createFrameJudge({ ledger, readings, maxMessage, note, headLengths, stream });
    failure = opened.failure;
    // What came along with the heads is judged now; the bytes that a finding shows are those in view.
    for (const role of ['client', 'server'] as const) {
      if (opened.isTooLong[role]) frames.unread(role);
      const rest = opened.rest[role];
      ledger.look(atMs, role, opened.headLengths[role], rest);
      if (rest.length > 0) frames.take(role, rest);
    }
  };

  /** A Close on the way out is the least that a client can do, and nothing forbids it. */
  const blameGoingOn = ({ counts, closeOf }: FrameJudge, code: HandshakeViolationCode): void => {
    if (counts('client').frames <= (closeOf('client') === undefined ? 0 : 1)) return;
    ledger.broken('client', clauseOfGoingOn(code), {
      code: 'went-on',
      observed: `the client goes on behind a response of which is to be said: ${describeViolation(code)}`,
      allowed: 'the client fails the WebSocket connection',
    });
  };

  const takeMissing = (from: Role, count: number): void => {
    sent[from] += count;
    if (count === 0) return;
    note(`${count} bytes of the ${from} are missing in the trace, so that nothing behind them is judged`);
    if (frames === undefined) opening.giveUp();
    else frames.unread(from);
  };

  const takeEnd = (from: Role, how: 'ended' | 'lost'): void => {
    if (ends[from] !== 'open') return;
    ends[from] = how;
    hadCloses ??=
      frames !== undefined && frames.closeOf('client') !== undefined && frames.closeOf('server') !== undefined;
    if (how === 'ended') frames?.end(from);
  };

  return {
    push: (event) => {
      switch (event.type) {
        case 'bytes':
          takeBytes(event.from, event.bytes, event.atMs);
          break;
        case 'missing':
          ledger.look(event.atMs);
          takeMissing(event.from, event.count);
          break;
        default:
          ledger.look(event.atMs);
          takeEnd(event.from, event.type);
      }
      return ledger.fresh();
    },
    finish: () => {
      if (frames === undefined) opening.finish();
      else frames.finish();
      const facts = opening.facts();
      const summary = (role: Role): SideSummary => {
        const close = frames?.closeOf(role);
        const counts = frames?.counts(role) ?? { frames: 0, messages: 0 };
        return { bytes: sent[role], ...counts, end: ends[role], ...(close === undefined ? {} : { close }) };
      };
      // TCP is over when both directions have ended, or when it broke.
      const isOver = Object.values(ends).every((end) => end === 'ended') || Object.values(ends).includes('lost');
      const isClean = isOver ? hadCloses : undefined;
      for (const role of ['client', 'server'] as const) {
        if (isClean === true) ledger.held(role, ['draft-06/7.1.3/cleanly']);
      }
      return {
        kind: facts.kind,
        notes,
        findings: ledger.findings(),
        clauses: { client: ledger.statuses('client'), server: ledger.statuses('server') },
        sides: { client: summary('client'), server: summary('server') },
        ...(isClean === undefined ? {} : { clean: isClean }),
        ...(facts.target === undefined ? {} : { target: facts.target }),
        ...(facts.key === undefined ? {} : { key: facts.key }),
      };
    },
  };
}

/**
 * Judges what was recorded of one connection: a pure function.
 * @example
 * ```ts
 * import { encodeUtf8 } from 'hybi-spec';
 * import { judge } from 'hybi-spec/properties';
 *
 * const head = 'GET / HTTP/1.1\r\nHost: h\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 6\r\n\r\n';
 * const { kind, findings } = judge([{ type: 'bytes', atMs: 0, from: 'client', bytes: encodeUtf8(head) }]);
 * console.assert(kind === 'asked', kind);
 * console.assert(findings.some(({ blamed, code }) => blamed === 'client' && code.includes('key')));
 * ```
 */
export function judge(events: Iterable<TraceEvent>, options: JudgeOptions = {}): Judgement {
  const { push, finish } = createJudge(options);
  for (const event of events) push(event);
  return finish();
}
