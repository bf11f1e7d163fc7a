import { frameOf } from '../../../model/frame.js';
import type { ClientCase } from '../../verifier/case.js';
import { controlFrameCases } from '../control-frames.js';
import { controlFrameRefusals } from '../control-frame-limits.js';
import { expectCloseAnswered, expectPong, text } from '../expectations.js';
import { furtherControlCasesFor } from '../further-control.js';
import { casesFor, refusals } from '../shared-cases.js';

const basics: readonly ClientCase[] = [
  {
    id: 'client-control/ping',
    title: 'A Ping is answered',
    clauses: ['draft-06/4.5.2/ping-answered', 'draft-06/4.5.2/pong-echoes-body'],
    requirement: 'The client answers a Ping with a Pong of the same body.',
    run: async (tester) => {
      const conversation = await tester.establish();
      const body = text('are you there');
      conversation.sendFrame(frameOf('ping', body));
      await expectPong(tester, conversation, body);
    },
  },
  {
    id: 'client-control/close',
    title: 'A Close is answered',
    clauses: ['draft-06/4.5.1/close-answered', 'draft-06/4.5.1/drop-after-both'],
    requirement: 'The client answers a Close with its own, and ends TCP.',
    run: async (tester) => {
      const conversation = await tester.establish();
      conversation.sendFrame(frameOf('close'));
      await expectCloseAnswered(tester, conversation);
    },
  },
];

/** Section 4.5: control frames, as clients have to deal with them. */
export const clientControlFrameCases: readonly ClientCase[] = [
  ...basics,
  ...casesFor('client', controlFrameCases),
  ...refusals('client', controlFrameRefusals),
  ...furtherControlCasesFor('client'),
];
