import type { Socket } from 'node:net';
import { type ResponseHead, serializeHead } from '../model/http-head.js';
import { createHeadReader, readHead } from '../model/http-head-reader.js';
import { opensTunnel, writeProxyRequest } from '../model/proxy-connect.js';
import type { WebSocketUri } from '../model/uri.js';
import { describeViolation } from '../model/violation.js';
import { type Proxy, proxyName } from './proxy.js';

/**
 * Asks an HTTP proxy for a TCP connection to the host and the port of a URI (draft-06/5.1/proxy-opens).
 * @param socket connected to the proxy; from the answer of the proxy on it belongs to the server
 * @throws when the proxy answers with an error, with what is no answer, or not at all; the socket is then destroyed
 */
export async function openHttpTunnel(socket: Socket, proxy: Proxy, uri: WebSocketUri): Promise<void> {
  socket.write(serializeHead(writeProxyRequest(uri, proxy.credentials)));
  const answer = await readAnswer(socket, proxyName(proxy));
  if (opensTunnel(answer)) return;
  socket.destroy();
  const hint = answer.status === 407 ? '; give user and password with the proxy' : '';
  throw new Error(`the ${proxyName(proxy)} answered ${`${answer.status} ${answer.reason}`.trimEnd()}${hint}`);
}

/** Reads a head, and puts back what the server sent behind it. How long it may be is bounded; so is the time, outside. */
function readAnswer(socket: Socket, name: string): Promise<ResponseHead> {
  let reader = createHeadReader('response');
  return new Promise((resolve, reject) => {
    const onData = (chunk: Buffer): void => {
      const reading = readHead(reader, chunk);
      if (reading.kind === 'need-more') {
        reader = reading.reader;
        return;
      }
      leave();
      if (reading.kind === 'violation' || reading.head.kind === 'request') {
        const why = reading.kind === 'violation' ? `: ${describeViolation(reading.violation.code)}` : '';
        socket.destroy();
        reject(new Error(`the ${name} answered with what is no HTTP response${why}`));
        return;
      }
      if (reading.rest.length > 0) socket.unshift(reading.rest);
      resolve(reading.head);
    };
    const onError = (error: Error): void => {
      fail(`broke the connection: ${error.message}`);
    };
    const onEnd = (): void => {
      fail('ended the connection without an answer');
    };
    const fail = (why: string): void => {
      leave();
      socket.destroy();
      reject(new Error(`the ${name} ${why}`));
    };
    const leave = (): void => {
      socket.pause();
      socket.off('data', onData).off('error', onError).off('end', onEnd).off('close', onEnd);
    };
    socket.on('data', onData).on('error', onError).on('end', onEnd).on('close', onEnd);
  });
}
