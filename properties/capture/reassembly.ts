/** A part of one direction of TCP, in its place. */
interface Piece {
  readonly sequence: number;
  readonly bytes: Uint8Array;
  /** Bytes behind these that were sent and not captured. */
  readonly cutOff: number;
}

/** One direction of a TCP connection, put together from its segments. */
export interface Direction {
  /** The sequence number that comes next; `undefined` before anything was seen. */
  next: number | undefined;
  /** Pieces that came before their turn, in order. */
  pending: Piece[];
  pendingBytes: number;
  /** The sequence number of the end, once that was seen. */
  end: number | undefined;
  /** Whether the end has been told. */
  isEnded: boolean;
  /** Segments that brought nothing new. */
  repeated: number;
  /** Segments that came before their turn. */
  early: number;
}

/** What a direction tells, in order. */
export interface DirectionListener {
  readonly bytes: (bytes: Uint8Array) => void;
  readonly missing: (count: number) => void;
  readonly ended: () => void;
}

/** A direction of which nothing was seen. */
export function createDirection(): Direction {
  return { next: undefined, pending: [], pendingBytes: 0, end: undefined, isEnded: false, repeated: 0, early: 0 };
}

/** How far one sequence number lies behind another: they count around. */
export const distance = (from: number, to: number): number => (to - from) | 0;

const advance = (sequence: number, count: number): number => (sequence + count) >>> 0;

/** Farther ahead than any window of TCP: not of this connection. */
const farAhead = 2 ** 30;

/**
 * Takes a segment: tells what it completes, keeps what comes too early. Of bytes that come twice the first count, as
 * they do for most receivers.
 */
export function takePiece(
  direction: Direction,
  sequence: number,
  bytes: Uint8Array,
  cutOff: number,
  isLast: boolean,
  listener: DirectionListener,
): void {
  direction.next ??= sequence;
  const ahead = distance(direction.next, sequence);
  if (ahead > farAhead) return;
  const length = bytes.length + cutOff;
  if (isLast) direction.end ??= advance(sequence, length);
  if (length > 0) {
    if (ahead > 0) keep(direction, { sequence, bytes, cutOff });
    else if (ahead + length <= 0) direction.repeated++;
    else tell(direction, { sequence, bytes, cutOff }, listener);
  }
  tellPending(direction, listener);
}

/** Gives up waiting for what is missing in front of the first piece that is pending; one piece less is pending then. */
export function skipHole(direction: Direction, listener: DirectionListener): void {
  const [first] = direction.pending;
  if (first === undefined) return;
  skipTo(direction, first.sequence, listener);
  if (direction.pending[0] !== first) return;
  // It lies behind the end that the direction said it had: one of the two is damaged.
  direction.pending.shift();
  direction.pendingBytes -= first.bytes.length;
}

/** Counts everything up to a sequence number as missing. */
export function skipTo(direction: Direction, sequence: number, listener: DirectionListener): void {
  const { end } = direction;
  // The end has a number of its own, which is no byte.
  const target = end !== undefined && distance(end, sequence) > 0 ? end : sequence;
  const count = distance(direction.next ?? target, target);
  if (count > 0) {
    direction.next = target;
    listener.missing(count);
  }
  tellPending(direction, listener);
}

function keep(direction: Direction, piece: Piece): void {
  direction.early++;
  let at = direction.pending.length;
  while (at > 0 && distance((direction.pending[at - 1] as Piece).sequence, piece.sequence) < 0) at--;
  // A copy, so that a few bytes do not hold the chunk that they were read in.
  direction.pending.splice(at, 0, { ...piece, bytes: piece.bytes.slice() });
  direction.pendingBytes += piece.bytes.length;
}

function tellPending(direction: Direction, listener: DirectionListener): void {
  for (;;) {
    const [first] = direction.pending;
    if (first === undefined || distance(direction.next as number, first.sequence) > 0) break;
    direction.pending.shift();
    direction.pendingBytes -= first.bytes.length;
    tell(direction, first, listener);
  }
  if (direction.end !== undefined && !direction.isEnded && distance(direction.next as number, direction.end) <= 0) {
    direction.isEnded = true;
    direction.next = advance(direction.end, 1);
    listener.ended();
  }
}

/** Tells the part of a piece that is new; it begins at or before the byte that comes next. */
function tell(direction: Direction, { sequence, bytes, cutOff }: Piece, listener: DirectionListener): void {
  const known = distance(sequence, direction.next as number);
  const length = bytes.length + cutOff;
  if (known >= length || direction.isEnded) {
    direction.repeated++;
    return;
  }
  direction.next = advance(sequence, length);
  if (known < bytes.length) listener.bytes(known === 0 ? bytes : bytes.subarray(known));
  if (cutOff > 0) listener.missing(Math.min(cutOff, length - known));
}
