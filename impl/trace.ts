import type { Effect } from '../model/connection.js';
import { explainDecoded, explainFrame } from '../model/explain.js';
import { clauseOfViolation, describeViolation } from '../model/violation.js';
import type { ClauseId } from '../spec/clauses.js';
import type { Watcher } from './watcher.js';

/**
 * Explains what happens on the connections of a server, one line an event: `#3 ← text, FIN, 5 bytes, "Hello", key
 * 1a2b3c4d [clauses]`. Arrows are seen from the server.
 */
export function watchTrace(print: (line: string) => void): (connection: number) => Watcher {
  return (connection) => ({
    onEffect: (effect) => {
      const line = lineOf(effect);
      if (line !== undefined) print(`#${connection} ${line}`);
    },
  });
}

const cited = (clauses: readonly ClauseId[]): string => `[${clauses.join(', ')}]`;

/** The line for an effect; `undefined` for those that a person does not need. */
function lineOf(effect: Effect): string | undefined {
  switch (effect.type) {
    case 'requested':
      return `← opening handshake for ${effect.request.resourceName} ${cited(['draft-06/5.2.1/parse-request'])}`;
    case 'http':
      return `← ${effect.head.method} ${effect.head.target}, ordinary HTTP`;
    case 'write-head': {
      const { head } = effect;
      if (head.kind === 'request') return `→ ${head.method} ${head.target}`;
      const clause = head.status === 101 ? 'draft-06/5.2.2/status-101' : 'draft-06/7.2.2/abort-is-close';
      return `→ ${head.status} ${head.reason} ${cited([clause])}`;
    }
    case 'frame-read': {
      const { says, clauses } = explainDecoded(effect.decoded, 'client');
      return `← ${says} ${cited(clauses)}`;
    }
    case 'write-frame': {
      const { says, clauses } = explainFrame(effect.frame);
      return `→ ${says} ${cited(clauses)}`;
    }
    case 'violation': {
      const { code, offset, observed } = effect.violation;
      const shown = observed === undefined || observed === '' ? '' : ` (${JSON.stringify(observed)})`;
      return `! ${describeViolation(code)}${shown}, at byte ${offset} ${cited([clauseOfViolation(code)])}`;
    }
    case 'closed':
      return `closed ${effect.outcome.clean ? 'cleanly' : 'uncleanly'}, ${effect.outcome.state} ${cited(['draft-06/7.1.3/closed'])}`;
    default:
      return undefined;
  }
}
