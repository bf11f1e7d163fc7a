import { isStatusCodeAllowed, statusCodeRange } from '../../model/close-body.js';
import { frameOf } from '../../model/frame.js';
import type { ClauseId } from '../../spec/clauses.js';
import { statusCodeRanges, statusCodes } from '../../spec/status-codes.js';
import { opcodes } from '../../spec/wire.js';
import type { SharedCase } from '../verifier/case.js';
import { describeEvent, expectCloseAnswered, isFrameOf, until } from './expectations.js';
import { enforceReading, isAsked, noteReading, type OptionOf } from './reactions.js';

/** A Close with a status code that may be one no caller of the model could send. */
const closeWith = (status: number) => frameOf('close', Uint8Array.of(status >> 8, status & 0xff));

const clausesOfRange = (status: number): readonly ClauseId[] => {
  const clause = statusCodeRange(status)?.clause;
  return clause === undefined || clause === 'draft-06/4.5.1/body-starts-with-status' ? [] : [clause];
};

/** A status code that every option of reading R-703 allows, so that the Close is one like any other. */
const settled = (status: number): SharedCase => ({
  id: `status-codes/${status}`,
  title: `A Close with the status code ${status}`,
  clauses: ['draft-06/4.5.1/close-answered', ...clausesOfRange(status), ...definingClauses(status)],
  requirement: 'A Close comes in response, and then TCP should end.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(closeWith(status));
    const event = await expectCloseAnswered(tester, conversation);
    if (event.type !== 'frame') return;
    const answer = event.close?.status;
    const observed = `a Close with ${answer === undefined ? 'no status' : `status ${answer}`} in answer to status ${status}`;
    enforceReading(tester, 'draft-06/4.5.1/close-answered', 'answeringStatus', answering(status, answer), observed);
  },
});

/** A status code about which the options of reading R-703 differ. */
const doubtful = (status: number): SharedCase => ({
  id: `status-codes/${status}`,
  title: `A Close with the status code ${status}, ${doubt(status)}`,
  clauses: ['draft-06/4.5.1/body-starts-with-status', ...clausesOfRange(status)],
  requirement: 'Nothing: reading R-703 asks whether a Close may carry it. What the peer does is noted.',
  run: async (tester) => {
    const conversation = await tester.establish();
    conversation.sendFrame(closeWith(status));
    const event = await until(conversation, (candidate) => isFrameOf(candidate, opcodes.close));
    const answer = event.type === 'frame' ? event.close?.status : undefined;
    const refused = event.type === 'ended' || event.type === 'lost' || answer === statusCodes.protocolError;
    const words = answer === undefined ? describeEvent(event, conversation.peer) : `a Close with status ${answer}`;
    const observed = `${words} in answer to status ${status}`;
    // By reading R-737 the two bytes may be a reason, and then any will do.
    if (!refused && isAsked(tester, 'reasonAlone', 'yes')) return;
    const fits = refused ? refusing(status) : event.type === 'frame' ? taking(status) : (['other'] as const);
    noteReading(tester, 'draft-06/4.5.1/body-starts-with-status', 'statusCode', fits, observed);
  },
});

/** The strictest option is the only one that minds a code in the ranges; outside them two options mind. */
const refusing = (status: number): readonly OptionOf<'statusCode'>[] =>
  isStatusCodeAllowed(status, 'ranges') ? ['defined'] : ['ranges', 'defined'];

const taking = (status: number): readonly OptionOf<'statusCode'>[] =>
  isStatusCodeAllowed(status, 'ranges') ? ['ranges', 'any'] : ['any'];

/** Which options of reading R-472 an answer fits. To repeat 1000 may be either of two. */
function answering(status: number, answer: number | undefined): readonly OptionOf<'answeringStatus'>[] {
  if (answer === undefined) return ['none'];
  return answer !== status ? ['own'] : status === statusCodes.normal ? ['echo', 'own'] : ['echo'];
}

function doubt(status: number): string {
  const use = statusCodeRange(status)?.use;
  if (use === 'unused') return 'which is not used';
  return use === 'protocol' ? 'which the protocol has not defined' : 'which the text does not mention';
}

const definitions: ReadonlyMap<number, ClauseId> = new Map([
  [statusCodes.normal, 'draft-06/7.4.1/1000-normal'],
  [statusCodes.goingAway, 'draft-06/7.4.1/1001-going-away'],
  [statusCodes.protocolError, 'draft-06/7.4.1/1002-protocol-error'],
  [statusCodes.unacceptableData, 'draft-06/7.4.1/1003-unacceptable-data'],
  [statusCodes.tooLarge, 'draft-06/7.4.1/1004-too-large'],
]);

function definingClauses(status: number): readonly ClauseId[] {
  const clause = definitions.get(status);
  return clause === undefined ? [] : ['draft-06/7.4.1/defined-codes', clause];
}

/** Every defined code, the borders of every range, and the first codes behind the defined ones. */
const all: readonly number[] = [
  ...new Set([
    ...Object.values(statusCodes),
    ...statusCodeRanges.flatMap(({ from, to }) => [from, to]),
    1,
    statusCodes.tooLarge + 1,
    statusCodes.tooLarge + 2,
  ]),
].sort((one, other) => one - other);

/** Status codes (draft-06 section 7.4), for both roles. */
export const statusCodeCases: readonly SharedCase[] = all.map((status) =>
  isStatusCodeAllowed(status, 'defined') ? settled(status) : doubtful(status),
);
