import { monitorEventLoopDelay } from 'node:perf_hooks';
import { startServer } from '../../impl/server.js';
import { makeCertificate } from '../../impl/tls-certificate.js';
import { tlsLayer } from '../../impl/tls-server.js';
import { patience } from './traffic.js';

/*
 * The server of `npm run soak`, in a process of its own, so that its memory is its own too. It answers `look` with what
 * it holds, after a collection.
 */

/** What the server holds. Bytes, and milliseconds of delay since the last look. */
export interface ServerState {
  readonly type: 'state';
  readonly rss: number;
  readonly heap: number;
  readonly arrayBuffers: number;
  readonly connections: number;
  readonly delayP99: number;
  readonly delayMax: number;
}

export interface ServerReady {
  readonly type: 'ready';
  readonly port: number;
}

const isSecure = process.argv.includes('--tls');
const certificate = isSecure ? await makeCertificate({ names: ['localhost', '127.0.0.1'] }) : undefined;
const server = await startServer({
  port: 0,
  // One core serves thousands: the load is to show what gets lost, not how long it takes.
  maxConnections: 10_000,
  durations: patience,
  ...(certificate === undefined ? {} : { layer: tlsLayer({ ...certificate, names: ['localhost', '127.0.0.1'] }) }),
});
const delay = monitorEventLoopDelay({ resolution: 10 });
delay.enable();

process.on('message', (message) => {
  if (message === 'stop') {
    void server.stop().then(() => process.exit(0));
    return;
  }
  globalThis.gc?.();
  globalThis.gc?.();
  const { rss, heapUsed, arrayBuffers } = process.memoryUsage();
  const state: ServerState = {
    type: 'state',
    rss,
    heap: heapUsed,
    arrayBuffers,
    connections: server.connections(),
    delayP99: delay.percentile(99) / 1e6,
    delayMax: delay.max / 1e6,
  };
  delay.reset();
  process.send?.(state);
});
process.on('disconnect', () => process.exit(0));
process.send?.({ type: 'ready', port: server.port } satisfies ServerReady);
