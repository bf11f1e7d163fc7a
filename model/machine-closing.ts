import { drainOfTransport, lossBeforeCloses } from './machine-endings.js';
import { meaning, vocabulary } from './machine-setup.js';

/*
 * The ways from an open connection to its end: the closing handshake that either side may start, the end after a
 * violation, and the end of one direction of TCP.
 */

/** What TCP brings when both Closes have passed. */
const drain = drainOfTransport('#clean', 'draft-06/7.1.3/cleanly');

/** Data that follows the Close of its sender, where anybody looks at it. */
const deliveryBehindClose = {
  actions: ['deliverMessage'],
  meta: meaning('Data behind the Close goes to the application all the same.', 'draft-06/4.5.1/no-data-after-close'),
} as const;

/** Something wrong behind the Close of its sender, where anybody looks at it: the connection is ending anyway. */
const violationBehindClose = {
  actions: ['reportViolation'],
  meta: meaning('What follows the Close breaks a rule.', 'draft-06/4.5.1/no-data-after-close'),
} as const;

/** Both Closes have passed; TCP is ended, and what still arrives is discarded. */
const awaitingEnd = vocabulary.createStateConfig({
  meta: meaning(
    'Both Closes have passed and our direction of TCP is ended or about to be; the other is read and discarded until it ends.',
    'draft-06/4.5.1/drop-after-both',
    'draft-06/7.1.1/clean-tcp-close',
  ),
  entry: ['armDrop', 'reportBothClosed'],
  exit: 'disarmDrop',
  on: {
    ...drain,
    'transport.ended': { ...drain['transport.ended'], actions: ['endTransportLast', 'reportClosed'] },
    'transport.lost': [
      { ...drain['transport.lost'], guard: 'lossIsClean' },
      {
        target: '#unclean',
        actions: ['reportClosed'],
        meta: meaning('TCP broke, and was not closed.', 'draft-06/7.1.3/closed', 'draft-06/7.1.3/cleanly'),
      },
    ],
    'remote.message': deliveryBehindClose,
    'remote.violation': violationBehindClose,
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
        ...lossBeforeCloses,
        'remote.message': {
          guard: 'readsOn',
          actions: ['deliverMessage'],
          meta: meaning('The other side may have more to say until its Close.', 'draft-06/4.1/data-while-open'),
        },
        'remote.pong': {
          guard: 'readsOn',
          actions: ['reportPong'],
          meta: meaning('A Pong is reported; nothing has to follow.', 'draft-06/4.5.3/pong-opcode'),
        },
        'local.send': {
          guard: 'finishesLate',
          actions: ['sendData'],
          meta: meaning(
            'The rest of a message that was begun is no new data message.',
            'draft-06/4.5.1/no-data-after-close',
            'draft-06/4.4/fragmented',
          ),
        },
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
          actions: ['reportClose', 'endTransportInTurn'],
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
        ...lossBeforeCloses,
        'remote.ping': {
          actions: ['sendPong', 'reportPing'],
          meta: meaning(
            'A Ping is answered as long as our own Close has not gone out.',
            'draft-06/4.5.2/ping-answered',
          ),
        },
        'remote.message': deliveryBehindClose,
        'remote.violation': violationBehindClose,
        'local.send': {
          actions: ['sendData'],
          meta: meaning('Data may be sent until our own Close.', 'draft-06/4.1/data-while-open'),
        },
        'local.answer': {
          target: 'awaiting-end',
          actions: ['answerClose', 'endTransportInTurn'],
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
