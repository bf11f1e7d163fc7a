import { parseExtensions } from '../../model/extension-header.js';
import { equalsIgnoringAsciiCase, fieldValues, type ResponseHead } from '../../model/http-head.js';
import { headerNames } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Tester } from '../verifier/tester.js';
import { type AskedReading, asking } from './asked-readings.js';
import { withField } from './head-lines.js';
import { judgeAllowed } from './handshake-judge.js';

/** The response lists no extension that was not offered; those it lists are recorded when nobody can know them. */
function checkListed(tester: Tester, response: ResponseHead, offered: readonly string[]): void {
  const values = fieldValues(response, headerNames.extensions);
  if (values.length === 0) return;
  const observed = `${headerNames.extensions}: ${values.join(', ')}`;
  const listed = parseExtensions(values);
  if (listed === undefined) {
    const allowed = 'a list as section 8.1 has it';
    tester.broken('draft-06/8.1/list-grammar', { code: 'unreadable-extensions', observed, allowed });
  } else if (listed.some(({ name }) => !offered.some((known) => equalsIgnoringAsciiCase(known, name)))) {
    const allowed = offered.length === 0 ? 'no extensions, since none was offered' : `only ${offered.join(', ')}`;
    // Two sections forbid it; whoever breaks one breaks the other.
    for (const clause of ['draft-06/8/no-unrequested-extension', 'draft-06/5.2.2/no-unlisted-extension'] as const) {
      tester.broken(clause, { code: 'uninvited-extension', observed, allowed });
    }
  } else {
    tester.note('draft-06/8/server-may-accept', 'extension-accepted', observed);
  }
}

/** Values of Sec-WebSocket-Extensions, and the names that are in them. */
type Offer = readonly [name: string, what: string, values: readonly string[], names: readonly string[]];

const spec = ['x-hybi-spec'];
const specAndOther = ['x-hybi-spec', 'x-hybi-spec-other'];

/** Offers that follow the grammar of section 8.1. */
const offers: readonly Offer[] = [
  ['unknown', 'an unknown extension', ['x-hybi-spec'], spec],
  ['parameter', 'an unknown extension with a parameter', ['x-hybi-spec; mode=1'], spec],
  ['parameter-without-value', 'an unknown extension with a parameter without a value', ['x-hybi-spec; plain'], spec],
  ['parameter-quoted', 'an unknown extension with a quoted value', ['x-hybi-spec; mode="one, two; three=3"'], spec],
  ['parameter-quoted-pair', 'a quoted value with quotes in it', ['x-hybi-spec; mode="a \\"b\\" \\\\"'], spec],
  ['parameter-quoted-empty', 'an empty quoted value', ['x-hybi-spec; mode=""'], spec],
  ['parameters-many', 'many parameters', [`x-hybi-spec${'; a=1; b'.repeat(20)}`], spec],
  ['two', 'two unknown extensions', ['x-hybi-spec; mode=1, x-hybi-spec-other'], specAndOther],
  ['two-lines', 'two unknown extensions on two lines', specAndOther, specAndOther],
  ['twice', 'an extension with other parameters as a second choice', ['x-hybi-spec; mode=2, x-hybi-spec'], spec],
  ['tight', 'a list without blanks', ['x-hybi-spec;mode=1;plain,x-hybi-spec-other'], specAndOther],
  [
    'blanks',
    'a list with blanks wherever they may stand',
    ['x-hybi-spec \t ; mode = 1 , x-hybi-spec-other'],
    specAndOther,
  ],
  ['empty-elements', 'a list with empty elements', [', x-hybi-spec, , x-hybi-spec-other ,'], specAndOther],
  ['upper-case', 'an unknown extension in upper case', ['X-HYBI-SPEC'], ['X-HYBI-SPEC']],
  ['deflate-stream', 'the extension of section 8.2.1', ['deflate-stream'], ['deflate-stream']],
];

/** Values that do not follow the grammar. */
const wrongOffers: readonly Offer[] = [
  ['empty-list', 'an empty list of extensions', [''], []],
  ['empty-parameter', 'an extension with an empty parameter', ['x-hybi-spec;; mode'], spec],
  ['value-missing', 'a parameter with an equals sign and no value', ['x-hybi-spec; mode='], spec],
  ['value-of-extension', 'an extension that has a value itself', ['x-hybi-spec=1'], spec],
  ['open-quote', 'a quoted value without its end', ['x-hybi-spec; mode="one'], spec],
];

const quoting = asking('quotedParameter', ['any'], ['token']);

/** The readings that decide whether an offer is right, by the name of its case. */
const offerReadings = new Map<string, AskedReading>([
  ['parameter-quoted', quoting],
  ['parameter-quoted-pair', quoting],
  ['parameter-quoted-empty', quoting],
  ['twice', asking('repeatedExtension', ['alternatives', 'stacked'], ['refuse'])],
  ['blanks', asking('extensionBlanks', ['rfc-2616'], ['rfc-5234'])],
  ['empty-elements', asking('emptyElements', ['skip'], ['refuse'])],
  ['empty-list', asking('emptyOffer', ['empty-list', 'absent'], ['malformed'])],
]);
const malformed = asking('malformedOptionalField', ['ignore'], ['abort']);

function offerCase([name, what, values, names]: Offer, isRight: boolean): ConformanceCase {
  return {
    id: `handshake/extension-${name}`,
    title: `${isRight ? 'Offers' : 'Observes'}: ${what}`,
    clauses: [
      'draft-06/8/no-unrequested-extension',
      'draft-06/5.2.2/no-unlisted-extension',
      'draft-06/8/server-may-accept',
      ...(name === 'two-lines' ? (['draft-06/8.1/split-equals-combined'] as const) : []),
    ],
    requirement: `When the server accepts ${what}, it lists nothing that was not offered.`,
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.extensions, ...values));
      const clause = 'draft-06/8/server-may-accept';
      const allowed = isRight
        ? 'the server may accept some or all of the extensions; of refusing the connection the text says nothing'
        : 'the text does not say what a server does with a list that is not right';
      const reading = offerReadings.get(name) ?? (isRight ? undefined : malformed);
      const question = { clause, what, allowed, ...(reading === undefined ? {} : { reading }) } as const;
      const head = await judgeAllowed(tester, shaken, question, 'informational');
      if (head !== undefined) checkListed(tester, head, names);
    },
  };
}

export const handshakeExtensionsCases: readonly ConformanceCase[] = [
  {
    id: 'handshake/extension-none',
    title: 'No extension offered, none listed',
    clauses: ['draft-06/8/no-unrequested-extension', 'draft-06/5.2.2/no-unlisted-extension'],
    requirement: 'To a request without extensions the server lists none.',
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.extensions));
      const question = { clause: 'draft-06/8/no-unrequested-extension', what: 'a request without extensions' } as const;
      const head = await judgeAllowed(tester, shaken, question, 'informational');
      if (head !== undefined) checkListed(tester, head, []);
    },
  },
  ...offers.map((offer) => offerCase(offer, true)),
  ...wrongOffers.map((offer) => offerCase(offer, false)),
];
