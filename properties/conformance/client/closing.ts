import { writeCloseBody } from '../../../model/close-body.js';
import { frameOf } from '../../../model/frame.js';
import { statusCodes } from '../../../spec/status-codes.js';
import { opcodes } from '../../../spec/wire.js';
import type { ClientCase } from '../../verifier/case.js';
import { closingCasesFor } from '../closing.js';
import { closingDisorderCases } from '../closing-disorder.js';
import { letters } from '../echo-case.js';
import {
  describeEvent,
  expectCloseAnswered,
  expectEcho,
  isFrameOf,
  longestQuiet,
  messageFrames,
  text,
  until,
} from '../expectations.js';
import { isEchoOf } from '../raw-frames.js';
import { casesFor } from '../shared-cases.js';
import { statusCodeCases } from '../status-codes.js';

const closeSaying = (status: number) => frameOf('close', writeCloseBody({ status }));

/** After its Close a client sends no data, whatever it still had to send: every conversation watches that. */
const noDataBehindClose: ClientCase = {
  id: 'client-closing/echoes-and-close',
  title: 'Twenty messages of 1000 bytes with a Close behind them, in one chunk',
  clauses: ['draft-06/4.5.1/no-data-after-close', 'draft-06/4.5.1/close-answered', 'draft-06/4.5.1/closed-after-both'],
  requirement: 'The Close is answered, and behind the answer no echo comes any more.',
  run: async (tester) => {
    const conversation = await tester.establish();
    const messages = Array.from({ length: 20 }, () => messageFrames('text', letters(1000))).flat();
    const bytes = conversation.bytesOf([...messages, closeSaying(statusCodes.normal)]);
    conversation.sendBytes(bytes, '20 text frames and a Close');
    // A slow client may answer the messages first: each echo is a sign of life, and there are not more of them.
    let echoes = 0;
    await expectCloseAnswered(tester, conversation, undefined, (event) => {
      const isEcho = event.type === 'frame' && event.message !== undefined;
      if (isEcho) echoes++;
      return isEcho && echoes <= messages.length;
    });
  },
};

/** An idle connection stays: a client does not close it arbitrarily, but may have a reason (reading R-721). */
const notArbitrarily: ClientCase = {
  id: 'client-closing/not-arbitrarily',
  title: 'A silence between two messages',
  clauses: ['draft-06/7.3/client-not-arbitrarily', 'draft-06/7.1.4/no-other-close', 'draft-06/7.2.1/no-other-close'],
  requirement: 'The client does not close for no reason; that it closes at all in this time is noted (reading R-721).',
  needs: ['echo of text'],
  run: async (tester) => {
    const conversation = await tester.establish();
    for (const frame of messageFrames('text', text('before'))) conversation.sendFrame(frame);
    const echo = await until(conversation, isEchoOf(text('before')));
    // Silence is right here, and comes in the end also where an answer is waited for without one.
    const quiet = { ...conversation, timeout: Math.min(conversation.timeout, longestQuiet) };
    const then = echo.type === 'frame' ? await until(quiet, (event) => isFrameOf(event, opcodes.close)) : echo;
    if (then.type === 'silence') {
      for (const frame of messageFrames('text', text('behind'))) conversation.sendFrame(frame);
      await expectEcho(tester, conversation, 'text', text('behind'), 'draft-06/4.1/data-while-open');
      return;
    }
    const observed = `${describeEvent(then, 'client')} while nothing happened`;
    tester.note(
      'draft-06/7.3/client-not-arbitrarily',
      'R-721-with-reason',
      observed,
      'R-721: with a reason of its own',
    );
  },
};

/** Section 7: the closing handshake that a server starts, and its disorder. */
export const clientClosingCases: readonly ClientCase[] = [
  ...closingCasesFor('client'),
  noDataBehindClose,
  notArbitrarily,
  ...casesFor('client', closingDisorderCases),
  ...casesFor('client', statusCodeCases),
];
