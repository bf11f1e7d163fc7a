import { hexOf } from '../../../model/explain.js';
import { frameOf } from '../../../model/frame.js';
import type { ClauseId } from '../../../spec/clauses.js';
import type { ClientCase } from '../../verifier/case.js';
import type { ClientTester } from '../../verifier/client-tester.js';
import type { Conversation } from '../../verifier/conversation.js';
import { examineKeys } from '../../verifier/key-statistics.js';
import { Inconclusive } from '../../verifier/tester.js';
import { messageFrames, text, until } from '../expectations.js';
import { grammarOpcodes } from '../raw-frames.js';

/*
 * Section 4.2 wants a fresh key for each frame, picked at random. A single key says nothing; of some dozens a program that
 * counts, repeats or starts anew shows at once, and a right one hardly ever (reading R-430): the bound is proved.
 */

const freshClauses = ['draft-06/4.2/fresh-key', 'draft-06/4.2/key-chosen-by-client'] as const;
const randomClauses = ['draft-06/4.2/key-unpredictable', 'draft-06/4.2/key-uniform'] as const;

/** The masking keys of frames, up to the one that is wanted. */
async function keysUpTo(
  conversation: Conversation,
  isLast: (seen: number) => boolean,
  opcode: number,
): Promise<Uint8Array[]> {
  const keys: Uint8Array[] = [];
  let seen = 0;
  await until(conversation, (event) => {
    if (event.type !== 'frame') return event.type === 'violation';
    if (event.decoded.maskingKey !== undefined) keys.push(event.decoded.maskingKey);
    if (event.decoded.frame.opcode === opcode && event.decoded.frame.fin) seen++;
    return isLast(seen);
  });
  return keys;
}

/** Pings, each sent when the one before has been answered, so that there is a frame for each. */
async function keysOfPongs(conversation: Conversation, count: number): Promise<readonly Uint8Array[]> {
  const keys: Uint8Array[] = [];
  for (let at = 0; at < count; at++) {
    conversation.sendFrame(frameOf('ping', text('the same again')));
    const more = await keysUpTo(conversation, (seen) => seen === 1, grammarOpcodes.pong);
    keys.push(...more);
    if (more.length === 0 || conversation.isOver()) break;
  }
  if (keys.length < count)
    throw new Inconclusive(`the client sent ${keys.length} masked frames, too few to judge its keys`);
  return keys;
}

/** What is said of keys that are not like random ones: the clause depends on what is wrong with them. */
function judgeKeys(tester: ClientTester, keys: readonly Uint8Array[], repeated: readonly ClauseId[]): void {
  const shown = keys.slice(0, 4).map(hexOf).join(', ');
  for (const { test, says, probability } of examineKeys(keys)) {
    const clauses =
      test === 'repeats: keys'
        ? repeated
        : test.startsWith('byte')
          ? randomClauses
          : (['draft-06/4.2/key-unpredictable'] as const);
    for (const clause of clauses) {
      tester.broken(clause, {
        code: clause === 'draft-06/4.2/fresh-key' ? 'repeated-masking-key' : 'pattern-of-masking-keys',
        observed: `${keys.length} masking keys (${shown} …): ${test}, ${says}; chance does that at most once in ${(1 / probability).toExponential(0)}`,
        allowed: 'a fresh key for each frame, picked at random (reading R-430)',
      });
    }
  }
}

/** Frames with the same content, so that a key which is made from it shows. */
const keysOfControlFrames: ClientCase = {
  id: 'client-masking/fresh-key-for-each-pong',
  title: '50 Pongs with the same body, one after the other',
  clauses: [...freshClauses, ...randomClauses],
  requirement: 'Each is masked with a key of its own, and the keys follow no pattern.',
  run: async (tester) => {
    const conversation = await tester.establish();
    judgeKeys(tester, await keysOfPongs(conversation, 50), freshClauses);
  },
};

const keysOfMessages: ClientCase = {
  id: 'client-masking/fresh-key-for-each-message',
  title: 'The echoes of 500 messages that come in one chunk',
  clauses: [...freshClauses, ...randomClauses],
  requirement: 'Each is masked with a key of its own, and the keys follow no pattern.',
  needs: ['echo of text'],
  run: async (tester) => {
    const count = 500;
    const conversation = await tester.establish();
    const frames = Array.from({ length: count }, () => messageFrames('text', text('again'))).flat();
    conversation.sendBytes(conversation.bytesOf(frames), `${count} text frames`);
    const keys = await keysUpTo(conversation, (seen) => seen === count, grammarOpcodes.text);
    judgeKeys(tester, keys, freshClauses);
  },
};

const keysOfConnections: ClientCase = {
  id: 'client-masking/other-keys-on-another-connection',
  title: 'The masking keys of two connections',
  clauses: ['draft-06/4.2/key-unpredictable', 'draft-06/4.2/key-chosen-by-client'],
  requirement: 'The keys of one connection do not come again on the next.',
  needs: ['second connection'],
  run: async (tester) => {
    const first = await keysOfPongs(await tester.establish(), 8);
    const second = await keysOfPongs(await tester.establish(), 8);
    judgeKeys(tester, [...first, ...second], ['draft-06/4.2/key-unpredictable', 'draft-06/4.2/key-chosen-by-client']);
  },
};

/** Section 4.2: the keys that a client masks with. */
export const clientMaskingKeyCases: readonly ClientCase[] = [keysOfControlFrames, keysOfMessages, keysOfConnections];
