import type { ClientSessions } from './client-sessions.js';
import { type ClientPort, openClientPort, type Service, type Wish } from './drivers/client-port.js';
import { lineOf } from './drivers/socket-line.js';
import type { CaseResult } from './verifier/run.js';

/** What a person, and the command, want to know of the clients that come. */
export interface ServiceEvents {
  readonly onCase?: (agent: string, number: number, result: CaseResult) => void;
  /** An agent is done, and has asked for its report; the connection by which it asked is over. */
  readonly onReport: (agent: string) => void;
  /** Somebody asked for what there is not. */
  readonly onStray?: (why: string) => void;
  /** A case went wrong in a way that is not the client's. */
  readonly onDefect: (error: unknown) => void;
}

/** The name of an agent that gives none. */
export const namelessAgent = 'client';

/**
 * Serves the cases to clients that come by themselves, by the paths that drivers for the Autobahn testsuite use. A case
 * may be named by its number, `case=N` from 1, or by its id, `casetuple=ID`.
 */
export function serveClients(
  host: string,
  port: number,
  sessions: ClientSessions,
  events: ServiceEvents,
): Promise<ClientPort> {
  const { numbered } = sessions;
  const numberOfId = (id: string): number => numbered.findIndex((each) => each.id === id) + 1;
  const numberOf = ({ parameters }: Wish): number => {
    const id = parameters.get('casetuple');
    return id === null ? Number(parameters.get('case') ?? NaN) : numberOfId(id);
  };
  const nothing = (why: string): Service => {
    events.onStray?.(why);
    return { kind: 'nothing', why };
  };

  const serve = (wish: Wish): Service => {
    const agent = wish.parameters.get('agent') ?? namelessAgent;
    const number = numberOf(wish);
    const wanted = numbered[number - 1];
    if (!sessions.hasRoomFor(agent)) return nothing('too many agents: start hybi verify-client again');
    const missing = `there is no such case: give case=N, N from 1 to ${numbered.length}`;
    switch (wish.path) {
      case '/getCaseCount':
        return { kind: 'message', text: String(numbered.length) };
      case '/getCaseInfo':
        if (wanted === undefined) return nothing(missing);
        return { kind: 'message', text: JSON.stringify({ id: wanted.id, description: wanted.title }) };
      case '/getCaseStatus': {
        if (wanted === undefined) return nothing(missing);
        const told = sessions.behaviourOf(agent, number).then((behavior) => JSON.stringify({ behavior }));
        return { kind: 'message', text: told };
      }
      case '/updateReports':
        return {
          kind: 'message',
          text: sessions.settled(agent).then(() => 'the report is written'),
          then: () => {
            events.onReport(agent);
          },
        };
      case '/runCase':
        if (wanted === undefined) return nothing(missing);
        return {
          kind: 'connection',
          take: (socket) => {
            const line = lineOf(socket);
            // What was read of the request has been put back, and flows from here on.
            socket.resume();
            sessions.run(agent, number, line).then((result) => events.onCase?.(agent, number, result), events.onDefect);
          },
        };
      default:
        return nothing(`nothing is at ${wish.path}: getCaseCount, getCaseInfo, runCase, getCaseStatus, updateReports`);
    }
  };
  return openClientPort(host, port, serve);
}
