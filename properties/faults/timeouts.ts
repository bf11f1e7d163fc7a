import { tellingServer, toldFor } from '../conformance/telling-server.js';
import type { OpeningOffer } from '../../model/opening-request.js';
import { echoingClient, memoryClient } from '../drivers/memory-client.js';
import { requesting } from './altered-client.js';
import { type ClientFault, clientFault, type ServerFault, serverFault } from './fault.js';

/** http-timeout-00: Connection-Timeout of a server. */
export const timeoutFaultyServers: readonly ServerFault[] = [
  serverFault(
    'timeouts/no-token',
    'http-timeout-00/4/connection-token',
    'Tells Connection-Timeout without its token in Connection.',
    () => tellingServer({ lines: ['Connection-Timeout: 2'] }),
  ),
  serverFault(
    'timeouts/no-token-on-101',
    'http-timeout-00/4/connection-token',
    'Tells Connection-Timeout on a 101 without its token in Connection.',
    () => tellingServer({ lines: [], accepting: ['Connection-Timeout: 2'] }),
  ),
  serverFault(
    'timeouts/form-of-keep-alive',
    'http-timeout-00/4/grammar',
    'Writes Connection-Timeout in the form of Keep-Alive.',
    () => tellingServer({ lines: toldFor('timeout=2') }),
  ),
  serverFault(
    'timeouts/two-values',
    'http-timeout-00/4/integer-seconds',
    'Tells two Connection-Timeouts at once.',
    () => tellingServer({ lines: [...toldFor(2), 'Connection-Timeout: 3'] }),
  ),
  serverFault(
    'timeouts/closes-early',
    'http-timeout-00/4/kept-as-long-as-said',
    'Ends an idle connection of ordinary HTTP after half the time that it told.',
    () => tellingServer({ lines: toldFor(4), keeps: 2 }),
  ),
];

/** The model as a client that offers more than it may: further header fields are written as they are. */
const offering = (offer: Pick<OpeningOffer, 'fields' | 'timeouts'>) => () => memoryClient(echoingClient, { offer });

const line = (name: string, value: string) => ({ name, value });

/** http-timeout-00: both header fields of a client. */
export const timeoutFaultyClients: readonly ClientFault[] = [
  clientFault(
    'client-timeouts/no-token',
    'http-timeout-00/4/connection-token',
    'Tells Connection-Timeout without its token in Connection.',
    offering({ fields: [line('Connection-Timeout', '60')] }),
  ),
  clientFault(
    'client-timeouts/request-above-connection',
    'http-timeout-00/3/not-above-connection-timeout',
    'Is prepared to wait longer than it keeps the connection.',
    offering({ timeouts: { connection: 5 }, fields: [line('Request-Timeout', '6')] }),
  ),
  clientFault(
    'client-timeouts/request-for-one-hop',
    'http-timeout-00/3/end-to-end',
    'Names Request-Timeout in Connection, by which the next hop removes it.',
    requesting(
      (request) => request.replace(/\r\nConnection: *[^\r]*/i, '$&, Request-Timeout'),
      offering({ timeouts: { request: 30 } }),
    ),
  ),
  clientFault(
    'client-timeouts/no-digits',
    'http-timeout-00/3/timeout-value',
    'Writes Request-Timeout with its unit.',
    offering({ fields: [line('Request-Timeout', '30s')] }),
  ),
  clientFault(
    'client-timeouts/two-values',
    'http-timeout-00/3/integer-seconds',
    'Tells two Request-Timeouts at once.',
    offering({ fields: [line('Request-Timeout', '30'), line('Request-Timeout', '30')] }),
  ),
  clientFault(
    'client-timeouts/negative',
    'http-timeout-00/4/grammar',
    'Tells a Connection-Timeout below zero.',
    offering({
      fields: [line('Connection-Timeout', '-1')],
    }),
  ),
];
