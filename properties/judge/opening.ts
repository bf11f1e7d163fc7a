import { concatBytes, latin1FromBytes, noBytes } from '../../model/bytes.js';
import type { RequestHead, ResponseHead } from '../../model/http-head.js';
import { createHeadReader, type HeadReader, readHead } from '../../model/http-head-reader.js';
import type { Role } from '../../model/role.js';
import { clauseOfViolation, describeViolation, type Violation } from '../../model/violation.js';
import { streamOf } from './extensions.js';
import type { Judgement } from './judge.js';
import type { Opened, OpeningJudge, OpeningOptions } from './opened.js';
import { judgeAcceptance, judgeRequest, type RequestFacts, versionOf } from './opening-request.js';
import { hasRightAccept, judgeResponse } from './opening-response.js';

/** The longest head that is read, and what is kept of bytes that come before their time. */
const maxHead = 64 * 1024;

/** Where the opening handshake stands. */
type Stage =
  | 'request'
  /** The request cannot be parsed; whether it was one is seen from what follows. */
  | 'malformed'
  | 'response'
  | 'opened'
  /** The server did not accept, or not as it has to. */
  | 'refused'
  /** Nothing more is judged. */
  | 'over';

/** A judge of the opening handshake. */
export function createOpeningJudge(options: OpeningOptions): OpeningJudge {
  const { ledger, readings, isKnownKey, isWhole, note } = options;
  let stage: Stage = 'request';
  let kind: Judgement['kind'] = 'other';
  let reader: HeadReader = createHeadReader('request', { maxBytes: maxHead });
  let malformed: Violation | undefined;
  let request: RequestFacts | undefined;
  /** Bytes of the head that is being read, and of the other side before its time. */
  let held: Readonly<Record<Role, Uint8Array>> = { client: noBytes, server: noBytes };
  const headLengths: Record<Role, number> = { client: 0, server: 0 };
  const isTooLong: Record<Role, boolean> = { client: false, server: false };

  const hold = (from: Role, bytes: Uint8Array): void => {
    const room = maxHead - held[from].length;
    if (bytes.length > room) isTooLong[from] = true;
    held = { ...held, [from]: concatBytes([held[from], bytes.subarray(0, room)]) };
  };

  const stop = (as: Judgement['kind'], why: string): Opened | undefined => {
    stage = 'over';
    kind = as;
    held = { client: noBytes, server: noBytes };
    note(why);
    return undefined;
  };

  const takeRequest = (bytes: Uint8Array): Opened | undefined => {
    const read = readHead(reader, bytes);
    hold('client', bytes);
    if (read.kind === 'need-more') {
      reader = read.reader;
      return undefined;
    }
    if (read.kind === 'violation') {
      stage = 'malformed';
      malformed = read.violation;
      return judgeMalformed(false);
    }
    headLengths.client = read.length;
    const head = held.client.subarray(0, read.length);
    const found = judgeRequest(read.head as RequestHead, head, readings, isKnownKey, ledger);
    if (found === undefined) return stop('http', 'plain HTTP: no request for WebSocket');
    request = found;
    kind = 'asked';
    stage = 'response';
    reader = createHeadReader('response', { maxBytes: maxHead });
    const early = held.client.subarray(read.length);
    held = { ...held, client: noBytes };
    if (early.length > 0) takeEarly(early);
    const answer = held.server;
    held = { ...held, server: noBytes };
    return answer.length > 0 ? takeResponse(answer) : undefined;
  };

  /** A request that cannot be parsed is one for WebSocket if it says so somewhere. */
  const judgeMalformed = (isOver: boolean): Opened | undefined => {
    const text = latin1FromBytes(held.client);
    const says = malformed as Violation;
    if (says.code === 'head-too-large') return stop('other', 'the request has more bytes than are read of a head');
    if (isWhole && /^sec-websocket-|^upgrade[ \t]*:[ \t]*websocket/im.test(text)) {
      ledger.broken('client', clauseOfViolation(says.code, 'client'), {
        code: says.code,
        observed: inWords(says),
        allowed: 'a valid HTTP request (RFC 2616)',
        offset: says.offset,
      });
      return stop('asked', 'the request cannot be parsed, so that nothing behind it is judged');
    }
    if (isOver || text.length >= maxHead || /\r?\n\r?\n/.test(text) || !/^[!-~]+ /.test(text.trimStart())) {
      const why = isWhole
        ? 'it does not begin with an HTTP request'
        : 'its beginning is not in the trace, and nothing can be judged without the opening handshake';
      return stop('other', why);
    }
    return undefined;
  };

  const takeEarly = (bytes: Uint8Array): void => {
    ledger.broken('client', 'draft-06/5.1/waits-for-response', {
      code: 'early-data',
      observed: 'bytes behind the opening handshake before the response',
      allowed: 'nothing until the response has come',
      offset: headLengths.client + held.client.length,
    });
    hold('client', bytes);
  };

  const takeResponse = (bytes: Uint8Array): Opened | undefined => {
    const read = readHead(reader, bytes);
    hold('server', bytes);
    if (read.kind === 'need-more') {
      reader = read.reader;
      return undefined;
    }
    if (read.kind === 'violation') {
      const { code, offset } = read.violation;
      if (code === 'head-too-large') return stop('asked', 'the response has more bytes than are read of a head');
      ledger.broken('server', clauseOfViolation(code, 'server'), {
        code,
        observed: inWords(read.violation),
        allowed: 'a valid HTTP response (RFC 2616)',
        offset,
      });
      return stop('refused', 'the response cannot be parsed, so that nothing behind it is judged');
    }
    const head = read.head as ResponseHead;
    headLengths.server = read.length;
    return head.status === 101 ? takeAcceptance(head, read.rest) : takeRefusal(head);
  };

  const takeRefusal = (head: ResponseHead): Opened | undefined => {
    kind = 'refused';
    stage = 'refused';
    ledger.held('client', ['draft-06/5.1/waits-for-response']);
    ledger.held('server', ['draft-06/5.2.1/parse-request']);
    note(`the server answers ${`${head.status} ${head.reason}`.trimEnd()}, so that no frames follow`);
    return undefined;
  };

  const takeAcceptance = (head: ResponseHead, rest: Uint8Array): Opened | undefined => {
    kind = 'websocket';
    ledger.held('client', ['draft-06/5.1/waits-for-response', 'draft-06/5.1/response-validated']);
    const asked = request as RequestFacts;
    const version = versionOf(asked);
    if (version === 'another' || (version === 'perhaps' && !hasRightAccept(head, asked))) return takeOther(asked);
    judgeAcceptance(asked, ledger);
    const bytes = held.server.subarray(0, headLengths.server);
    const { extensions, failure } = judgeResponse(head, bytes, asked, readings, ledger);
    const stream = streamOf(extensions);
    if (stream.kind === 'unread') return stop('websocket', stream.why);
    stage = 'opened';
    const early = held.client;
    held = { client: noBytes, server: noBytes };
    return { headLengths, rest: { client: early, server: rest }, isTooLong, failure, stream: stream.kind };
  };

  /** Whoever accepts another version is judged by another text. */
  const takeOther = ({ version }: RequestFacts): Opened | undefined => {
    const words = {
      code: 'other-version-accepted',
      observed:
        version === '' ? 'the server accepted a request of no version' : `the server accepted version ${version}`,
      allowed: 'a server may understand other versions, and is then judged by another text (reading R-577)',
    };
    const clause = 'draft-06/5.2.2/version-not-understood';
    if (readings.otherVersions === 'abort') ledger.broken('server', clause, words);
    else ledger.note('server', clause, words);
    return stop('websocket', 'another version of the protocol was accepted, so that nothing behind it is judged');
  };

  const takeAfterRefusal = (from: Role): void => {
    if (from === 'server') return;
    ledger.broken('client', 'draft-06/5.1/status-101', {
      code: 'went-on',
      observed: 'the client sent more, behind a status code other than 101',
      allowed: 'the client fails the WebSocket connection (reading R-551)',
      offset: headLengths.client,
    });
    stage = 'over';
  };

  return {
    take: (from, bytes) => {
      switch (stage) {
        case 'request':
          if (from === 'client') return takeRequest(bytes);
          hold('server', bytes);
          return isTooLong.server ? stop('other', 'the server speaks first') : undefined;
        case 'malformed':
          if (from === 'client') hold('client', bytes);
          return judgeMalformed(from === 'server');
        case 'response':
          if (from === 'server') return takeResponse(bytes);
          takeEarly(bytes);
          return undefined;
        case 'refused':
          takeAfterRefusal(from);
          return undefined;
        default:
          return undefined;
      }
    },
    giveUp: () => {
      if (stage !== 'over') stage = 'over';
    },
    finish: () => {
      if (stage === 'malformed') judgeMalformed(true);
      else if (stage === 'request' && held.client.length + held.server.length === 0) note('no bytes');
      else if (stage === 'request' && held.client.length === 0) note('only the server speaks');
      else if (stage === 'request') note('the trace ends inside the request');
      else if (stage === 'response') note('the trace has no response');
    },
    facts: () => ({ kind, target: request?.target, key: request?.key }),
  };
}

const inWords = ({ code, observed }: Violation): string =>
  describeViolation(code) + (observed === undefined ? '' : `: ${observed}`);
