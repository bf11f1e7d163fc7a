import type { ReadingChoices } from '../../spec/readings.js';
import { createJudge, type Judge, type Judgement } from './judge.js';
import type { JudgeFinding } from './ledger.js';
import type { TakeRecord } from './trace.js';

/** A connection of a trace, with what is known about it. */
export interface JudgedConnection {
  readonly connection: number;
  /** The two ends as text, where they are known. */
  readonly client?: string;
  readonly server?: string;
  /** Milliseconds from the beginning of the trace to the connection. */
  readonly openedAtMs: number;
  readonly durationMs: number;
  readonly judgement: Judgement;
}

export interface TraceJudgeOptions {
  readonly readings?: Partial<ReadingChoices>;
  readonly maxMessage?: number;
  /** Told as soon as something is found. */
  readonly onFinding?: (connection: number, finding: JudgeFinding) => void;
  /** Told when a connection is over. */
  readonly onConnection: (connection: JudgedConnection) => void;
}

/** Judges every connection of a trace, while it is read. */
export interface TraceJudge {
  readonly take: TakeRecord;
  /** The trace is over: so are the connections in it. */
  readonly finish: () => void;
}

/** Keys of connections that are over, kept to recognize one that comes again. */
const maxKeys = 100_000;

interface Running {
  readonly judge: Judge;
  readonly client: string | undefined;
  readonly server: string | undefined;
  readonly openedAtMs: number;
  latestAtMs: number;
}

/** A judge of traces with any number of connections; its memory is that of those which are open. */
export function createTraceJudge(options: TraceJudgeOptions): TraceJudge {
  const { readings = {}, maxMessage, onFinding, onConnection } = options;
  const running = new Map<number, Running>();
  // A key that comes again while its connection lasts was forwarded by somebody between the two ends.
  const keys = new Set<string>();

  const end = (connection: number, { judge, client, server, openedAtMs, latestAtMs }: Running, told: number): void => {
    running.delete(connection);
    const judgement = judge.finish();
    for (const finding of judgement.findings.slice(told)) onFinding?.(connection, finding);
    if (judgement.key !== undefined && keys.size < maxKeys) keys.add(judgement.key);
    onConnection({
      connection,
      openedAtMs,
      durationMs: latestAtMs,
      judgement,
      ...(client === undefined ? {} : { client }),
      ...(server === undefined ? {} : { server }),
    });
  };

  const told = new Map<number, number>();
  const finishOne = (connection: number, one: Running): void => {
    const count = told.get(connection) ?? 0;
    told.delete(connection);
    end(connection, one, count);
  };

  return {
    take: (record) => {
      const { connection } = record;
      const known = running.get(connection);
      if (record.type === 'opened') {
        if (known !== undefined) finishOne(connection, known);
        const { client, server, atMs, isWhole } = record;
        const limit = maxMessage === undefined ? {} : { maxMessage };
        const judge = createJudge({ readings, isWhole, isKnownKey: (key) => keys.has(key), ...limit });
        running.set(connection, { judge, client, server, openedAtMs: atMs, latestAtMs: 0 });
        return;
      }
      if (known === undefined) return;
      known.latestAtMs = Math.max(known.latestAtMs, record.atMs);
      if (record.type === 'over') {
        finishOne(connection, known);
        return;
      }
      const found = known.judge.push(record);
      if (found.length === 0) return;
      told.set(connection, (told.get(connection) ?? 0) + found.length);
      for (const finding of found) onFinding?.(connection, finding);
    },
    finish: () => {
      for (const [connection, one] of running) finishOne(connection, one);
    },
  };
}
