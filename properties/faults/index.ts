import type { ClientFault, Fault, Oddity, SecureFault, ServerFault } from './fault.js';
import { clientClosingFaults } from './client-closing.js';
import { clientControlFaults } from './client-control.js';
import { clientFramingFaults } from './client-framing.js';
import { clientMaskingFaults } from './client-masking.js';
import { clientOpeningFaults } from './client-opening.js';
import { clientResponseFaults } from './client-response.js';
import { closingFaults } from './closing.js';
import { controlFaults } from './control.js';
import { clientDeflateFaults, deflateFaults } from './deflate.js';
import { framingFaults } from './framing.js';
import { clientOddities } from './oddities-client.js';
import { serverOddities } from './oddities-server.js';
import { messageFaults } from './messages.js';
import { plausibleFrameFaults } from './plausible-frames.js';
import { unusualAcceptances } from './unusual-acceptances.js';
import { carelessRequestFaults } from './careless-requests.js';
import { openingFaults } from './opening.js';
import { requestFaults } from './request.js';
import { timeoutFaultyClients, timeoutFaultyServers } from './timeouts.js';
import { tlsFaultyClients, tlsFaultyServers } from './tls.js';

/*
 * The zoo: every peer that is wrong on purpose, in the order of the chapters, and beside them those that are unusual and
 * right.
 */

/** Servers in memory that break one clause each. */
export const serverFaults: readonly ServerFault[] = [
  ...openingFaults,
  ...requestFaults,
  ...carelessRequestFaults,
  ...framingFaults,
  ...messageFaults,
  ...plausibleFrameFaults,
  ...controlFaults,
  ...closingFaults,
  ...deflateFaults,
  ...timeoutFaultyServers,
];

/** Clients in memory that break one clause each. */
export const clientFaults: readonly ClientFault[] = [
  ...clientOpeningFaults,
  ...clientResponseFaults,
  ...clientMaskingFaults,
  ...clientFramingFaults,
  ...clientControlFaults,
  ...clientClosingFaults,
  ...clientDeflateFaults,
  ...timeoutFaultyClients,
];

/** Servers and clients whose TLS is wrong, on sockets alone. */
export const secureFaults: readonly SecureFault[] = [...tlsFaultyServers, ...tlsFaultyClients];

/** All that break a clause. */
export const faults: readonly Fault[] = [...serverFaults, ...clientFaults, ...secureFaults];

/** All that are unusual and keep every clause, for both roles. */
export const oddities: readonly Oddity[] = [...serverOddities, ...unusualAcceptances, ...clientOddities];

const byName = new Map([...faults, ...oddities].map((each) => [each.name, each] as const));

/** The fault or oddity of a name; `undefined` where there is none. */
export const faultOf = (name: string): Fault | Oddity | undefined => byName.get(name);
