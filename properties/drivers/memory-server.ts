import type { ServerOptions } from '../../model/connection.js';
import { selectExtensions } from '../../model/negotiation.js';
import type { Peer } from '../verifier/line.js';
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
