import { headerNames, protocolVersion } from '../spec/wire.js';
import { behaviours } from './behaviours.js';
import { type HttpAnswer, problem } from './http-answer.js';
import { pageOf } from './http-page.js';
import type { HttpRequest } from './http-request.js';

/** What a route gets to know. */
export interface RouteRequest extends HttpRequest {
  /** Aborts when the client is gone, or when the server stops; an answer given then is still written if it can be. */
  readonly signal: AbortSignal;
}

/** What the port does with ordinary HTTP at a path. Only GET is routed, and HEAD, which gets the same without a body. */
export interface Route {
  /** As it stands in the Request-URI, without the query. */
  readonly path: string;
  /** One line for the page at `GET /`. */
  readonly says: string;
  /**
   * Answers at once, or later: a request may be held for any time, in which further requests on the connection wait.
   * Throwing is answered with 500.
   */
  readonly answer: (request: RouteRequest) => HttpAnswer | Promise<HttpAnswer>;
}

/** The page at `/`, and the answer that WebSocket is needed at the other paths of the reference server. */
export function routesOf(further: readonly Route[]): readonly Route[] {
  const page: Route = {
    path: '/',
    says: 'this page',
    answer: () => ({ status: 200, reason: 'OK', type: 'text/html', body: pageOf(further) }),
  };
  const own = behaviours.filter((behaviour) => behaviour.path !== '/');
  const upgrades = own.map(({ path, says }): Route => ({ path, says, answer: () => upgradeRequired(path) }));
  return [...further, page, ...upgrades];
}

/** Says which protocol is spoken at a path, and in which version. */
export function upgradeRequired(path: string): HttpAnswer {
  return problem(426, 'Upgrade Required', `${path} speaks WebSocket, version ${protocolVersion}`, [
    { name: headerNames.upgrade, value: 'websocket' },
    { name: headerNames.version, value: protocolVersion },
  ]);
}

/** The route of a request, or the answer that there is none. */
export function chooseRoute(routes: readonly Route[], { path, head }: HttpRequest): Route | HttpAnswer {
  const allow = [{ name: 'Allow', value: 'GET, HEAD' }];
  const route = routes.find((candidate) => candidate.path === path);
  if (route === undefined && path !== '*') return problem(404, 'Not Found', 'there is nothing here');
  if (route !== undefined && (head.method === 'GET' || head.method === 'HEAD')) return route;
  return problem(405, 'Method Not Allowed', 'only GET and HEAD are answered here', allow);
}
