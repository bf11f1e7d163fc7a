import type { ServerOptions } from '../../model/connection.js';
import { selectExtensions } from '../../model/negotiation.js';
import type { Peer } from '../verifier/line.js';
import type { Target } from '../verifier/tester.js';
import { syncDeflateStream } from './deflate.js';
import { type Application, memoryLine } from './memory-line.js';

const extensions = [syncDeflateStream];

/** Accepts everything, compression too, and sends every message back. */
export const echoApplication: Application = (effect) => {
  switch (effect.type) {
    case 'requested':
      return [
        { type: 'local.accept', acceptance: { extensions: selectExtensions(effect.request.extensions, extensions) } },
      ];
    case 'message':
      return effect.message.kind === 'extension'
        ? []
        : [{ type: 'local.send', kind: effect.message.kind, data: effect.message.bytes }];
    default:
      return [];
  }
};

/** What cases are told of a server in memory: one that asks for nothing special, and a second of silence on its clock. */
export const memoryTarget: Target = {
  uri: { host: 'server.example', port: 8006, resourceName: '/', secure: false },
  subprotocols: [],
  fields: [],
  timeout: 1000,
};

/**
 * The model as a server, in memory, on a virtual clock: waiting takes no time, so that a case that expects silence
 * costs nothing.
 */
export function memoryServer(
  application: Application = echoApplication,
  options: Omit<ServerOptions, 'role' | 'pausesAtMessages'> = {},
): Peer {
  return {
    connect: () =>
      Promise.resolve(memoryLine({ extensions, ...options, role: 'server', pausesAtMessages: true }, application)),
  };
}
