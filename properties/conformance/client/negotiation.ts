import { hexOf } from '../../../model/explain.js';
import { type ResponseHead, serializeHead } from '../../../model/http-head.js';
import type { ClauseId } from '../../../spec/clauses.js';
import { headerNames } from '../../../spec/wire.js';
import type { ClientCase } from '../../verifier/case.js';
import type { Opening } from '../../verifier/client-tester.js';
import { Inconclusive } from '../../verifier/tester.js';
import { createInflater, inflateAll } from '../../drivers/deflate.js';
import { messageFrames, sameBytes } from '../expectations.js';
import { letters } from '../echo-case.js';
import { withField } from '../head-lines.js';
import { dataOf, type Echo, hearEcho, isMarked, type RawFrame, readRawFrames } from '../raw-frames.js';
import { expectAcceptance, observeReaction, sendWrong } from './reactions.js';

/** What a response lists, to a client that offered these or nothing. */
type Listing = (right: ResponseHead, opening: Opening) => ResponseHead;

const { subprotocol, extensions } = headerNames;

const listed =
  (name: string, ...values: readonly string[]): Listing =>
  (right) =>
    withField(right, name, ...values);

/** A subprotocol that was offered; in a list that cannot be read there is none, which is a finding already. */
const offered =
  (at: 0 | -1) =>
  ({ request }: Opening): string => {
    const name = request.subprotocols.at(at);
    if (name === undefined) throw new Inconclusive('no subprotocol can be read from what the client offered');
    return name;
  };
const [firstOf, lastOf] = [offered(0), offered(-1)];

const otherCase = (name: string): string => (name.toUpperCase() === name ? name.toLowerCase() : name.toUpperCase());

/** The text gives the client no check of these: what it does is recorded. */
const open: readonly (readonly [
  name: string,
  what: string,
  clause: ClauseId,
  allowed: string,
  change: Listing,
  needs?: ClientCase['needs'],
])[] = [
  [
    'subprotocol-uninvited',
    'a subprotocol that was not offered',
    'draft-06/5.2.2/subprotocol-selected',
    'a failure by reading R-504 `fail`, acceptance by `accept`',
    listed(subprotocol, 'uninvited.hybi-spec.example'),
  ],
  [
    'subprotocol-empty',
    'an empty Sec-WebSocket-Protocol',
    'draft-06/5.2.2/subprotocol-meaning',
    'either: the list of the server may be empty, and the grammar has one element at least',
    listed(subprotocol, ''),
  ],
  [
    'subprotocol-unreadable',
    'a Sec-WebSocket-Protocol that is no list',
    'draft-06/5.1/subprotocol-grammar',
    'either, for no check of the client names it',
    listed(subprotocol, 'a b;c'),
  ],
  [
    'subprotocol-in-other-case',
    'an offered subprotocol in other letters',
    'draft-06/5.2.2/subprotocol-selected',
    'a failure by readings R-504 and R-544 `matters`, acceptance otherwise',
    (right, opening) => withField(right, subprotocol, otherCase(firstOf(opening))),
    ['offer of subprotocols'],
  ],
  [
    'subprotocol-twice',
    'an offered subprotocol twice',
    'draft-06/5.2.2/subprotocol-selected',
    'either, by readings R-556 and R-592',
    (right, opening) => withField(right, subprotocol, firstOf(opening), firstOf(opening)),
    ['offer of subprotocols'],
  ],
  [
    'subprotocols-several',
    'an offered subprotocol and another',
    'draft-06/5.2.2/subprotocol-selected',
    'a failure by reading R-556 `one`',
    (right, opening) => withField(right, subprotocol, `${firstOf(opening)}, uninvited.hybi-spec.example`),
    ['offer of subprotocols'],
  ],
  [
    'subprotocol-none',
    'no subprotocol, though some were offered',
    'draft-06/5.2.2/subprotocol-sent',
    'acceptance by reading R-555 `go-on`, a failure by `fail`',
    (right) => withField(right, subprotocol),
    ['offer of subprotocols'],
  ],
  [
    'extension-uninvited',
    'an extension that was not requested',
    'draft-06/8/no-unrequested-extension',
    'a failure by reading R-505 `fail`, acceptance by `accept`',
    listed(extensions, 'x-uninvited-hybi-spec'),
  ],
  [
    'extension-unreadable',
    'a Sec-WebSocket-Extensions that is no list',
    'draft-06/8.1/list-grammar',
    'either, for no check of the client names it',
    listed(extensions, 'x-a;;=b'),
  ],
  [
    'extension-empty',
    'an empty Sec-WebSocket-Extensions',
    'draft-06/5.2.2/extensions-meaning',
    'either: the list of the server may be empty, and the grammar has one element at least',
    listed(extensions, ''),
  ],
  [
    'origin-of-another',
    'a Sec-WebSocket-Origin of somebody else',
    'draft-06/10.7/from-server',
    'acceptance, for no check of the client names it, or a failure',
    listed(headerNames.origin, 'http://elsewhere.hybi-spec.example'),
  ],
  [
    'version-of-another',
    'a Sec-WebSocket-Version of 13',
    'draft-06/10.9/indicates-version',
    'acceptance, for no check of the client names it, or a failure',
    listed(headerNames.version, '13'),
  ],
];

/** Which of the offered subprotocols is selected. */
const selections: readonly (readonly [name: string, what: string, select: (opening: Opening) => string])[] = [
  ['first-subprotocol', 'the first subprotocol that was offered', firstOf],
  ['last-subprotocol', 'the last subprotocol that was offered', lastOf],
];

/** What of an extension a client uses in the echo of a message, in words; frames that are no echo show nothing. */
function usedOf({ frames, bytes }: Echo, payload: Uint8Array): string | undefined {
  const { clear } = inflateAll(createInflater(), bytes);
  if (readRawFrames(clear, 'client').some((frame) => sameBytes(frame.payload, payload))) return 'compressed frames';
  const endsIn = (frame: RawFrame): boolean =>
    frame.length >= payload.length && sameBytes(frame.payload.subarray(frame.length - payload.length), payload);
  const marked = frames.find((frame) => endsIn(frame) && (isMarked(frame) || frame.length > payload.length));
  return marked === undefined ? undefined : `a frame of ${marked.length} bytes that begins ${hexOf(marked.head)}`;
}

/** Sections 5.1 and 8.1: what was offered, and what the response says about it. */
export const clientNegotiationCases: readonly ClientCase[] = [
  ...selections.map(([name, what, select]): ClientCase => ({
    id: `client-negotiation/${name}`,
    title: `Accepts: ${what}`,
    clauses: [
      'draft-06/5.1/subprotocols-meaning',
      'draft-06/5.2.2/subprotocol-meaning',
      'draft-06/10.8/from-both',
      'draft-06/10.8/confirms-subprotocol',
    ],
    requirement: `The client accepts a response that selects ${what}.`,
    needs: ['offer of subprotocols'],
    run: async (tester) => {
      const opening = await tester.accept();
      await opening.conversation.sendResponse(tester.response(opening, { subprotocol: select(opening) }), true);
      await expectAcceptance(tester, opening, 'draft-06/5.1/subprotocols-meaning', what);
    },
  })),
  ...open.map(([name, what, clause, allowed, change, needs]): ClientCase => ({
    id: `client-negotiation/${name}`,
    title: `Observes: ${what}`,
    clauses: [clause],
    requirement: `What the client does after a response with ${what} is recorded.`,
    ...(needs === undefined ? {} : { needs }),
    run: async (tester) => {
      const opening = await tester.accept();
      await sendWrong(opening, serializeHead(change(tester.response(opening), opening)));
      await observeReaction(tester, opening, clause, what, allowed);
    },
  })),
  {
    id: 'client-negotiation/extension-not-accepted',
    title: 'Does without an extension that was not accepted',
    clauses: [
      'draft-06/8.1/only-if-accepted',
      'draft-06/8.1/client-only-offers',
      'draft-06/10.5/agrees-on-extensions',
      'draft-06/4.1/reserved-bits-zero',
      'draft-06/4.1/reserved-opcodes-unused',
    ],
    requirement: 'A client that requested extensions and was given none sends frames of the base protocol.',
    needs: ['offer of extensions', 'echo of text'],
    run: async (tester) => {
      const payload = letters(300);
      const heard = await hearEcho(tester, messageFrames('text', payload));
      const used = usedOf(heard, payload);
      if (used !== undefined) {
        const words = { code: 'used-unaccepted', observed: used, allowed: 'frames of the base protocol' };
        tester.broken('draft-06/8.1/only-if-accepted', words);
      } else if (!sameBytes(dataOf(heard.echo), payload)) {
        // That a message does not come back has other reasons as well, such as reading R-812.
        throw new Inconclusive('the client did not send the message back');
      }
    },
  },
];
