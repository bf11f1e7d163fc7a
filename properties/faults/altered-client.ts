import { bytesFromLatin1, concatBytes, latin1FromBytes } from '../../model/bytes.js';
import { keepingTime } from '../drivers/keeping-time.js';
import { memoryClient } from '../drivers/memory-client.js';
import type { ClientPeer, Line, Visit } from '../verifier/line.js';

/*
 * Ways to make a faulty client out of the right one: by changing what it sends, what it reads, or what it was told.
 */

/** The model as a client that offers whatever can be offered, so that every rule on offers has something to look at. */
export const offeringClient = (): ClientPeer =>
  memoryClient(undefined, {
    offer: {
      origin: 'http://app.hybi-spec.example',
      subprotocols: ['chat.hybi-spec.example', 'other.hybi-spec.example'],
      extensions: [{ name: 'x-hybi-spec', parameters: [] }],
    },
  });

/** A client whose lines are those of the model, changed. */
export const changingClient =
  (change: (line: Line, visit: Visit) => Line, client: () => ClientPeer = offeringClient) =>
  (): ClientPeer => {
    const inner = client();
    return {
      accept: async (visit) => {
        const arrival = await inner.accept(visit);
        return { ...arrival, line: keepingTime(change(arrival.line, visit)) };
      },
    };
  };

/** The model, but its opening handshake is rewritten; each character is a byte. */
export const requesting = (
  rewrite: (request: string, url: string) => string,
  client?: () => ClientPeer,
): (() => ClientPeer) =>
  changingClient((line, visit) => {
    let isSent = false;
    const url = visit.url?.({ host: 'server.example', port: 8006 }) ?? 'ws://server.example:8006/';
    return {
      ...line,
      next: async (timeout) => {
        const event = await line.next(timeout);
        if (isSent || event.type !== 'bytes') return event;
        isSent = true;
        return { type: 'bytes', bytes: bytesFromLatin1(rewrite(latin1FromBytes(event.bytes), url)) };
      },
    };
  }, client);

/**
 * The model with another opening handshake than its own, of which it takes a response for one to its own.
 * @param restore the response to what was sent, made into one to what the model believes to have sent
 */
export const pretending = (
  rewrite: (request: string) => string,
  restore: (response: string, own: string, sent: string) => string,
): (() => ClientPeer) =>
  changingClient((line) => {
    let own = '';
    let response = '';
    let isRead = false;
    return {
      ...line,
      next: async (timeout) => {
        const event = await line.next(timeout);
        if (own !== '' || event.type !== 'bytes') return event;
        own = latin1FromBytes(event.bytes);
        return { type: 'bytes', bytes: bytesFromLatin1(rewrite(own)) };
      },
      send: (bytes) => {
        if (isRead) {
          line.send(bytes);
          return;
        }
        response += latin1FromBytes(bytes);
        isRead = response.includes('\r\n\r\n');
        if (isRead) line.send(bytesFromLatin1(restore(response, own, rewrite(own))));
      },
      // A response that ends inside its head is read as far as it goes.
      end: () => {
        if (!isRead && response !== '') line.send(bytesFromLatin1(response));
        isRead = true;
        line.end();
      },
    };
  });

/**
 * The model, but it gets the response as a careless reader would understand it.
 * @param rewrite the response as it came, up to and with its empty line, or less where it comes in pieces; and the
 *   opening handshake that it answers
 */
export const misreadingResponse = (
  rewrite: (response: string, request: string) => string,
  { readsFirstPieceOnly = false }: { readonly readsFirstPieceOnly?: boolean } = {},
): (() => ClientPeer) =>
  changingClient((line) => {
    let request = '';
    let held: Uint8Array = new Uint8Array(0);
    let isRead = false;
    return {
      ...line,
      send: (bytes) => {
        if (isRead) {
          line.send(bytes);
          return;
        }
        held = concatBytes([held, bytes]);
        const response = latin1FromBytes(held);
        if (!response.includes('\r\n\r\n') && !readsFirstPieceOnly) return;
        isRead = true;
        line.send(bytesFromLatin1(rewrite(response, request)));
      },
      next: async (timeout) => {
        const event = await line.next(timeout);
        if (event.type === 'bytes' && request === '') request = latin1FromBytes(event.bytes);
        return event;
      },
    };
  });
