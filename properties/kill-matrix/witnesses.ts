import type { ClauseId } from '../../spec/clauses.js';
import { brokenWith } from '../faults/entailed.js';
import { isSecure } from '../faults/fault.js';
import { faultOf } from '../faults/index.js';
import { killMatrix } from './matrix.js';
import type { FaultRow } from './rows.js';
import { runPeer } from './run-peer.js';

/*
 * The kill matrix the other way round: each case that notices a fault shall notice one now, and say of it what the
 * matrix says. One fault is enough for a case: all of them are for `npm run kill-matrix -- --check`.
 */

/** The clauses that a case blames for a fault, without those for which a note is all that can be said. */
const blamedBy = ({ blamed, noted }: FaultRow, id: string): readonly ClauseId[] =>
  (Object.keys(blamed) as ClauseId[])
    .filter((clause) => !noted.includes(clause) && blamed[clause]?.includes(id))
    .sort();

/** How well a fault shows what a case is for: the best has the lowest number. */
function rankOf({ clause, blamed }: FaultRow, told: readonly ClauseId[]): number {
  const breadth = new Set(Object.values(blamed).flat()).size;
  const broken = brokenWith(clause);
  const distance = told.includes(clause) ? 0 : told.some((each) => broken.has(each)) ? 1 : 2;
  return distance * 1000 + breadth;
}

/** The fault that shows best that a case notices something; `undefined` where it notices none. */
function witnessOf(rows: readonly FaultRow[], id: string): FaultRow | undefined {
  const noticed = rows
    .map((row) => ({ row, told: blamedBy(row, id) }))
    .filter(({ told }) => told.length > 0)
    .map(({ row, told }) => ({ row, rank: rankOf(row, told) }));
  return noticed.toSorted((one, other) => one.rank - other.rank)[0]?.row;
}

/** What cases came to with the faults that show them best. */
export interface Testimony {
  /** Cases that noticed a fault, and said just what the matrix says. */
  readonly agreed: readonly string[];
  /** What else was said, in words; nothing where all is right. */
  readonly complaints: readonly string[];
}

/** Runs each of these cases against the fault in memory that shows it best. Those that notice none are left out. */
export async function hearWitnesses(ids: readonly string[]): Promise<Testimony> {
  const rows = killMatrix().faults.filter(({ name }) => {
    const fault = faultOf(name);
    return fault !== undefined && !isSecure(fault);
  });
  const asked = new Map<FaultRow, string[]>();
  for (const id of ids) {
    const row = witnessOf(rows, id);
    if (row !== undefined) asked.set(row, [...(asked.get(row) ?? []), id]);
  }
  const agreed: string[] = [];
  const complaints: string[] = [];
  for (const [row, cases] of asked) {
    const fault = faultOf(row.name);
    if (fault === undefined) throw new RangeError(`there is no fault ${row.name}`);
    for (const { id, blames } of await runPeer(fault, (each) => cases.includes(each))) {
      const clauses = blames.filter(({ weight }) => weight !== 'note').map(({ clause }) => clause);
      const told = [...new Set(clauses)].sort().join(', ');
      const wanted = blamedBy(row, id).join(', ');
      if (told === wanted) agreed.push(id);
      else complaints.push(`${id} blames ${row.name} for ${told}; the matrix says ${wanted}`);
    }
  }
  return { agreed, complaints };
}
