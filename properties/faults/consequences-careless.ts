import type { Effect } from './consequences.js';

/** What the faults of `careless-requests.ts` and `plausible-frames.ts` bring about. */
export const effectsOfCarelessness: readonly Effect[] = [
  {
    why: 'whoever says nothing at all does not refuse either what it has to refuse',
    faults: ['request/never-answers'],
    clauses: [
      'draft-06/5.2.1/abort-on-mismatch',
      'draft-06/5.2.1/get-request',
      'draft-06/5.2.1/host',
      'draft-06/5.2.1/key',
      'draft-06/5.2.1/request-uri',
      'draft-06/5.2.1/version',
      'draft-06/5.2.2/version-not-understood',
      'draft-06/9/disconnect-on-bad-data',
    ],
  },
  {
    why: 'whoever accepts everything does so without a key, of any version, and as an answer to plain HTTP',
    faults: ['request/accepts-everything'],
    clauses: [
      'draft-06/10.4/in-handshake',
      'draft-06/10.4/keeps-others-out',
      'draft-06/10.6/not-elsewhere',
      'draft-06/10.9/in-handshake',
      'draft-06/10.9/indicates-version',
      'draft-06/10.9/lets-server-close',
    ],
  },
  {
    why: 'the subprotocols that it names are not one of those that the client asked for',
    faults: ['opening/every-subprotocol'],
    clauses: ['draft-06/10.8/in-handshake', 'draft-06/5.2.2/subprotocol-meaning'],
  },
  {
    why: 'the key reads as a Pong, which does not have the body of the Ping before it',
    faults: ['messages/frames-masked-as-by-a-short-pong', 'messages/frames-masked-as-by-a-long-pong'],
    clauses: ['draft-06/4.5.2/pong-echoes-body'],
  },
];
