import type { CloseReason } from '../../model/close-body.js';
import { hexOf } from '../../model/explain.js';
import { otherRole, type Role } from '../../model/role.js';
import { statusCodes } from '../../spec/status-codes.js';
import type { ReadingChoices } from '../../spec/readings.js';
import type { Ledger } from './ledger.js';

/*
 * What one side owes the other: a Pong for a Ping, a Close for a Close.
 *
 * Whoever watches sees what was sent, not what was read. A Ping may still be on its way when its receiver closes, so that
 * a missing answer is held against an endpoint only once it ended TCP in order behind both Closes: then it has read all
 * that came before the Close of the other side. Trace ends earlier, TCP breaks, or bytes are missing: it cannot be told.
 */

/** Pings without a Pong that are kept; of older ones nobody knows any more. */
const maxOutstanding = 1024;
/** Pings with a Pong, or passed over, that are kept to recognize a Pong that comes too late. */
const maxPast = 64;

interface SeenPing {
  readonly body: Uint8Array;
  readonly offset: number;
}

interface Side {
  /** Pings of this side that have no Pong, oldest first. */
  outstanding: SeenPing[];
  past: SeenPing[];
  hasForgotten: boolean;
  /** The latest Ping of this side before its Close, while it has no Pong. */
  unanswered: SeenPing | undefined;
  /** When its Close was seen, by the count of events. */
  closedAt: number | undefined;
  close: CloseReason;
  endedAt: number | undefined;
  /** Its bytes are not, or not all, known: what the other side owes it cannot be told. */
  isUnread: boolean;
  /** It broke the framing, and all that it sent is there. */
  isBroken: boolean;
}

/** Follows what both sides owe each other. */
export interface Duties {
  readonly ping: (from: Role, body: Uint8Array, offset: number) => void;
  readonly pong: (from: Role, body: Uint8Array, offset: number) => void;
  readonly close: (from: Role, close: CloseReason, offset: number) => void;
  /** A side ended TCP in order. */
  readonly end: (from: Role) => void;
  /** What a side sends cannot be read any more: it broke the framing, or not all of it is there. */
  readonly unread: (from: Role, why: 'broken' | 'missing') => void;
  /** The trace is over: what is still owed. */
  readonly finish: () => void;
  readonly closeOf: (role: Role) => CloseReason | undefined;
}

/** Status codes of an endpoint that gives up: it reads nothing more and owes nothing more. */
const givingUp: readonly number[] = [statusCodes.protocolError, statusCodes.unacceptableData, statusCodes.tooLarge];

const blankSide = (): Side => ({
  outstanding: [],
  past: [],
  hasForgotten: false,
  unanswered: undefined,
  closedAt: undefined,
  close: {},
  endedAt: undefined,
  isUnread: false,
  isBroken: false,
});

/** Both sides before their first frame. */
export function createDuties(ledger: Ledger, readings: ReadingChoices): Duties {
  const sides: Readonly<Record<Role, Side>> = { client: blankSide(), server: blankSide() };
  let now = 0;

  const answered = (asker: Side, at: number): void => {
    const gone = asker.outstanding.splice(0, at + 1);
    asker.past = [...asker.past, ...gone].slice(-maxPast);
  };

  const blamePong = (from: Role, asker: Side, body: Uint8Array, offset: number): void => {
    const shown = `a Pong with the body ${hexOf(body.subarray(0, 32)) || '(empty)'}`;
    if (asker.isUnread) {
      // It answers what stands behind bytes that break the framing.
      if (from === 'server' && asker.isBroken) {
        ledger.broken(from, 'draft-06/9/disconnect-on-bad-data', {
          code: 'went-on',
          observed: `${shown}, which only a Ping behind the bad data can have had`,
          allowed: 'the server disconnects',
          offset,
        });
      }
      return;
    }
    if (asker.hasForgotten) return;
    const isPast = asker.past.some((ping) => sameBytes(ping.body, body));
    const [next] = asker.outstanding;
    if (isPast || next === undefined) {
      ledger.broken(from, 'draft-06/4.5.3/pong-only-for-latest-ping', {
        code: isPast ? 'late-pong' : 'unasked-pong',
        observed: isPast ? `${shown}, whose Ping is answered or superseded` : `${shown}, and no Ping is open`,
        allowed: 'one Pong for a Ping, and none for a Ping older than one already answered (readings R-463, R-464)',
        offset,
      });
      return;
    }
    ledger.broken(from, 'draft-06/4.5.2/pong-echoes-body', {
      code: 'other-pong-body',
      observed: `${shown}, which no open Ping has`,
      allowed: `the body of the Ping, ${hexOf(next.body.subarray(0, 32)) || '(empty)'}`,
      offset,
    });
  };

  /** What an endpoint that closed in order has not done. */
  const settle = (role: Role): void => {
    const own = sides[role];
    const other = sides[otherRole(role)];
    if (own.endedAt === undefined || own.isUnread) return;
    if (own.closedAt !== undefined) ledger.held(role, ['draft-06/4.5.1/no-data-after-close']);
    if (other.closedAt === undefined || other.isUnread || other.closedAt > own.endedAt) return;
    if (own.closedAt === undefined) {
      ledger.broken(role, 'draft-06/4.5.1/close-answered', {
        code: 'no-close',
        observed: `the ${role} ended TCP without a Close, behind the Close of the other side`,
        allowed: 'a Close in response, then the end of TCP',
      });
      return;
    }
    ledger.held(role, [
      'draft-06/4.5.1/drop-after-both',
      'draft-06/7.1.2/close-after-both',
      'draft-06/7.1.1/clean-tcp-close',
    ]);
    if (other.unanswered === undefined || readings.pongAfterClose !== 'answer') return;
    if (own.close.status !== undefined && givingUp.includes(own.close.status)) return;
    ledger.broken(role, 'draft-06/4.5.2/ping-answered', {
      code: 'no-pong',
      observed: `the connection was closed in order without a Pong for the Ping at byte ${other.unanswered.offset} of the other side`,
      allowed: 'a Pong for the latest Ping',
    });
  };

  return {
    ping: (from, body, offset) => {
      const side = sides[from];
      // Reading R-467: what comes behind a Close is read by nobody.
      if (side.closedAt !== undefined) return;
      const ping = { body: body.slice(), offset };
      side.unanswered = ping;
      side.outstanding.push(ping);
      if (side.outstanding.length > maxOutstanding) {
        side.outstanding.shift();
        side.hasForgotten = true;
      }
    },
    pong: (from, body, offset) => {
      const asker = sides[otherRole(from)];
      // The earliest that fits leaves most for the Pongs to come.
      const at = asker.outstanding.findIndex((ping) => sameBytes(ping.body, body));
      if (at === -1) {
        blamePong(from, asker, body, offset);
        return;
      }
      if (asker.unanswered !== undefined && sameBytes(asker.unanswered.body, body)) asker.unanswered = undefined;
      answered(asker, at);
      ledger.held(from, [
        'draft-06/4.5.2/ping-answered',
        'draft-06/4.5.2/pong-echoes-body',
        'draft-06/4.5.3/ping-answered',
        'draft-06/4.5.3/pong-echoes-body',
        'draft-06/4.5.3/pong-only-for-latest-ping',
      ]);
    },
    close: (from, close, offset) => {
      now++;
      const side = sides[from];
      if (side.closedAt !== undefined) {
        if (readings.secondClose === 'fault') {
          ledger.broken(from, 'draft-06/4.5.1/no-data-after-close', {
            code: 'second-close',
            observed: `a second Close of the ${from}`,
            allowed: 'one Close (reading R-469)',
            offset,
          });
        }
        return;
      }
      side.closedAt = now;
      side.close = close;
      if (sides[otherRole(from)].closedAt === undefined) ledger.held(from, ['draft-06/7.1.2/start-with-close-frame']);
      else ledger.held(from, ['draft-06/4.5.1/close-answered', 'draft-06/7.1.2/other-party-answers']);
    },
    end: (from) => {
      now++;
      sides[from].endedAt ??= now;
    },
    unread: (from, why) => {
      const side = sides[from];
      side.isBroken = why === 'broken' && (side.isBroken || !side.isUnread);
      side.isUnread = true;
    },
    finish: () => {
      settle('client');
      settle('server');
    },
    closeOf: (role) => (sides[role].closedAt === undefined ? undefined : sides[role].close),
  };
}

const sameBytes = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && one.every((byte, at) => byte === other[at]);
