import type { Socket } from 'node:net';

/** How long the other side has to end its direction behind ours, in milliseconds. */
const grace = 2000;

/**
 * Ends a connection that is not, or no longer, one of the model: says a last word, and drops what still comes. Were
 * bytes left unread, TCP would reset the connection, and the last word could be lost.
 */
export function endSoon(socket: Socket, last?: string | Uint8Array): void {
  if (last === undefined) socket.end();
  else socket.end(last);
  socket.resume();
  const destroy = (): void => {
    socket.destroy();
  };
  if (socket.readableEnded) socket.once('finish', destroy);
  socket.once('end', () => {
    if (socket.writableFinished) destroy();
    else socket.once('finish', destroy);
  });
  const timer = setTimeout(destroy, grace);
  socket.once('close', () => {
    clearTimeout(timer);
  });
}

/** Turns away a connection above the limit (RFC 2616 section 10.5.4). */
export function refuseExcess(socket: Socket): void {
  endSoon(socket, 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
}
