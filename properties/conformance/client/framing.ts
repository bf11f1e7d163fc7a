import { opcodes } from '../../../spec/wire.js';
import type { ClientCase } from '../../verifier/case.js';
import { describeEvent, isFrameOf, until } from '../expectations.js';
import { announce, hugeLengths, lengthCasesFor } from '../framing-lengths.js';
import { reservedCasesFor } from '../framing-reserved.js';
import { furtherLayoutCases } from '../further-layout.js';
import { furtherLengthCases } from '../further-lengths.js';
import { casesFor } from '../shared-cases.js';

/** Lengths that are right in form and that nobody can mean. */
const hugeCases = hugeLengths.map(({ name, length }): ClientCase => ({
  id: `client-framing/length-${name}`,
  title: `A frame that announces ${length} bytes and brings 5`,
  clauses: ['draft-06/2/limits', 'draft-06/4.3/length-63'],
  requirement: 'The client may wait, close or disconnect; what it does is noted.',
  run: async (tester) => {
    const conversation = await tester.establish();
    announce(tester, conversation, length);
    const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.close));
    const observed = event.type === 'silence' ? 'the client waits for the rest' : describeEvent(event, 'client');
    tester.note('draft-06/2/limits', 'huge-length', `${observed} after ${length} bytes were announced`);
  },
}));

/** Section 4.3: what a client reads, and the layout of what it sends. */
export const clientFramingCases: readonly ClientCase[] = [
  ...lengthCasesFor('client'),
  ...hugeCases,
  ...reservedCasesFor('client'),
  ...casesFor('client', [...furtherLayoutCases, ...furtherLengthCases]),
];
