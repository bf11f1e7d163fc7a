import { acceptOfKey } from '../../model/accept.js';
import { parseExtensions } from '../../model/extension-header.js';
import { parseTokenOrQuotedList } from '../../model/header-list.js';
import { fieldValues, type RequestHead, type ResponseHead } from '../../model/http-head.js';
import type { Message } from '../../model/message.js';
import type { OpeningRequest } from '../../model/opening-request.js';
import { type Acceptance, writeOpeningResponse } from '../../model/opening-response.js';
import type { WebSocketUri } from '../../model/uri.js';
import { clauseOfViolation, describeViolation } from '../../model/violation.js';
import { headerNames } from '../../spec/wire.js';
import type { ChosenReadings } from './chosen-readings.js';
import { type CaseFacts, whyMissing } from './case.js';
import type { ClientConversation, ConversationOptions, RequestEvent } from './conversation.js';
import { converseWithClient } from './converse.js';
import type { ClientPeer, Line, Visit } from './line.js';
import type { Randomness } from './randomness.js';
import type { Recorder } from './recorder.js';
import { offersOf, watchRequest } from './request-watch.js';
import { type Aside, Inconclusive, NotApplicable } from './tester.js';

/** What the user says about the client under test. */
export interface ClientTarget {
  /** Milliseconds of silence that mean "no answer". */
  readonly timeout: number;
  /** The options of readings that the user asked for, and that are therefore enforced. Default: none. */
  readonly chosen?: ChosenReadings;
  /** Random conversations for each generated case. Default 0: generated cases are left out. */
  readonly runs?: number;
  /** Whether a generated case holds all of them, however long it takes. Default false: as many as its budget allows. */
  readonly allRuns?: boolean;
  /** Milliseconds in which a generated case may search, and as many to shrink. Default 10 seconds. */
  readonly budget?: number;
}

/** What a case wants of a visit, and how it is judged. */
export interface VisitWish extends Omit<Visit, 'name'> {
  /** False where the text leaves open what the client makes of the URL: the case looks at it itself. Default true. */
  readonly isUrlClear?: boolean;
}

/** A client that has connected. */
export interface Met {
  readonly conversation: ClientConversation;
  /** What the conversation is held on, for cases about what lies below HTTP. */
  readonly line: Line;
  /** What the client was sent to, where that is known. */
  readonly uri?: WebSocketUri;
}

/** The opening handshake of a client that has come. */
export interface Opening extends Met {
  readonly head: RequestHead;
  /** The head as it came, with its empty line. */
  readonly bytes: Uint8Array;
  /** What a server reads from it. Lists that cannot be read are empty, and a missing key is the empty text. */
  readonly request: OpeningRequest;
}

/** What a case for clients works with. The tester plays the server. */
export interface ClientTester extends Pick<Recorder, 'broken' | 'note' | 'rerunBy'> {
  readonly target: ClientTarget;
  readonly randomness: Randomness;
  /**
   * The opening handshakes that this client sent on earlier connections of the run; in a run of several jobs also on
   * those at the same time.
   */
  readonly earlier: () => readonly RequestHead[];
  /**
   * Waits for the client to connect and reads its opening handshake, which is held against section 5.1 in every case.
   * No response has been sent yet. Without a readable one the case cannot tell.
   */
  readonly accept: (visit?: VisitWish, options?: ConversationOptions) => Promise<Opening>;
  /** Waits for the client to connect, and reads nothing yet: for what is perhaps no opening handshake. */
  readonly meet: (visit?: VisitWish, options?: ConversationOptions) => Promise<Met>;
  /**
   * The right response to an opening handshake, to be sent as it is or changed first. It selects the first subprotocol
   * that was offered, unless told: a client may fail where none is selected (reading R-555). For the same reason it
   * confirms the origin that the client sent.
   */
  readonly response: (opening: Opening, acceptance?: Acceptance) => ResponseHead;
  /** An open connection: the client has come, and has got the right response. */
  readonly establish: (acceptance?: Acceptance, options?: ConversationOptions) => Promise<ClientConversation>;
  /** A tester whose findings are no findings of the case: for what is tried before it is told. */
  readonly aside: (recorder: Recorder) => Aside<ClientTester>;
}

/** How many earlier opening handshakes are remembered. */
const maxRequests = 2000;

/** What the connections of one run have in common. */
export interface ClientRun {
  readonly client: ClientPeer;
  readonly target: ClientTarget;
  /** Every opening handshake of the run, to which each connection adds its own. */
  readonly requests: RequestHead[];
  /** Called for each message of the client. */
  readonly onMessage?: (kind: Message['kind']) => void;
}

/** What a request amounts to, in words. */
export function describeRequest(event: RequestEvent): string {
  switch (event.type) {
    case 'request':
      return `${event.head.method} ${event.head.target}`;
    case 'malformed':
      return `a request that cannot be read: ${describeViolation(event.violation.code)}`;
    case 'ended':
      return 'TCP ended without an opening handshake';
    case 'lost':
      return `TCP broke without an opening handshake (${event.why})`;
    case 'silence':
      return event.received === 0 ? 'no opening handshake' : 'an opening handshake that never ended';
  }
}

/** What a server reads, leniently: a case goes on as far as it can, since the findings have been recorded. */
function readLeniently(head: RequestHead): OpeningRequest {
  const values = (name: string): readonly string[] => fieldValues(head, name);
  const [host = ''] = values(headerNames.host);
  const [key = ''] = values(headerNames.key);
  const subprotocols = parseTokenOrQuotedList(values(headerNames.subprotocol)) ?? [];
  const extensions = parseExtensions(values(headerNames.extensions)) ?? [];
  return { resourceName: head.target, host, key, subprotocols, extensions, fields: head.fields };
}

function firstOffer({ subprotocols: [first] }: OpeningRequest): Acceptance {
  return first === undefined ? {} : { subprotocol: first };
}

/** The tester of one case for clients, and what ends every connection that the case opened. */
export function createClientTester(
  run: ClientRun,
  recorder: Recorder,
  randomness: Randomness,
  { id, needs = [] }: Pick<CaseFacts, 'id' | 'needs'>,
): Aside<ClientTester> {
  const { client, target, requests, onMessage } = run;
  let asides = 0;
  const endings: (() => void)[] = [];
  let visits = 0;

  const meet = async (wish: VisitWish = {}, options?: ConversationOptions): Promise<Met> => {
    visits++;
    const { line, uri, release } = await client.accept({ ...wish, name: `${id} ${visits}` });
    endings.push(release);
    const conversation = converseWithClient(line, {
      recorder,
      randomness,
      timeout: target.timeout,
      options,
      chosen: target.chosen,
      onMessage,
    });
    endings.push(conversation.destroy);
    return { conversation, line, ...(uri === undefined ? {} : { uri }) };
  };

  const accept = async (wish: VisitWish = {}, options?: ConversationOptions): Promise<Opening> => {
    const met = await meet(wish, options);
    const event = await met.conversation.readRequest();
    if (event.type !== 'request') {
      judgeUnreadable(recorder, event);
      throw new Inconclusive(describeRequest(event));
    }
    const { head, bytes } = event;
    const earlierKeys = requests.flatMap((request) => fieldValues(request, headerNames.key));
    requests.push(head);
    if (requests.length > maxRequests) requests.shift();
    watchRequest(recorder, head, { uri: wish.isUrlClear === false ? undefined : met.uri, earlierKeys });
    // What a client offers shows here for certain; before, it may only have been assumed.
    const offers = offersOf(head);
    const missing = needs.find((need) => need.startsWith('offer of') && !offers.includes(need));
    if (missing !== undefined) throw new NotApplicable(whyMissing(missing, 'client'));
    return { ...met, head, bytes, request: readLeniently(head) };
  };

  const response = ({ request }: Opening, acceptance?: Acceptance): ResponseHead => {
    const head = writeOpeningResponse(request, { ...firstOffer(request), ...acceptance });
    const [origin] = fieldValues(request.fields, headerNames.origin);
    const isWritten = origin === undefined || fieldValues(head, headerNames.origin).length > 0;
    return isWritten ? head : { ...head, fields: [...head.fields, { name: headerNames.origin, value: origin }] };
  };

  const establish = async (acceptance?: Acceptance, options?: ConversationOptions): Promise<ClientConversation> => {
    const opening = await accept({}, options);
    await opening.conversation.sendResponse(response(opening, acceptance), true);
    return opening.conversation;
  };

  const { broken, note, rerunBy } = recorder;
  const cleanUp = (): void => {
    for (const end of endings.splice(0).reverse()) end();
  };
  const aside = (other: Recorder): Aside<ClientTester> => {
    asides++;
    // The opening handshakes of so many connections would only be in the way of the others.
    return createClientTester({ ...run, requests: [] }, other, randomness, { id: `${id} aside ${asides}` });
  };
  return {
    tester: {
      target,
      randomness,
      broken,
      note,
      earlier: () => requests,
      accept,
      meet,
      response,
      establish,
      aside,
      rerunBy,
    },
    cleanUp,
  };
}

/** An opening handshake that is no HTTP, or that has no end. */
function judgeUnreadable(recorder: Recorder, event: Exclude<RequestEvent, { readonly type: 'request' }>): void {
  const allowed = 'a valid HTTP request';
  if (event.type === 'malformed') {
    const { code, offset } = event.violation;
    recorder.broken(clauseOfViolation(code, 'client'), { code, observed: describeRequest(event), allowed, offset });
  } else {
    const clause = event.received === 0 ? 'draft-06/5.1/handshake-sent' : 'draft-06/5.1/valid-http-request';
    recorder.broken(clause, { code: 'no-request', observed: describeRequest(event), allowed });
  }
}

/** The Sec-WebSocket-Accept that belongs to an opening handshake. */
export const acceptFor = ({ request }: Opening): string => acceptOfKey(request.key);
