import { closing } from './machine-closing.js';
import { drainOfTransport, lossOfTransport } from './machine-endings.js';
import { meaning, vocabulary } from './machine-setup.js';
import { clean, open, unclean } from './machine-states.js';
import type { Role } from './role.js';

/*
 * The connection of each role as a machine: the one source of truth of its states. The model runs it, the diagrams
 * are drawn from it, the judge follows a peer with it.
 */

/** The connection of a client, from the wish to connect to the end (draft-06 sections 5.1, 4 and 7). */
export const clientMachine = vocabulary.createMachine({
  id: 'client',
  context: ({ input }) => input,
  initial: 'connecting',
  states: {
    connecting: {
      meta: meaning('The opening handshake is not complete.', 'draft-06/5.1/one-connecting-per-address'),
      initial: 'awaiting-transport',
      states: {
        'awaiting-transport': {
          meta: meaning('TCP is being opened.', 'draft-06/5.1/connection-not-opened'),
          entry: ['openTransport', 'armConnect'],
          exit: 'disarmConnect',
          on: {
            'transport.opened': {
              target: 'awaiting-response',
              actions: ['sendRequest'],
              meta: meaning('The client sends its opening handshake.', 'draft-06/5.1/handshake-sent'),
            },
            'transport.failed': {
              target: '#failed',
              actions: ['reportClosed'],
              meta: meaning('TCP could not be opened.', 'draft-06/5.1/connection-not-opened'),
            },
            'timer.connect': {
              target: '#failed',
              actions: ['destroyTransport', 'reportClosed'],
              meta: meaning('TCP took too long.', 'draft-06/5.1/connection-not-opened'),
            },
            'local.drop': {
              target: '#failed',
              actions: ['destroyTransport', 'reportClosed'],
              meta: meaning('The application gives up.', 'draft-06/7.1.1/any-means'),
            },
          },
        },
        'awaiting-response': {
          meta: meaning(
            'The opening handshake has gone out; nothing else may be sent until the response has come.',
            'draft-06/5.1/waits-for-response',
            'draft-06/5.1/response-validated',
          ),
          entry: 'armHandshake',
          exit: 'disarmHandshake',
          on: {
            'handshake.accepted': {
              target: '#open',
              actions: ['reportOpen'],
              meta: meaning('The response is right.', 'draft-06/5.1/response-accept', 'draft-06/5.2.2/established'),
            },
            'handshake.refused': {
              target: 'failing',
              actions: ['reportViolation', 'endTransport'],
              meta: meaning(
                'The response is wrong or refuses: the client fails the connection.',
                'draft-06/5.1/status-101',
                'draft-06/5.1/response-upgrade',
                'draft-06/5.1/response-connection',
                'draft-06/5.1/response-accept',
                'draft-06/7.1.4/fail-is-close',
              ),
            },
            'timer.handshake': {
              target: '#failed',
              actions: ['destroyTransport', 'reportClosed'],
              meta: meaning('The response took too long.', 'draft-06/7.1.1/any-means'),
            },
            ...lossOfTransport('#failed', 'the response was complete'),
          },
        },
        failing: {
          meta: meaning(
            'The client fails the connection: our direction of TCP is ended, what arrives is discarded.',
            'draft-06/7.2.1/fail-is-close',
            'draft-06/5.1/may-read-on',
          ),
          entry: 'armDrop',
          exit: 'disarmDrop',
          on: drainOfTransport('#failed'),
        },
      },
    },
    open,
    closing,
    closed: {
      meta: meaning('The connection is over.', 'draft-06/7.1.3/closed'),
      initial: 'failed',
      states: {
        clean,
        unclean,
        failed: {
          id: 'failed',
          type: 'final',
          meta: meaning('The connection was never established.', 'draft-06/7.1.4/fail-is-close'),
        },
      },
    },
  },
});

/** The connection of a server, from the TCP connection to the end (draft-06 sections 5.2, 4 and 7). */
export const serverMachine = vocabulary.createMachine({
  id: 'server',
  context: ({ input }) => input,
  initial: 'connecting',
  states: {
    connecting: {
      meta: meaning('The opening handshake is not complete.', 'draft-06/5.2.1/parse-request'),
      initial: 'awaiting-request',
      states: {
        'awaiting-request': {
          meta: meaning('The opening handshake of the client is being read.', 'draft-06/5.2.1/parse-request'),
          entry: 'armHandshake',
          exit: 'disarmHandshake',
          on: {
            'handshake.requested': {
              target: 'deciding',
              actions: ['reportRequest'],
              meta: meaning(
                'The request is right; the application decides.',
                'draft-06/5.2.1/get-request',
                'draft-06/5.2.1/host',
                'draft-06/5.2.1/key',
                'draft-06/5.2.1/version',
              ),
            },
            'handshake.http': {
              target: '#http',
              actions: ['reportHttp'],
              meta: meaning('The request does not ask for WebSocket.', 'draft-06/5.1/upgrade'),
            },
            'handshake.malformed': [
              {
                guard: 'answersBeforeAbort',
                target: 'aborting',
                actions: ['reportViolation', 'sendRejection', 'endTransport'],
                meta: meaning(
                  'The server says what is wrong and aborts.',
                  'draft-06/5.2.1/abort-on-mismatch',
                  'draft-06/5.2.2/version-not-understood',
                  'draft-06/5.2.2/version-response',
                ),
              },
              {
                target: 'aborting',
                actions: ['reportViolation', 'endTransport'],
                meta: meaning(
                  'The server aborts without a word.',
                  'draft-06/5.2.1/abort-on-mismatch',
                  'draft-06/7.2.2/abort-is-close',
                ),
              },
            ],
            'timer.handshake': {
              target: '#aborted',
              actions: ['destroyTransport', 'reportClosed'],
              meta: meaning('The request took too long.', 'draft-06/7.1.1/any-means'),
            },
            ...lossOfTransport('#aborted', 'the request was complete'),
          },
        },
        deciding: {
          meta: meaning(
            'The request is right, and the application has not decided yet.',
            'draft-06/5.2.2/origin-may-decide',
            'draft-06/5.2.2/subprotocol-selected',
            'draft-06/5.2.2/extensions-selected',
          ),
          on: {
            'local.accept': {
              target: '#open',
              actions: ['sendAcceptance', 'reportOpen'],
              meta: meaning(
                'The opening handshake of the server completes the opening.',
                'draft-06/5.2.2/status-101',
                'draft-06/5.2.2/accept',
                'draft-06/5.2.2/established',
              ),
            },
            'local.reject': {
              target: 'aborting',
              actions: ['sendRejection', 'endTransport'],
              meta: meaning('The application does not want the connection.', 'draft-06/7.2.2/abort-is-close'),
            },
            'handshake.malformed': [
              {
                guard: 'answersBeforeAbort',
                target: 'aborting',
                actions: ['reportViolation', 'sendRejection', 'endTransport'],
                meta: meaning(
                  'Bytes came before the answer: the server says so and aborts.',
                  'draft-06/5.1/waits-for-response',
                ),
              },
              {
                target: 'aborting',
                actions: ['reportViolation', 'endTransport'],
                meta: meaning(
                  'Bytes came before the answer: the server aborts without a word.',
                  'draft-06/5.1/waits-for-response',
                  'draft-06/7.2.2/abort-is-close',
                ),
              },
            ],
            ...lossOfTransport('#aborted', 'the answer'),
          },
        },
        aborting: {
          meta: meaning(
            'The server aborts: our direction of TCP is ended, what arrives is discarded.',
            'draft-06/7.2.2/abort-is-close',
            'draft-06/7.1.1/clean-tcp-close',
          ),
          entry: 'armDrop',
          exit: 'disarmDrop',
          on: drainOfTransport('#aborted'),
        },
      },
    },
    open,
    closing,
    closed: {
      meta: meaning('The connection is over.', 'draft-06/7.1.3/closed'),
      initial: 'aborted',
      states: {
        clean,
        unclean,
        aborted: {
          id: 'aborted',
          type: 'final',
          meta: meaning('The connection was never established.', 'draft-06/7.2.2/abort-is-close'),
        },
        http: {
          id: 'http',
          type: 'final',
          meta: meaning('The connection carries ordinary HTTP and is none of ours.', 'draft-06/5.1/upgrade'),
        },
      },
    },
  },
});

/** The machine of a role. */
export function machineOf(role: Role): typeof clientMachine | typeof serverMachine {
  return role === 'client' ? clientMachine : serverMachine;
}
