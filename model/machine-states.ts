import { drainOfTransport, lossOfTransport } from './machine-endings.js';
import { meaning, vocabulary } from './machine-setup.js';

/*
 * What both roles share: the life of a connection from the end of the opening handshake on.
 *
 *   open ── local.close ──► local-closing.awaiting-close ── remote.close ──► local-closing.awaiting-end ──► clean
 *     │
 *     ├── remote.close ──► remote-closing.owing-close ── local.answer ──► remote-closing.awaiting-end ──► clean
 *     │
 *     └── remote.violation ──► failing ──► unclean
 *
 * TCP may end at any time; that is clean only where both Closes have passed (draft-06/7.1.3/cleanly).
 */

/** TCP may go away before both Closes have passed. */
const loss = lossOfTransport('#unclean', 'both Closes had passed', 'draft-06/7.1.3/cleanly');

/** Data and signals of the other side that are taken as long as its Close has not come. */
const incoming = {
  'remote.message': {
    actions: ['deliverMessage'],
    meta: meaning(
      'A complete message goes to the application.',
      'draft-06/4.4/receive-both',
      'draft-06/4.6/data-frames',
    ),
  },
  'remote.pong': {
    actions: ['reportPong'],
    meta: meaning('A Pong is reported; nothing has to follow.', 'draft-06/4.5.3/pong-opcode'),
  },
} as const;

/** A violation: nothing that follows can be read, so the connection has to end. */
const onViolation = [
  {
    guard: 'closesOnViolation',
    target: '#failing',
    actions: ['reportViolation', 'sendCloseForViolation', 'endTransport'],
    meta: meaning(
      'The other side broke the framing: say so in a Close, then end.',
      'draft-06/9/disconnect-on-bad-data',
      'draft-06/7.4.1/1002-protocol-error',
      'draft-06/7.4.1/1004-too-large',
    ),
  },
  {
    target: '#failing',
    actions: ['reportViolation', 'endTransport'],
    meta: meaning('The other side broke the framing: end without a word.', 'draft-06/9/disconnect-on-bad-data'),
  },
] as const;

/** Both Closes have passed; TCP is ended, and what still arrives is discarded. */
const awaitingEnd = vocabulary.createStateConfig({
  meta: meaning(
    'Both Closes have passed and our direction of TCP is ended; the other direction is read and discarded until it ends.',
    'draft-06/4.5.1/drop-after-both',
    'draft-06/7.1.1/clean-tcp-close',
  ),
  entry: 'armDrop',
  exit: 'disarmDrop',
  on: drainOfTransport('#clean', 'draft-06/7.1.3/cleanly'),
});

export const open = vocabulary.createStateConfig({
  id: 'open',
  meta: meaning(
    'The connection is established: both sides may send data.',
    'draft-06/4.1/data-while-open',
    'draft-06/5.2.2/established',
  ),
  on: {
    ...incoming,
    ...loss,
    'remote.ping': {
      actions: ['sendPong', 'reportPing'],
      meta: meaning(
        'A Ping is answered with a Pong of the same body.',
        'draft-06/4.5.2/ping-answered',
        'draft-06/4.5.2/pong-echoes-body',
      ),
    },
    'remote.close': [
      {
        guard: 'answersCloseAtOnce',
        target: '#remote-closing.awaiting-end',
        actions: ['reportClose', 'answerClose', 'endTransport'],
        meta: meaning(
          'The Close is answered at once.',
          'draft-06/4.5.1/close-answered',
          'draft-06/4.5.1/close-answered-soon',
        ),
      },
      {
        target: '#remote-closing.owing-close',
        actions: ['reportClose'],
        meta: meaning('The application answers when it is ready.', 'draft-06/4.5.1/close-answered'),
      },
    ],
    'remote.violation': onViolation,
    'local.send': {
      actions: ['sendData'],
      meta: meaning('Data may be sent at any time.', 'draft-06/4.1/data-while-open'),
    },
    'local.ping': {
      actions: ['sendPing'],
      meta: meaning('A Ping may be sent at any time, also inside a message.', 'draft-06/4.5/control-interjected'),
    },
    'local.close': {
      target: '#local-closing',
      actions: ['sendClose'],
      meta: meaning(
        'The closing handshake starts with our Close.',
        'draft-06/7.1.2/start-with-close-frame',
        'draft-06/7.3/start-closing-handshake',
      ),
    },
  },
});

const localClosing = vocabulary.createStateConfig({
  id: 'local-closing',
  meta: meaning('This side started the closing handshake.', 'draft-06/7.1.2/start-with-close-frame'),
  initial: 'awaiting-close',
  states: {
    'awaiting-close': {
      meta: meaning(
        'Our Close has gone out, so we send no data any more; the Close of the other side is awaited.',
        'draft-06/4.5.1/no-data-after-close',
        'draft-06/7.1.2/other-party-answers',
      ),
      entry: 'armClose',
      exit: 'disarmClose',
      on: {
        ...incoming,
        ...loss,
        'remote.ping': [
          {
            guard: 'answersPingAfterClose',
            actions: ['sendPong', 'reportPing'],
            meta: meaning('Only data is forbidden after a Close.', 'draft-06/4.5.2/ping-answered'),
          },
          {
            actions: ['reportPing'],
            meta: meaning('Nothing is sent after a Close.', 'draft-06/4.5.1/no-data-after-close'),
          },
        ],
        'remote.close': {
          target: 'awaiting-end',
          actions: ['reportClose', 'endTransport'],
          meta: meaning(
            'Both Closes have passed, whoever was first.',
            'draft-06/4.5.1/closed-after-both',
            'draft-06/4.5.1/simultaneous-close',
            'draft-06/7.1.2/close-after-both',
          ),
        },
        'remote.violation': {
          target: '#failing',
          actions: ['reportViolation', 'endTransport'],
          meta: meaning('No second Close is sent.', 'draft-06/9/disconnect-on-bad-data'),
        },
        'timer.close': {
          target: '#unclean',
          actions: ['destroyTransport', 'reportClosed'],
          meta: meaning('The other side never answered our Close.', 'draft-06/7.1.1/any-means'),
        },
      },
    },
    'awaiting-end': awaitingEnd,
  },
});

const remoteClosing = vocabulary.createStateConfig({
  id: 'remote-closing',
  meta: meaning('The other side started the closing handshake.', 'draft-06/7.1.2/other-party-answers'),
  initial: 'owing-close',
  states: {
    'owing-close': {
      meta: meaning(
        'The Close of the other side has come; ours is owed, and what was begun may be finished first.',
        'draft-06/4.5.1/close-answered',
        'draft-06/4.1/data-while-open',
      ),
      on: {
        ...loss,
        'local.send': {
          actions: ['sendData'],
          meta: meaning('Data may be sent until our own Close.', 'draft-06/4.1/data-while-open'),
        },
        'local.answer': {
          target: 'awaiting-end',
          actions: ['answerClose', 'endTransport'],
          meta: meaning(
            'Our Close completes the closing handshake.',
            'draft-06/4.5.1/close-answered',
            'draft-06/4.5.1/closed-after-both',
          ),
        },
      },
    },
    'awaiting-end': awaitingEnd,
  },
});

const failing = vocabulary.createStateConfig({
  id: 'failing',
  meta: meaning(
    'After a violation: our direction of TCP is ended, and what arrives is discarded.',
    'draft-06/9/disconnect-on-bad-data',
    'draft-06/7.1.1/clean-tcp-close',
  ),
  entry: 'armDrop',
  exit: 'disarmDrop',
  on: drainOfTransport('#unclean'),
});

export const closing = vocabulary.createStateConfig({
  meta: meaning('The connection is on its way to its end.', 'draft-06/7.1.2/close-after-both'),
  initial: 'local-closing',
  states: { 'local-closing': localClosing, 'remote-closing': remoteClosing, failing },
});

export const clean = vocabulary.createStateConfig({
  id: 'clean',
  type: 'final',
  meta: meaning('TCP ended after both Closes had passed.', 'draft-06/7.1.3/closed', 'draft-06/7.1.3/cleanly'),
});

export const unclean = vocabulary.createStateConfig({
  id: 'unclean',
  type: 'final',
  meta: meaning('TCP ended without a complete closing handshake.', 'draft-06/7.1.3/closed'),
});
