import type { ConformanceCase } from '../verifier/case.js';
import type { ServerConversation } from '../verifier/conversation.js';
import { PeerUnreachable } from '../verifier/line.js';
import { describeAnswer, Inconclusive, type Tester } from '../verifier/tester.js';
import { serializeHead } from '../../model/http-head.js';
import { until } from './expectations.js';

/*
 * TLS of a server for "wss" (section 5.2.2). By reading R-571 it performs TLS on a port that is one for TLS, which the
 * target is.
 */

/** A record that begins a TLS handshake and is none: the message in it has no known type. */
const brokenRecord = Uint8Array.of(0x16, 0x03, 0x01, 0x00, 0x04, 0xff, 0x00, 0x00, 0x00);

/** What TLS says of bytes that are none of its records. */
const outsideTls: ReadonlySet<string> = new Set(['ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_PACKET_LENGTH_TOO_LONG']);

/** A name that by RFC 2606 nobody has. */
const unknownName = 'hybi-spec-asks.invalid';

/** A handshake of TLS that fails is the end of the connection. */
async function expectEnd(tester: Tester, conversation: ServerConversation, what: string): Promise<void> {
  if (!conversation.isOver()) await until(conversation, () => false);
  if (conversation.isOver()) return;
  tester.broken('draft-06/5.2.2/tls-failure', {
    code: 'kept-open',
    observed: `TCP was still open ${conversation.timeout} ms after ${what}`,
    allowed: 'the server closes the connection',
  });
}

export const tlsCases: readonly ConformanceCase[] = [
  {
    id: 'tls/opening-handshake',
    title: 'The opening handshake inside TLS',
    clauses: ['draft-06/5.2.2/tls-handshake', 'draft-06/5.2.2/tls-tunnel', 'draft-06/5.1/tls-tunnel'],
    requirement: 'The server performs a TLS handshake, and opens the WebSocket connection inside the tunnel.',
    run: async (tester) => {
      const { answer } = await tester.handshake(tester.request());
      if (answer.type === 'response' && answer.head.status === 101) return;
      if (answer.type !== 'lost' || !outsideTls.has(answer.why)) {
        throw new Inconclusive(`the server did not accept a right opening handshake: ${describeAnswer(answer)}`);
      }
      tester.broken('draft-06/5.2.2/tls-tunnel', {
        code: 'outside-tunnel',
        observed: `bytes that are no TLS, behind the TLS handshake (${answer.why})`,
        allowed: 'all further bytes inside the tunnel',
      });
    },
  },
  {
    id: 'tls/opening-handshake-in-clear',
    title: 'An opening handshake without TLS',
    clauses: ['draft-06/5.2.2/tls-handshake', 'draft-06/5.2.2/tls-failure'],
    requirement: 'The server does not accept what comes without a TLS handshake, and closes the connection.',
    run: async (tester) => {
      const conversation = await tester.connectWith('none');
      conversation.sendBytes(serializeHead(tester.request()), 'opening handshake without TLS');
      const answer = await conversation.readHead();
      if (answer.type === 'response' && answer.head.status === 101) {
        tester.broken('draft-06/5.2.2/tls-handshake', {
          code: 'accepted-in-clear',
          observed: 'the server accepted an opening handshake that came without TLS',
          allowed: 'nothing but TLS on a port for TLS',
        });
        return;
      }
      if (answer.type === 'response') {
        const said = `the server answered HTTP ${answer.head.status} without TLS`;
        tester.note('draft-06/5.2.2/tls-failure', 'answered-in-clear', said);
      }
      await expectEnd(tester, conversation, 'an opening handshake without TLS');
    },
  },
  {
    id: 'tls/broken-handshake',
    title: 'A TLS handshake that cannot succeed',
    clauses: ['draft-06/5.2.2/tls-failure'],
    requirement: 'The server closes the connection when the TLS handshake fails.',
    run: async (tester) => {
      const conversation = await tester.connectWith('none');
      conversation.sendBytes(brokenRecord, 'a TLS handshake with a message of no known type');
      await expectEnd(tester, conversation, 'a TLS handshake that cannot succeed');
    },
  },
  {
    id: 'tls/unknown-name',
    title: 'Server Name Indication of a name that nobody has',
    clauses: ['draft-06/5.2.2/tls-failure'],
    requirement:
      'Whether the TLS handshake fails for a name that is not served is open; if it does, the connection ends.',
    run: async (tester) => {
      const what = `the indication of ${unknownName}`;
      try {
        await tester.connectWith({ servername: unknownName });
        tester.note('draft-06/5.2.2/tls-failure', 'name-ignored', `the TLS handshake went on after ${what}`);
      } catch (error) {
        if (!(error instanceof PeerUnreachable)) throw error;
        tester.note('draft-06/5.2.2/tls-failure', 'name-refused', `the TLS handshake failed after ${what}`);
      }
    },
  },
];
