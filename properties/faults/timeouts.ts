import { tellingServer, toldFor } from '../conformance/telling-server.js';
import { type Fault, misreading, nonsense, serverFault } from './fault.js';

/** http-timeout-00: Connection-Timeout of a server. */
export const timeoutFaultyServers: readonly Fault[] = [
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
  serverFault(
    'timeouts/refused',
    'draft-06/5.2.1/unknown-headers-ignored',
    'Closes where it sees Request-Timeout.',
    misreading((request) => (/\r\nRequest-Timeout:/i.test(request) ? nonsense : request)),
  ),
];
