import type { ClientCase } from '../../verifier/case.js';
import { expectEcho, messageFrames } from '../expectations.js';
import { letters } from '../echo-case.js';

/** Section 4.2: how a client masks its frames. */
export const clientMaskingCases: readonly ClientCase[] = [
  {
    id: 'client-masking/echo-masked',
    title: 'The frames of a client are masked',
    clauses: ['draft-06/4.2/client-masks-all-frames', 'draft-06/4.1/client-frames-masked'],
    requirement: 'A message that comes back from the client comes in masked frames.',
    needs: ['echo of text'],
    run: async (tester) => {
      const conversation = await tester.establish();
      const payload = letters(20);
      for (const frame of messageFrames('text', payload)) conversation.sendFrame(frame);
      // The conversation itself holds what comes against the rules of framing, masking included.
      await expectEcho(tester, conversation, 'text', payload, 'draft-06/4.1/sequence-of-frames');
    },
  },
];
