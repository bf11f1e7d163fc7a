import { lossBeforeCloses } from './machine-endings.js';
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

/** A violation: what follows cannot be relied on, so the connection has to end. */
const onViolation = [
  {
    guard: 'waitsForClose',
    target: '#local-closing',
    actions: ['reportViolation', 'sendCloseForViolation'],
    meta: meaning(
      'The other side broke the framing: say so in a Close, and wait for the other one.',
      'draft-06/9/disconnect-on-bad-data',
      'draft-06/7.1.2/close-after-both',
    ),
  },
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

export const open = vocabulary.createStateConfig({
  id: 'open',
  meta: meaning(
    'The connection is established: both sides may send data.',
    'draft-06/4.1/data-while-open',
    'draft-06/5.2.2/established',
  ),
  on: {
    ...lossBeforeCloses,
    'transport.ended': [
      { ...lossBeforeCloses['transport.ended'], guard: 'endsWithOne' },
      {
        actions: ['reportHalfClose'],
        meta: meaning('The other side can send no more; our direction may still be used.', 'draft-06/7.1.3/closed'),
      },
    ],
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
    'remote.ping': {
      actions: ['sendPong', 'reportPing'],
      meta: meaning(
        'A Ping is answered with a Pong of the same body.',
        'draft-06/4.5.2/ping-answered',
        'draft-06/4.5.2/pong-echoes-body',
      ),
    },
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
    'remote.close': [
      {
        guard: 'answersCloseAtOnce',
        target: '#remote-closing.awaiting-end',
        actions: ['reportClose', 'answerClose', 'endTransportInTurn'],
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
  },
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
