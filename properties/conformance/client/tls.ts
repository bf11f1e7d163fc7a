import { makeCertificate } from '../../../impl/tls-certificate.js';
import type { ClientCase } from '../../verifier/case.js';
import { readClientHello } from '../../verifier/client-hello.js';
import type { ClientTester, Met } from '../../verifier/client-tester.js';
import { PeerUnreachable } from '../../verifier/line.js';
import { Inconclusive, NotApplicable } from '../../verifier/tester.js';
import { offerTls } from '../../verifier/tls-line.js';
import { text, until } from '../expectations.js';

/*
 * What a client does about TLS when it is given a wss URL. A client need not know wss: one that does not come is passed
 * over. One that comes has to be started so that it verifies certificates.
 */

const localhost = 'localhost';

/** Whoever speaks in the clear has broken `draft-06/5.1/tls-handshake`, which is for `client-uri/secure`. */
const noTls = 'the client does not begin with the first message of TLS';

async function meet(tester: ClientTester, host = localhost): Promise<Met> {
  try {
    return await tester.meet({ url: ({ port }) => `wss://${host}:${port}/` });
  } catch (error) {
    if (!(error instanceof PeerUnreachable)) throw error;
    throw new NotApplicable(`the client does not connect to a wss URL: ${error.message}`);
  }
}

/** The name that the client indicates; what is no TLS handshake is for another case. */
async function indicatedName({ conversation }: Met): Promise<string | undefined> {
  const event = await conversation.readRequest();
  const hello = readClientHello('bytes' in event ? event.bytes : new Uint8Array(0));
  if (hello.kind !== 'hello') throw new Inconclusive(noTls);
  return hello.serverName;
}

const failed = 'the client fails the connection: it ends TCP, and sends nothing more';

export const clientTlsCases: readonly ClientCase[] = [
  {
    id: 'client-tls/server-name',
    title: 'Indicates the name of the server',
    clauses: ['draft-06/5.1/tls-server-name'],
    requirement: 'The TLS handshake of the client has the Server Name Indication with the host of its URL.',
    needs: ['choice of URL'],
    run: async (tester) => {
      const name = await indicatedName(await meet(tester));
      if (name?.toLowerCase() === localhost) return;
      const observed = name === undefined ? 'no Server Name Indication' : `the indication of ${JSON.stringify(name)}`;
      tester.broken('draft-06/5.1/tls-server-name', { code: 'other-name', observed, allowed: localhost });
    },
  },
  {
    id: 'client-tls/server-address',
    title: 'Observes: the Server Name Indication for an IP address',
    clauses: ['draft-06/5.1/tls-server-name'],
    requirement: 'Whether the client indicates an IP address as a name is recorded (reading R-520).',
    needs: ['choice of URL'],
    run: async (tester) => {
      const name = await indicatedName(await meet(tester, '127.0.0.1'));
      const code = name === undefined ? 'left-out' : 'sent';
      const said = name === undefined ? 'no Server Name Indication' : `the indication of ${JSON.stringify(name)}`;
      tester.note('draft-06/5.1/tls-server-name', code, `${said} for an IP address`, 'either way of reading R-520');
    },
  },
  {
    id: 'client-tls/broken-handshake',
    title: 'Fails: a server that does not speak TLS',
    clauses: ['draft-06/5.1/tls-failure'],
    requirement: 'The client fails the connection when the TLS handshake fails, and abandons TCP.',
    needs: ['choice of URL'],
    run: async (tester) => {
      const met = await meet(tester);
      await indicatedName(met);
      const { conversation } = met;
      conversation.sendBytes(text('HTTP/1.1 400 Bad Request\r\n\r\n'), 'an answer that is not TLS');
      if (!conversation.isOver()) await until(conversation, () => false);
      if (conversation.isOver()) return;
      const observed = `TCP was still open ${conversation.timeout} ms after an answer that is not TLS`;
      tester.broken('draft-06/5.1/tls-failure', { code: 'kept-open', observed, allowed: failed });
    },
  },
  {
    id: 'client-tls/untrusted-certificate',
    title: 'Fails: a certificate that nobody signed',
    clauses: ['draft-06/5.1/tls-failure'],
    requirement: 'The client does not send its opening handshake to a server whose certificate cannot be verified.',
    needs: ['choice of URL'],
    run: async (tester) => {
      const { line } = await meet(tester);
      const certificate = await makeCertificate({ names: [localhost] });
      const { speaksTls, received, isComplete, isOver } = await offerTls(line, certificate, tester.target.timeout);
      if (!speaksTls) throw new Inconclusive(noTls);
      if (received.length > 0) {
        const observed = `${received.length} bytes inside TLS, to a server with a self-signed certificate`;
        tester.broken('draft-06/5.1/tls-failure', { code: 'went-on', observed, allowed: failed });
      } else if (!isOver) {
        const observed = `TCP was kept open behind a self-signed certificate${isComplete ? ', TLS too' : ''}`;
        tester.broken('draft-06/5.1/tls-failure', { code: 'kept-open', observed, allowed: failed });
      }
    },
  },
];
