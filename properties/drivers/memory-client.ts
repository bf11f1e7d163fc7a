import type { ClientOptions, Effect, Input } from '../../model/connection.js';
import type { OpeningOffer } from '../../model/opening-request.js';
import { parseUri } from '../../model/uri.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { type ClientPeer, PeerUnreachable } from '../verifier/line.js';
import { randomnessOf } from '../verifier/randomness.js';
import { syncDeflateStream } from './deflate.js';
import { type Application, memoryLine } from './memory-line.js';

/** Sends every message back, as a client under test has to: text as it read it, with U+FFFD for bytes that are none. */
export const echoingClient: Application = (effect: Effect): readonly Input[] => {
  if (effect.type !== 'message' || effect.message.kind === 'extension') return [];
  const { message } = effect;
  const data = message.kind === 'text' && !message.wellFormed ? encodeUtf8(message.text) : message.bytes;
  return [{ type: 'local.send', kind: message.kind, data }];
};

/** Where a client in memory believes the tester to listen. */
const place = { host: 'server.example', port: 8006 };

/** What the client offers, besides the URI and the nonce that it is given for each connection. */
export interface MemoryClientOptions extends Omit<ClientOptions, 'role' | 'offer' | 'pausesAtMessages'> {
  readonly offer?: Omit<OpeningOffer, 'uri' | 'nonce'>;
}

/**
 * The model as a client, in memory, on a virtual clock. Nonces and masking keys follow from the name of the visit, so
 * that the same run gives the same bytes.
 * @param application what it does about each effect
 */
export function memoryClient(
  application: Application = echoingClient,
  { offer, ...options }: MemoryClientOptions = {},
): ClientPeer {
  return {
    accept: ({ name, url }) => {
      const text = url?.(place) ?? `ws://${place.host}:${place.port}/`;
      const parsed = parseUri(text);
      if (!parsed.ok) {
        return Promise.reject(new PeerUnreachable(`the client refuses ${text}: ${parsed.refusal.says}`));
      }
      const { uri } = parsed;
      if (uri.secure) return Promise.reject(new PeerUnreachable('a client in memory speaks no TLS'));
      const { bytes } = randomnessOf(6, name);
      const line = memoryLine(
        {
          extensions: [syncDeflateStream],
          ...options,
          role: 'client',
          pausesAtMessages: true,
          offer: { ...offer, uri, nonce: bytes(16) },
        },
        application,
        () => bytes(4),
      );
      return Promise.resolve({ line, uri, release: () => undefined });
    },
  };
}
