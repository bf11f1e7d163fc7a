import type { Refusal } from '../dissect.js';
import { ClauseLink } from './clause-link.js';

/** What is wrong, where, and by which clause. */
export function RefusalNote({ refusal }: { readonly refusal: Refusal }) {
  const { at, says, code, clause } = refusal;
  return (
    <p class="refusal">
      <strong>Octet {at}:</strong> {says} (<code>{code}</code>), by <ClauseLink id={clause} />
    </p>
  );
}
