import { parseTokenOrQuotedList } from '../../model/header-list.js';
import { fieldValues, type ResponseHead } from '../../model/http-head.js';
import { headerNames } from '../../spec/wire.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Tester } from '../verifier/tester.js';
import { type AskedReading, asking } from './asked-readings.js';
import { withField } from './head-lines.js';
import { acceptanceOf, judgeAllowed } from './handshake-judge.js';

/** Two subprotocols: those that the user named, where there are any, otherwise names that no server knows. */
function subprotocolsOf(tester: Tester): readonly [first: string, second: string] {
  const invented = ['hybi-spec.example', 'other.hybi-spec.example'];
  const [first = '', second = ''] = [...tester.target.subprotocols, ...invented];
  return [first, second];
}

/** An empty value stands for the list without elements that section 5.2.2 speaks of: the server is ready to use none. */
export function noteEmptyList(tester: Tester, response: ResponseHead): boolean {
  const values = fieldValues(response, headerNames.subprotocol);
  if (values.length === 0 || values.some((value) => value !== '')) return false;
  const observed = `${headerNames.subprotocol} with an empty value, which selects none`;
  tester.note('draft-06/5.2.2/subprotocol-meaning', 'empty-list', observed, 'a list may be empty, or left out');
  return true;
}

/** The response names at most one subprotocol, and one of those that were listed. */
function checkSelected(tester: Tester, response: ResponseHead, listed: readonly string[]): void {
  const values = fieldValues(response, headerNames.subprotocol);
  if (values.length === 0 || noteEmptyList(tester, response)) return;
  const selected = parseTokenOrQuotedList(values);
  const observed = `${headerNames.subprotocol}: ${values.join(', ')}`;
  const offered = listed.length === 0 ? 'nothing, since none was offered' : `one of ${listed.join(', ')}, or nothing`;
  const blame = (code: string): void => {
    tester.broken('draft-06/5.2.2/subprotocol-selected', { code, observed, allowed: offered });
  };
  if (selected === undefined) blame('unreadable-subprotocol');
  else if (!selected.every((name) => listed.includes(name))) blame('uninvited-subprotocol');
  else if (selected.length > 1) blame('several-subprotocols');
}

/** Who reads a wrong offer leniently selects what it finds between the commas, as it stands there. */
function repeatsOffer(response: ResponseHead, offered: readonly string[]): boolean {
  const found = offered.flatMap((value) => value.split(',')).map((piece) => piece.trim());
  const values = fieldValues(response, headerNames.subprotocol);
  return values.length === 1 && values.every((value) => value !== '' && found.includes(value));
}

/** What a request offers, as values of Sec-WebSocket-Protocol. */
interface Offer {
  readonly name: string;
  readonly what: string;
  readonly values: (first: string, second: string) => readonly string[];
  /** What the values list; both unless told. */
  readonly lists?: (first: string, second: string) => readonly string[];
  /** The reading that decides whether it is right. */
  readonly reading?: AskedReading;
}

const quoted = (name: string): string => `"${name}"`;
const onlyFirst = (first: string): readonly string[] => [first];

/** Offers that follow the grammar, in its various spellings. */
const offers: readonly Offer[] = [
  { name: 'one', what: 'one subprotocol', values: (first) => [first], lists: onlyFirst },
  { name: 'two', what: 'two subprotocols', values: (first, second) => [`${first}, ${second}`] },
  {
    name: 'two-in-reverse',
    what: 'two subprotocols in the reverse order',
    values: (first, second) => [`${second}, ${first}`],
  },
  {
    name: 'two-tight',
    what: 'two subprotocols with nothing but a comma between',
    values: (first, second) => [`${first},${second}`],
  },
  { name: 'two-lines', what: 'two subprotocols on two lines', values: (first, second) => [first, second] },
  { name: 'quoted', what: 'a subprotocol as a quoted string', values: (first) => [quoted(first)], lists: onlyFirst },
  {
    name: 'quoted-pairs',
    what: 'a subprotocol as a quoted string with a backslash',
    values: (first) => [quoted(`\\${first}`)],
    lists: onlyFirst,
  },
  {
    name: 'empty-elements',
    what: 'a list with empty elements',
    values: (first, second) => [`, ${first}, , ${second} ,`],
    reading: asking('emptyElements', ['skip'], ['refuse']),
  },
  {
    name: 'many',
    what: 'twenty subprotocols',
    values: (first) => [[first, ...Array.from({ length: 19 }, (_, at) => `x-${at}.hybi-spec.example`)].join(', ')],
    lists: (first) => [first, ...Array.from({ length: 19 }, (_, at) => `x-${at}.hybi-spec.example`)],
  },
  {
    name: 'other-case',
    what: 'two subprotocols that differ in the case of their letters',
    values: (first) => [`${first}.x, ${first}.X`],
    lists: (first) => [`${first}.x`, `${first}.X`],
    reading: asking('subprotocolCase', ['matters'], ['none']),
  },
  {
    name: 'every-sign',
    what: 'a subprotocol with every sign that a token may have',
    values: () => ["!#$%&'*+-.^_`|~09Az"],
    lists: () => ["!#$%&'*+-.^_`|~09Az"],
  },
];

const form = asking('subprotocolForm', ['lenient'], ['check']);

/** Offers that section 5.1 does not let a client make. */
const wrongOffers: readonly Offer[] = [
  {
    name: 'repeated',
    what: 'a subprotocol named twice',
    values: (first) => [`${first}, ${first}`],
    lists: onlyFirst,
    reading: form,
  },
  {
    name: 'with-space',
    what: 'a subprotocol with a space in it',
    values: (first) => [`"${first} x"`],
    lists: () => [],
    reading: asking('subprotocolWithSpace', ['grammar'], ['characters']),
  },
  { name: 'empty-name', what: 'a subprotocol without a name', values: () => ['""'], lists: () => [], reading: form },
  {
    name: 'empty-list',
    what: 'an empty list of subprotocols',
    values: () => [''],
    lists: () => [],
    reading: asking('emptyOffer', ['empty-list', 'absent'], ['malformed']),
  },
  {
    name: 'open-quote',
    what: 'a quoted string without its end',
    values: (first) => [`"${first}`],
    lists: () => [],
    reading: form,
  },
];

function offerCase(
  { name, what, values, lists = (...both) => both, reading }: Offer,
  isRight: boolean,
): ConformanceCase {
  return {
    id: `handshake/subprotocol-${name}`,
    title: `${isRight ? 'Selects' : 'Observes'}: ${what}`,
    clauses: ['draft-06/5.2.2/subprotocol-selected', 'draft-06/5.2.1/subprotocols-optional'],
    requirement: `When the server accepts ${what}, it selects one that was offered, or none.`,
    run: async (tester) => {
      const [first, second] = subprotocolsOf(tester);
      const request = withField(tester.request(), headerNames.subprotocol, ...values(first, second));
      const shaken = await tester.handshake(request);
      // A server may insist on subprotocols of its own; only those that the user named are known to be welcome.
      const isKnown = isRight && tester.target.subprotocols.some((known) => lists(first, second).includes(known));
      const allowed = isKnown
        ? 'the server accepts a list in this form; no sentence says that it must, so an advisory'
        : 'the server may refuse those who offer no subprotocol of its own, or whose list is not right';
      // A refusal tells something about the form only where it cannot be meant for the names.
      const isTelling = isKnown || (!isRight && tester.target.subprotocols.length > 0);
      const asked = reading === undefined ? {} : { reading: isTelling ? reading : { ...reading, refused: [] } };
      const question = { clause: 'draft-06/5.2.1/subprotocols-optional', what, allowed, ...asked } as const;
      const head = await judgeAllowed(tester, shaken, question, isKnown ? 'advisory' : 'informational');
      if (head === undefined) return;
      if (isRight || !repeatsOffer(head, values(first, second))) checkSelected(tester, head, lists(first, second));
    },
  };
}

export const handshakeSubprotocolCases: readonly ConformanceCase[] = [
  {
    id: 'handshake/subprotocol-none',
    title: 'No subprotocol offered, none selected',
    clauses: ['draft-06/5.2.2/subprotocol-selected', 'draft-06/5.2.1/subprotocols-optional'],
    requirement: 'To a request without subprotocols the server names none.',
    run: async (tester) => {
      const shaken = await tester.handshake(withField(tester.request(), headerNames.subprotocol));
      const head = acceptanceOf(shaken.answer);
      const what = 'a request without subprotocols';
      const allowed = 'the server may insist on a subprotocol';
      const question = { clause: 'draft-06/5.2.1/subprotocols-optional', what, allowed } as const;
      if (head === undefined) await judgeAllowed(tester, shaken, question, 'informational');
      else checkSelected(tester, head, []);
    },
  },
  ...offers.map((offer) => offerCase(offer, true)),
  ...wrongOffers.map((offer) => offerCase(offer, false)),
];
