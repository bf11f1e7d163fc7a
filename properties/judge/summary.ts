import type { Role } from '../../model/role.js';
import type { PageOf, Paint } from '../report/summary.js';
import type { Verdict } from '../verifier/finding.js';
import type { Judgement } from './judge.js';
import type { JudgeFinding } from './ledger.js';
import type { JudgedConnection } from './trace-judge.js';

const paintOf = (verdict: Verdict, paint: Paint): ((text: string) => string) => {
  if (verdict === 'fail') return paint.red;
  return verdict === 'informational' ? paint.cyan : paint.yellow;
};

/** A finding as a person reads it. */
export function describeFinding(connection: number, finding: JudgeFinding, paint: Paint, pageOf?: PageOf): string {
  const { blamed, verdict, clause, code, says, observed, allowed, offset, hex } = finding;
  const place =
    offset === null ? '' : `  ${paint.dim(`at byte ${offset} of the ${blamed}${hex === '' ? '' : `: ${hex}`}`)}\n`;
  const title = `${paintOf(verdict, paint)(verdict.toUpperCase())} ${paint.bold(`#${connection} ${blamed}`)}`;
  const page = pageOf === undefined ? '' : `  ${pageOf(clause)}`;
  return `${title} ${clause} ${paint.dim(`(${code})${page}`)}
  says      ${says}
  observed  ${observed}
  allowed   ${allowed}
${place}`;
}

/** A connection in one line: who with whom, how much, how it ended, what was found. */
export function describeConnection(judged: JudgedConnection, paint: Paint): string {
  const { connection, client, server, judgement } = judged;
  const ends = client === undefined || server === undefined ? '' : ` ${client} → ${server}`;
  const target = judgement.target === undefined ? '' : ` ${judgement.target}`;
  const parts = [kindOf(judgement), ...(judgement.kind === 'websocket' ? [talk(judgement), endOf(judgement)] : [])];
  const notes = judgement.notes.map((note) => paint.dim(`\n  ${note}`)).join('');
  return `${paint.bold(`#${connection}`)}${ends}${target}: ${parts.join(', ')}; ${verdictsOf(judgement, paint)}${notes}\n`;
}

function kindOf({ kind }: Judgement): string {
  switch (kind) {
    case 'websocket':
      return 'WebSocket';
    case 'refused':
      return 'refused';
    case 'asked':
      return 'not answered';
    case 'http':
      return 'plain HTTP';
    case 'other':
      return 'not WebSocket';
  }
}

function talk({ sides }: Judgement): string {
  const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;
  const side = (role: Role): string =>
    `${role} ${count(sides[role].frames, 'frame')} (${count(sides[role].messages, 'message')})`;
  return `${side('client')}, ${side('server')}`;
}

function endOf({ clean, sides }: Judgement): string {
  if (clean === undefined) return 'the trace ends before the connection';
  if (clean) return 'closed cleanly';
  const first = sides.client.end === 'lost' || sides.server.end === 'lost' ? 'TCP broke' : 'TCP ended';
  return `closed uncleanly: ${first} before both Closes`;
}

/** What was found on both sides, in figures. */
function verdictsOf({ findings, clauses }: Judgement, paint: Paint): string {
  const count = (verdict: Verdict): number => findings.filter((finding) => finding.verdict === verdict).length;
  const shown = (['fail', 'advisory', 'informational'] as const)
    .filter((verdict) => count(verdict) > 0)
    .map((verdict) => paintOf(verdict, paint)(`${count(verdict)} ${verdict}`));
  const held = [...clauses.client.values(), ...clauses.server.values()].filter((status) => status === 'held').length;
  if (held > 0) shown.push(paint.green(`${held} clauses held`));
  return shown.length === 0 ? 'nothing to judge' : shown.join(', ');
}

/** Figures over connections. */
export interface JudgeTotals {
  readonly connections: number;
  readonly websocket: number;
  readonly fail: number;
  readonly advisory: number;
  readonly informational: number;
}

export const noTotals: JudgeTotals = { connections: 0, websocket: 0, fail: 0, advisory: 0, informational: 0 };

/** The figures with one more connection. */
export function addTotals(totals: JudgeTotals, { judgement }: JudgedConnection): JudgeTotals {
  const count = (verdict: Verdict): number =>
    judgement.findings.filter((finding) => finding.verdict === verdict).length;
  const isWebSocket = judgement.kind !== 'http' && judgement.kind !== 'other';
  return {
    connections: totals.connections + 1,
    websocket: totals.websocket + (isWebSocket ? 1 : 0),
    fail: totals.fail + count('fail'),
    advisory: totals.advisory + count('advisory'),
    informational: totals.informational + count('informational'),
  };
}

/** The figures in one line. */
export function describeTotals(what: string, totals: JudgeTotals, paint: Paint): string {
  const { connections, websocket, fail, advisory, informational } = totals;
  const failed = fail > 0 ? paint.red(`${fail} fail`) : '0 fail';
  const rest = connections - websocket;
  const others = rest === 0 ? '' : `, ${rest} other`;
  return `${paint.bold(what)}: ${websocket} WebSocket ${websocket === 1 ? 'connection' : 'connections'}${others}; ${failed}, ${advisory} advisory, ${informational} informational\n`;
}
