/**
 * The model on sockets: reference server and client.
 * @packageDocumentation
 */
export { attachTo, type Attachment, type AttachOptions } from './attach.js';
export { type Behaviour, behaviours, type Listener } from './behaviours.js';
export { type ClientConnectOptions, connect } from './client.js';
export { type ConnectingLine, createConnectingLine } from './connecting.js';
export { type Endpoint, runEndpoint } from './endpoint.js';
export { type Entropy, systemEntropy } from './entropy.js';
export type { HttpAnswer } from './http-answer.js';
export { defaultHttpLimits, type HttpLimits } from './http-exchange.js';
export type { HttpRequest } from './http-request.js';
export type { Route, RouteRequest } from './http-routes.js';
export { type Layer, plainLayer } from './listener.js';
export { deflateTransform } from './deflate.js';
export { deflateStream, knownExtensions } from './extensions.js';
export { type ReferenceServer, type ReferenceServerOptions, startServer } from './server.js';
export { defaultDurations, type Durations } from './timers.js';
export { type Certificate, type CertificateOptions, makeCertificate } from './tls-certificate.js';
export type { TlsClientOptions } from './tls-client.js';
export { tlsLayer, type TlsServerOptions } from './tls-server.js';
export type { Lookup } from './transport.js';
export type { Watcher } from './watcher.js';
export type { WebSocketOptions } from './websocket.js';
