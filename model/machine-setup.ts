import { setup } from 'xstate';
import type { ClauseId } from '../spec/clauses.js';
import type { ReadingName } from '../spec/readings.js';

/**
 * What may happen to a connection. `transport.*` comes from TCP, `handshake.*` and `remote.*` from bytes that were
 * read, `local.*` from the application, `timer.*` from a timer that the machine had armed.
 */
export const machineEvents = {
  'transport.opened': 'The TCP connection, with its TLS and proxies, is there.',
  'transport.failed': 'The TCP connection could not be opened.',
  'transport.ended': 'The remote side ended its direction of TCP in order.',
  'transport.lost': 'TCP broke: reset, network error, or destroyed under us.',
  'handshake.requested': 'A complete and right opening handshake of a client was read.',
  'handshake.malformed': 'What the client sent is not an opening handshake that may be accepted.',
  'handshake.http': 'The request is ordinary HTTP and does not ask for WebSocket.',
  'handshake.accepted': 'The response of the server was read and is right.',
  'handshake.refused': 'The response of the server is wrong, or refuses.',
  'local.accept': 'The application of the server accepts the request.',
  'local.reject': 'The application of the server rejects the request.',
  'local.send': 'The application sends a message or a fragment of one.',
  'local.ping': 'The application sends a Ping.',
  'local.close': 'The application starts the closing handshake.',
  'local.answer': 'The application answers a Close that it has let wait.',
  'local.drop': 'The application gives the connection up without a closing handshake.',
  'remote.message': 'A message is complete.',
  'remote.ping': 'A Ping was read.',
  'remote.pong': 'A Pong was read.',
  'remote.close': 'A Close was read.',
  'remote.violation': 'The bytes break a rule of the framing.',
  'timer.connect': 'Opening TCP took too long.',
  'timer.handshake': 'The opening handshake of the other side took too long.',
  'timer.close': 'The Close of the other side took too long.',
  'timer.drop': 'The other side took too long to end TCP.',
} as const;

export type MachineEventType = keyof typeof machineEvents;

/** An event of the machine. What it carries stays outside: the machine only needs to know that it happened. */
export interface MachineEvent {
  readonly type: MachineEventType;
}

/** What the machine asks for. The step performs each on the data of the connection, as effects. */
export const machineActions = {
  openTransport: 'Open a TCP connection.',
  sendRequest: 'Send the opening handshake of the client.',
  sendAcceptance: 'Send the opening handshake of the server.',
  sendRejection: 'Send an HTTP response that refuses.',
  sendData: 'Send the frame of a message or fragment.',
  sendPing: 'Send a Ping.',
  sendPong: 'Send a Pong with the body of the Ping.',
  sendClose: 'Send the Close that starts the closing handshake.',
  answerClose: 'Send the Close that answers the one received.',
  sendCloseForViolation: 'Send a Close with the status code of the violation.',
  reportRequest: 'Hand the request to the application, which accepts or rejects.',
  reportHttp: 'Hand the request to the HTTP side of the server.',
  reportOpen: 'Tell the application that the connection is established.',
  deliverMessage: 'Hand a message to the application.',
  reportPing: 'Tell the application of a Ping.',
  reportPong: 'Tell the application of a Pong.',
  reportHalfClose: 'Tell the application that the other side has ended its direction of TCP.',
  reportClose: 'Tell the application what the Close of the other side says.',
  reportViolation: 'Tell the application what the other side did wrong.',
  reportBothClosed: 'Under reading R-711, tell the application that the connection is over with both Closes.',
  reportClosed: 'Tell the application that the connection is over, and how, unless it knows.',
  endTransport: 'End the local direction of TCP in order.',
  endTransportInTurn:
    'End the local direction of TCP in order; under reading R-712 a client leaves the first end to the server.',
  endTransportLast: 'End the local direction of TCP in order, if the first end was left to the other side.',
  destroyTransport: 'End both directions of TCP at once.',
  armConnect: 'Arm the timer for opening TCP.',
  armHandshake: 'Arm the timer for the opening handshake.',
  armClose: 'Arm the timer for the Close of the other side.',
  armDrop: 'Arm the timer for the end of TCP.',
  disarmConnect: 'Disarm the timer for opening TCP.',
  disarmHandshake: 'Disarm the timer for the opening handshake.',
  disarmClose: 'Disarm the timer for the Close of the other side.',
  disarmDrop: 'Disarm the timer for the end of TCP.',
} as const;

export type MachineAction = keyof typeof machineActions;

/** The choices that the guards ask for; they hold for the whole life of a connection. */
export interface MachineContext {
  readonly answersBeforeAbort: boolean;
  readonly closesOnViolation: boolean;
  readonly answersPingAfterClose: boolean;
  readonly answersCloseAtOnce: boolean;
  readonly lossIsClean: boolean;
  readonly waitsForClose: boolean;
  readonly endsWithOne: boolean;
  readonly finishesLate: boolean;
  readonly readsOn: boolean;
}

export type GuardName = keyof MachineContext;

/** What each guard asks, and the reading or clause that it stands for. */
export const machineGuards: Readonly<
  Record<GuardName, { readonly says: string; readonly clauses: readonly ClauseId[]; readonly reading?: ReadingName }>
> = {
  answersBeforeAbort: {
    says: 'a refusal is told in an HTTP response before the close',
    clauses: ['draft-06/7.2.2/abort-is-close'],
    reading: 'abortResponse',
  },
  closesOnViolation: {
    says: 'a violation is answered with a Close before TCP ends',
    clauses: ['draft-06/7.4.1/1002-protocol-error'],
    reading: 'onViolation',
  },
  answersPingAfterClose: {
    says: 'a Ping is answered although the own Close has gone out',
    clauses: ['draft-06/4.5.2/ping-answered'],
    reading: 'pongAfterClose',
  },
  answersCloseAtOnce: {
    says: 'a Close is answered at once, not when the application says so',
    clauses: ['draft-06/4.5.1/close-answered-soon'],
  },
  lossIsClean: {
    says: 'a connection is clean whose TCP breaks behind both Closes',
    clauses: ['draft-06/7.1.3/cleanly'],
    reading: 'lossAfterCloses',
  },
  waitsForClose: {
    says: 'the closing handshake is completed after a violation too',
    clauses: ['draft-06/7.1.2/close-after-both'],
    reading: 'closeAfterViolation',
  },
  endsWithOne: {
    says: 'the end of one direction of TCP, without a Close before it, ends the connection',
    clauses: ['draft-06/7.1.3/closed'],
    reading: 'halfClose',
  },
  finishesLate: {
    says: 'a message that was begun may be finished behind the own Close',
    clauses: ['draft-06/4.5.1/no-data-after-close'],
    reading: 'finishAfterClose',
  },
  readsOn: {
    says: 'messages and Pongs are taken until the other Close comes',
    clauses: ['draft-06/7.1.2/close-after-both'],
    reading: 'dataWhileClosing',
  },
};

/** What every state and every transition says of itself. */
export interface Meaning {
  readonly says: string;
  readonly clauses: readonly ClauseId[];
}

/** An action is only a name here: xstate returns the names, and the step gives them their meaning. */
const nameOnly = (): void => undefined;

const actions = Object.fromEntries(Object.keys(machineActions).map((name) => [name, nameOnly])) as Record<
  MachineAction,
  () => void
>;

type Guard = (asked: { readonly context: MachineContext }) => boolean;

/** A guard asks for the choice of its name. */
const guards = Object.fromEntries(
  (Object.keys(machineGuards) as GuardName[]).map((name): [GuardName, Guard] => [name, ({ context }) => context[name]]),
) as Record<GuardName, Guard>;

/** The vocabulary that the machines of both roles are built from. */
export const vocabulary = setup({
  types: {
    context: {} as MachineContext,
    input: {} as MachineContext,
    events: {} as MachineEvent,
    meta: {} as Meaning,
  },
  actions,
  guards,
});

/** A meaning, briefly. */
export function meaning(says: string, ...clauses: readonly ClauseId[]): Meaning {
  return { says, clauses };
}
