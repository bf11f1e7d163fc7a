/**
 * The model on sockets: reference server and client.
 * @packageDocumentation
 */
export { type Behaviour, behaviours } from './behaviours.js';
export { type ClientConnectOptions, connect } from './client.js';
export { defaultDurations, type Durations, type Endpoint, runEndpoint, type Watcher } from './endpoint.js';
export { type Entropy, systemEntropy } from './entropy.js';
export { type ReferenceServer, type ReferenceServerOptions, startServer } from './server.js';
