import { faultOf } from '../faults/index.js';
import type { Role } from '../../model/role.js';
import { type FaultRow, faultRow, type OddityRow, oddityRow } from './rows.js';
import { runPeer, usualRemarks } from './run-peer.js';

/*
 * A process of `npm run kill-matrix`: is told names of faults and oddities one after the other, and answers with rows.
 */

export type WorkerAnswer =
  | { readonly name: string; readonly kind: 'fault'; readonly row: FaultRow }
  | { readonly name: string; readonly kind: 'oddity'; readonly row: OddityRow };

const usual = new Map<Role, ReturnType<typeof usualRemarks>>();

async function answerFor(name: string): Promise<WorkerAnswer> {
  const judged = faultOf(name);
  if (judged === undefined) throw new RangeError(`there is no fault ${name}`);
  const outcomes = await runPeer(judged);
  if (!('clause' in judged)) return { name, kind: 'oddity', row: oddityRow(judged, outcomes) };
  const remarks = usual.get(judged.role) ?? usualRemarks(judged.role);
  usual.set(judged.role, remarks);
  return { name, kind: 'fault', row: faultRow(judged, outcomes, await remarks) };
}

process.on('message', (name: string) => {
  void answerFor(name).then((answer) => process.send?.(answer));
});
