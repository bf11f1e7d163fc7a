import type { ClauseId } from './clauses.js';

/** How draft-06 answers one requirement of requirements-02, by our judgement. */
export interface Answer {
  /** The clause that states the requirement. */
  readonly req: ClauseId;
  /** The clauses of draft-06 that answer it. */
  readonly answeredBy: readonly ClauseId[];
  readonly judgement: 'met' | 'met in part' | 'not met';
  readonly because: string;
}

/** REQ. 1 to 20, in order. */
export const answers: readonly Answer[] = [
  {
    req: 'requirements-02/3/req-1',
    answeredBy: [
      'draft-06/4.1/sequence-of-frames',
      'draft-06/5.1/direct-connection',
      'draft-06/7.1.1/close-is-tcp-close',
    ],
    judgement: 'met',
    because: 'Frames follow the opening handshake on the same TCP connection, with nothing but TLS between.',
  },
  {
    req: 'requirements-02/3/req-2',
    answeredBy: ['draft-06/4.4/unfragmented', 'draft-06/4.4/fragmented', 'draft-06/4.4/receive-both'],
    judgement: 'met',
    because: 'Messages are defined upon frames, and both roles have to receive them in either form.',
  },
  {
    req: 'requirements-02/3/req-3',
    answeredBy: ['draft-06/4.4/any-fragment-size', 'draft-06/4.4/fragmented'],
    judgement: 'met',
    because: 'A sender chooses the size of each fragment.',
  },
  {
    req: 'requirements-02/3/req-4',
    answeredBy: ['draft-06/4.4/fragmented', 'draft-06/4.4/buffer-size', 'draft-06/4.3/length-63'],
    judgement: 'met',
    because: 'Each fragment tells its own length, and only the last says that it is the last.',
  },
  {
    req: 'requirements-02/3/req-5',
    answeredBy: ['draft-06/4.6/text-is-utf-8', 'draft-06/6.1/client-replaces', 'draft-06/6.2/server-undefined'],
    judgement: 'met',
    because:
      'Text is UTF-8 by definition; that text which breaks the rule is repaired by clients and left open for servers does not weaken the rule for senders.',
  },
  {
    req: 'requirements-02/3/req-6',
    answeredBy: [
      'draft-06/4.3/opcode-4-text',
      'draft-06/4.3/opcode-5-binary',
      'draft-06/4.3/length-7',
      'draft-06/4.4/one-type',
    ],
    judgement: 'met',
    because: 'One frame format carries both, the opcode tells them apart and the length stands in front.',
  },
  {
    req: 'requirements-02/3/req-7',
    answeredBy: ['draft-06/5.1/valid-http-request', 'draft-06/5.1/upgrade', 'draft-06/5.2.1/parse-request'],
    judgement: 'met',
    because:
      'The first bytes are an HTTP request that a shared port can tell by its Upgrade, and a server that stands alone need parse only what it uses.',
  },
  {
    req: 'requirements-02/3/req-8',
    answeredBy: ['draft-06/5.1/valid-http-request', 'draft-06/5.2.2/valid-http-response', 'draft-06/5.2.2/status-101'],
    judgement: 'met',
    because:
      'Request and response have to be valid HTTP; the list for servers leaves out Upgrade and Connection, but the client insists on both.',
  },
  {
    req: 'requirements-02/3/req-9',
    answeredBy: ['draft-06/5.1/valid-http-request', 'draft-06/5.1/cookies-may-be-sent', 'draft-06/5.1/status-101'],
    judgement: 'met in part',
    because:
      'Parsers, TLS and cookies of HTTP serve again, but a client fails on every status but 101, so redirection and authentication cannot, and nothing of HTTP knows the masked frames.',
  },
  {
    req: 'requirements-02/3.1/req-10',
    answeredBy: ['draft-06/5.1/handshake-sent', 'draft-06/5.1/response-validated'],
    judgement: 'met',
    because: 'Section 5.1 gives the request and the checks of the response step by step.',
  },
  {
    req: 'requirements-02/3.1/req-11',
    answeredBy: [
      'draft-06/7.1.2/start-with-close-frame',
      'draft-06/4.5.1/close-answered',
      'draft-06/7.1.3/cleanly',
      'draft-06/11/closes',
    ],
    judgement: 'met',
    because:
      'The exchange of Close frames shows that what was sent before has arrived; section 7.3 asks for it, though section 11 names the algorithm that merely ends TCP.',
  },
  {
    req: 'requirements-02/3.1/req-12',
    answeredBy: [
      'draft-06/7.1.1/any-means',
      'draft-06/7.1.4/fail-is-close',
      'draft-06/7.1.4/no-other-close',
      'draft-06/9/disconnect-on-bad-data',
    ],
    judgement: 'met',
    because: 'TCP may be ended at once where necessary, on failure, and where the application layer says so.',
  },
  {
    req: 'requirements-02/3.1/req-13',
    answeredBy: ['draft-06/5.1/subprotocols-may-be-sent', 'draft-06/5.2.2/subprotocol-selected'],
    judgement: 'met',
    because: 'The request can list subprotocols in order of preference, and the response names one.',
  },
  {
    req: 'requirements-02/3.1/req-14',
    answeredBy: [
      'draft-06/4.3/opcode-4-text',
      'draft-06/4.3/opcode-5-binary',
      'draft-06/4.6/binary-is-opaque',
      'draft-06/11/sends',
    ],
    judgement: 'met',
    because:
      'Both kinds have opcodes of their own in this direction; only the hooks of section 11 know no more than text.',
  },
  {
    req: 'requirements-02/3.2/req-15',
    answeredBy: ['draft-06/5.2.2/steps-completed', 'draft-06/5.2.2/accept'],
    judgement: 'met',
    because: 'Section 5.2.2 gives the steps and the response that accepts.',
  },
  {
    req: 'requirements-02/3.2/req-16',
    answeredBy: [
      'draft-06/4.3/opcode-4-text',
      'draft-06/4.3/opcode-5-binary',
      'draft-06/4.1/data-while-open',
      'draft-06/11/receives',
    ],
    judgement: 'met',
    because:
      'Both kinds have opcodes of their own in this direction; only the hooks of section 11 know no more than text.',
  },
  {
    req: 'requirements-02/3.3/req-17',
    answeredBy: [
      'draft-06/5.1/proxy-connected',
      'draft-06/5.1/proxy-opens',
      'draft-06/5.1/tls-tunnel',
      'draft-06/4.2/client-masks-all-frames',
    ],
    judgement: 'met in part',
    because:
      'Through CONNECT and within TLS it works as HTTPS does; in the clear it depends on proxies that tunnel port 80 or let an Upgrade pass, which HTTP does not need, and masking only keeps them from being confused.',
  },
  {
    req: 'requirements-02/3.4/req-18',
    answeredBy: ['draft-06/5.1/origin-from-browser', 'draft-06/5.2.2/origin-may-decide', 'draft-06/9/verify-origin'],
    judgement: 'met',
    because: 'A browser has to send the origin and the server decides upon it, as in other uses of origins.',
  },
  {
    req: 'requirements-02/3.4/req-19',
    answeredBy: [
      'draft-06/5.1/tls-handshake',
      'draft-06/5.1/cookies-may-be-sent',
      'draft-06/5.1/status-101',
      'draft-06/9/unexpected-access',
    ],
    judgement: 'met in part',
    because:
      'TLS and cookies are those of HTTP, but a 401 ends the attempt, so a challenge of HTTP authentication cannot be answered.',
  },
  {
    req: 'requirements-02/3.4/req-20',
    answeredBy: [
      'draft-06/5.1/waits-for-response',
      'draft-06/5.1/response-accept',
      'draft-06/4.2/client-masks-all-frames',
      'draft-06/5.2.1/abort-on-mismatch',
      'draft-06/9/disconnect-on-bad-data',
    ],
    judgement: 'met in part',
    because:
      'Proof of reading, waiting and masking lessen both risks, but the list that a server checks has no Upgrade, and path, subprotocols and cookies reach any server before it has agreed.',
  },
];
