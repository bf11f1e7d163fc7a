import { type Extension, isPrivateExtension, parseExtensions } from '../../model/extension-header.js';
import { equalsIgnoringAsciiCase, fieldValues, type ResponseHead } from '../../model/http-head.js';
import { frameOf } from '../../model/frame.js';
import type { ClauseId } from '../../spec/clauses.js';
import { headerNames } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Tester } from '../verifier/tester.js';
import { isFrameOf, text } from './expectations.js';
import { blame } from './further-layout.js';
import { withField } from './head-lines.js';
import { judgeAllowed } from './handshake-judge.js';
import { grammarOpcodes, isMarked, listen } from './raw-frames.js';

/** The one extension that draft-06 registers. It has no parameters. */
const registered = 'deflate-stream';

/** What the response lists, and how it stands there; `undefined` for what follows no grammar. */
interface Listed {
  readonly extensions: readonly Extension[] | undefined;
  readonly observed: string;
}

function listedIn(response: ResponseHead): Listed {
  const values = fieldValues(response, headerNames.extensions);
  const observed = `${headerNames.extensions}: ${values.join(', ')}`;
  return { extensions: values.length === 0 ? [] : parseExtensions(values), observed };
}

/** The grammar of the list, production by production, in the response of the server. */
const grammar = [
  'draft-06/8.1/list-grammar',
  'draft-06/8.1/extension-list',
  'draft-06/8.1/extension',
  'draft-06/8.1/extension-token',
  'draft-06/8.1/registered-token',
  'draft-06/8.1/extension-param',
  'draft-06/8.1/http-header-rules',
] as const;

/** What holds for the list of any response to an offer. */
function judgeList(tester: Tester, { extensions, observed }: Listed, offered: readonly string[]): void {
  if (extensions === undefined) {
    blame(tester, grammar, 'unreadable-extensions', observed, 'a list as section 8.1 has it');
    return;
  }
  const isOffered = ({ name }: Extension): boolean => offered.some((known) => equalsIgnoringAsciiCase(known, name));
  if (!extensions.every(isOffered)) {
    const clauses = [
      'draft-06/5.2.2/extensions-selected',
      'draft-06/5.2.2/extensions-meaning',
      'draft-06/5.2.2/extensions-by-8.1',
      'draft-06/8.1/accepted-by-header',
      'draft-06/4.8/negotiation-by-8.1',
    ] as const;
    blame(tester, clauses, 'not-offered', observed, `some of ${offered.join(', ')}, or none`);
  }
  const unregistered = extensions.find(({ name }) => name !== registered && !isPrivateExtension(name));
  if (unregistered !== undefined) {
    const clauses = ['draft-06/8.1/registered-or-private', 'draft-06/8.1/private-use-token'] as const;
    blame(tester, clauses, 'unregistered', observed, `${registered}, or a token that begins with x-`);
  }
}

/** An offer that follows one production of the grammar; a server that reads it rightly accepts the connection. */
type Offer = readonly [
  name: string,
  what: string,
  values: readonly string[],
  clauses: readonly [ClauseId, ...ClauseId[]],
];

const offers: readonly Offer[] = [
  ['list', 'a list of two', ['x-hybi-spec, deflate-stream'], [...grammar]],
  [
    'private-token',
    'a token for private use',
    ['x-hybi-spec'],
    ['draft-06/8.1/private-use-token', 'draft-06/8.1/registered-or-private'],
  ],
  [
    'split',
    'one name on each line',
    ['x-hybi-spec', 'deflate-stream'],
    ['draft-06/8.1/may-be-split', 'draft-06/8.1/split-equals-combined'],
  ],
  [
    'optional',
    'any extensions',
    ['x-hybi-spec'],
    ['draft-06/5.2.1/extensions-optional', 'draft-06/5.2.1/extensions-by-8.1'],
  ],
  [
    'parameter-like-an-extension',
    'a parameter with the name of an extension',
    [`x-hybi-spec; ${registered}`],
    ['draft-06/5.2.1/extensions-by-8.1'],
  ],
];

function offerCase([name, what, values, clauses]: Offer): ConformanceCase {
  return {
    id: `extensions/offer-${name}`,
    title: `Offers ${what}`,
    clauses,
    requirement: 'The offer is right, so that it is read; what the response lists follows the grammar.',
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.extensions, ...values));
      for (const clause of clauses) {
        // A server may refuse whom it likes: that it does so for an extension goes on record.
        const head = await judgeAllowed(tester, shaken, { clause, what }, 'informational');
        if (head === undefined) continue;
        const listed = listedIn(head);
        const isMisread = name.startsWith('parameter') && listed.extensions?.some((one) => one.name === registered);
        if (isMisread === true) {
          blame(tester, clauses, 'parameter-accepted', listed.observed, 'no extension by the name of a parameter');
        } else judgeList(tester, listed, ['x-hybi-spec', registered]);
      }
    },
  };
}

const selection: ConformanceCase = {
  id: 'extensions/selection',
  title: 'The response lists some of the extensions that were offered, or none',
  clauses: [
    'draft-06/5.2.2/extensions-selected',
    'draft-06/5.2.2/extensions-meaning',
    'draft-06/5.2.2/extensions-by-8.1',
    'draft-06/5.2.2/extensions-sent',
    'draft-06/8.1/accepted-by-header',
    'draft-06/4.8/negotiation-by-8.1',
    'draft-06/8.2/others-allowed',
    'draft-06/8.2/known-extensions',
    'draft-06/4.8/extensions-allowed',
  ],
  requirement: 'What the server is ready to use is part of what the client asked for.',
  run: async (tester) => {
    const shaken = await tester.handshake(
      withField(tester.request(), headerNames.extensions, `x-hybi-spec, ${registered}`),
    );
    const question = { clause: 'draft-06/5.2.2/extensions-sent', what: 'a request with two extensions' } as const;
    const head = await judgeAllowed(tester, shaken, question, 'informational');
    if (head === undefined) return;
    const listed = listedIn(head);
    judgeList(tester, listed, ['x-hybi-spec', registered]);
    for (const { name } of listed.extensions ?? []) {
      const clause = name === registered ? 'draft-06/8.2/known-extensions' : 'draft-06/8.2/others-allowed';
      tester.note(clause, 'accepted', listed.observed);
      tester.note('draft-06/4.8/extensions-allowed', 'accepted', listed.observed);
    }
  },
};

const compression: ConformanceCase = {
  id: 'extensions/deflate-stream-by-name',
  title: 'The compression extension is accepted under its name and without parameters, or not at all',
  clauses: [
    'draft-06/8.2.1/token',
    'draft-06/8.1/registered-token',
    'draft-06/8.1/parameters-defined',
    'draft-06/8/parameters-by-extension',
  ],
  requirement: 'Its token is deflate-stream, and it defines no parameter.',
  run: async (tester) => {
    const shaken = await tester.handshake(withField(tester.request(), headerNames.extensions, registered));
    const question = { clause: 'draft-06/8.2.1/token', what: `an offer of ${registered}` } as const;
    const head = await judgeAllowed(tester, shaken, question, 'informational');
    if (head === undefined) return;
    const { extensions = [], observed } = listedIn(head);
    if (extensions.some(({ name }) => name !== registered)) {
      const clauses = ['draft-06/8.2.1/token', 'draft-06/8.1/registered-token'] as const;
      blame(tester, clauses, 'other-token', observed, registered);
    }
    if (extensions.some(({ parameters }) => parameters.length > 0)) {
      const clauses = ['draft-06/8.1/parameters-defined', 'draft-06/8/parameters-by-extension'] as const;
      blame(tester, clauses, 'undefined-parameter', observed, 'no parameters');
    }
  },
};

/** What is in use is what the response lists: where it lists nothing, frames are those of the base protocol. */
const inUse: ConformanceCase = {
  id: 'extensions/in-use',
  title: 'A server that lists no extension uses none',
  clauses: ['draft-06/8.1/response-is-in-use', 'draft-06/10.5/agrees-on-extensions'],
  requirement: 'Without an extension in the response no frame has a reserved bit or a reserved opcode.',
  run: async (tester) => {
    const shaken = await tester.handshake(withField(tester.request(), headerNames.extensions, 'x-hybi-spec'));
    const question = { clause: 'draft-06/8.1/response-is-in-use', what: 'an offer of x-hybi-spec' } as const;
    const head = await judgeAllowed(tester, shaken, question, 'informational');
    if (head === undefined || listedIn(head).extensions?.length !== 0) return;
    const { conversation } = shaken;
    conversation.sendFrame(frameOf('ping', text('extended?')));
    const { frames } = await listen(conversation, (event) => isFrameOf(event, grammarOpcodes.pong));
    if (!frames.some(isMarked)) return;
    blame(
      tester,
      inUse.clauses,
      'used-unlisted',
      'a frame that only an extension explains',
      'frames without extensions',
    );
  },
};

/** Two extensions in either order: the order is the client's preference, and the server may take what it likes. */
const order: ConformanceCase = {
  id: 'extensions/order',
  title: 'Two extensions, offered in one order and in the other',
  clauses: ['draft-06/8.1/order-is-significant', 'draft-06/8.1/order-is-preference'],
  requirement: 'Each offer is read; which extensions are accepted goes on record.',
  run: async (tester) => {
    const answers: string[] = [];
    for (const offer of ['x-hybi-spec, x-hybi-spec-other', 'x-hybi-spec-other, x-hybi-spec']) {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.extensions, offer));
      const question = { clause: 'draft-06/8.1/order-is-significant', what: offer } as const;
      const head = await judgeAllowed(tester, shaken, question, 'informational');
      if (head === undefined) return;
      answers.push(listedIn(head).observed);
    }
    const [one = '', other = ''] = answers;
    const code = one === other ? 'same-answer' : 'other-answer';
    for (const clause of order.clauses)
      if (one !== `${headerNames.extensions}: `) tester.note(clause, code, answers.join(' | '));
  },
};

export const furtherExtensionCases: readonly ConformanceCase[] = [
  ...offers.map(offerCase),
  selection,
  compression,
  inUse,
  order,
];
