import type { RequestHead } from '../model/http-head.js';
import { encodeUtf8 } from '../model/utf8.js';
import { type HttpAnswer, problem, wantsToStay, writeAnswer } from './http-answer.js';
import { type BodyFraming, createBodySkipper, skipBody } from './http-body.js';
import { type HttpRequest, readHttpRequest } from './http-request.js';
import { chooseRoute, type Route } from './http-routes.js';
import type { Intake } from './intake.js';

/** What ordinary HTTP on a port may cost. Times in milliseconds. */
export interface HttpLimits {
  /** How long a connection may wait for its next request, and for the client to read an answer. */
  readonly idle: number;
  /** Requests on one connection; the answer to the last one says that the connection closes. */
  readonly requests: number;
  /** Bytes of a request's body; they are read and dropped. A longer body is refused with 413. */
  readonly bodyBytes: number;
  /** How long a body may take. */
  readonly bodyTime: number;
}

export const defaultHttpLimits: HttpLimits = {
  idle: 5_000,
  requests: 1_000,
  bodyBytes: 1024 * 1024,
  bodyTime: 10_000,
};

/** What an exchange is made in. */
export interface ExchangeSurroundings {
  readonly intake: Intake;
  readonly routes: readonly Route[];
  readonly limits: HttpLimits;
  /** Aborts when the client is gone, or when the server stops. */
  readonly signal: AbortSignal;
  /** Whether the connection may take another request, if the client wants it. */
  readonly mayStay: () => boolean;
  /** The last word about each answer behind which the connection stays. */
  readonly dress?: ((answer: HttpAnswer) => HttpAnswer) | undefined;
}

/**
 * Answers one request: passes over its body, finds its route, writes the answer.
 * @returns whether the connection takes another request, or ends; `gone` when the answer could not be written in time
 */
export async function exchange(
  head: RequestHead,
  surroundings: ExchangeSurroundings,
): Promise<'stays' | 'ends' | 'gone'> {
  const { intake, routes, limits, signal } = surroundings;
  const say = async (answer: HttpAnswer, stays: boolean): Promise<'stays' | 'ends' | 'gone'> => {
    const dressed = stays ? (surroundings.dress?.(answer) ?? answer) : answer;
    const isWritten = await intake.write(writeAnswer(dressed, head, stays, new Date()), limits.idle);
    if (!isWritten) return 'gone';
    return stays ? 'stays' : 'ends';
  };
  const reading = readHttpRequest(head);
  if (reading.kind === 'refusal') return say(reading.answer, false);
  const { request } = reading;
  const chosen = chooseRoute(routes, request);
  if (request.awaitsContinue) {
    // RFC 2616 section 8.2.3: with the final answer at once, nobody can tell whether the body still comes.
    if ('status' in chosen) return say(chosen, false);
    await intake.write(encodeUtf8('HTTP/1.1 100 Continue\r\n\r\n'), limits.idle);
  }
  const wrong = await passOver(request.framing, intake, limits);
  if (wrong === 'cut-off') return 'ends';
  if (wrong !== undefined) return say(wrong, false);
  const answer = 'status' in chosen ? chosen : await askRoute(chosen, request, signal);
  return say(answer, wantsToStay(head) && surroundings.mayStay());
}

/** Reads the body of a request and drops it; returns what is wrong with it. */
async function passOver(
  framing: BodyFraming,
  intake: Intake,
  limits: HttpLimits,
): Promise<HttpAnswer | 'cut-off' | undefined> {
  if (framing.kind === 'none') return undefined;
  const tooLarge = problem(413, 'Request Entity Too Large', `a body has at most ${limits.bodyBytes} bytes here`);
  if (framing.kind === 'length' && framing.bytes > limits.bodyBytes) return tooLarge;
  const deadline = Date.now() + limits.bodyTime;
  let skipper = createBodySkipper(framing);
  for (;;) {
    const arrival = await intake.arrival(deadline - Date.now());
    if (arrival === 'too-late') return problem(408, 'Request Timeout', 'the body did not come in time');
    if (arrival !== 'bytes') return 'cut-off';
    const skipping = skipBody(skipper, intake.take());
    if (skipping.kind === 'malformed') return problem(400, 'Bad Request', 'the chunks of the body are malformed');
    if (skipping.kind === 'end') {
      intake.putBack(skipping.rest);
      return undefined;
    }
    if (skipping.skipper.passed > limits.bodyBytes) return tooLarge;
    skipper = skipping.skipper;
  }
}

async function askRoute(route: Route, request: HttpRequest, signal: AbortSignal): Promise<HttpAnswer> {
  try {
    return await route.answer({ ...request, signal });
  } catch {
    return problem(500, 'Internal Server Error', 'the server failed to answer this');
  }
}
