import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createConnectingLine } from '../../impl/connecting.js';
import { deflateStream } from '../../impl/extensions.js';
import { soakConnection } from './connection.js';
import { startRelay } from './relay.js';
import type { ServerReady, ServerState } from './server-process.js';
import { chanceOf, patience } from './traffic.js';

/*
 * `npm run soak`: many connections over a long time to the reference server, some broken off at any byte, and every
 * message accounted for.
 */

const help = `Talks to the reference server over many connections, for a long time, and accounts for every message.

  --minutes N       how long (default 60)
  --connections N   connections at the same time (default 50)
  --messages N      messages of a connection at most (default 40)
  --kills P         percent of the connections that are broken off at any byte (default 20)
  --seed N          the same seed gives the same traffic (default 1)
  --tls             inside TLS
  --deflate         with deflate-stream
  --json FILE       write the figures to a file

Examples:
  npm run soak -- --minutes 10
  npm run soak -- --minutes 0.2 --connections 20 --tls --deflate

Exit status: 0 nothing was lost and memory stayed flat, 1 not so, 2 wrong usage.
`;

interface Orders {
  readonly minutes: number;
  readonly connections: number;
  readonly messages: number;
  readonly kills: number;
  readonly seed: number;
  readonly tls: boolean;
  readonly deflate: boolean;
  readonly json: string | undefined;
}

function readOrders(): Orders {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean' } as const;
  const { values } = parseArgs({
    options: {
      minutes: text,
      connections: text,
      messages: text,
      kills: text,
      seed: text,
      json: text,
      tls: flag,
      deflate: flag,
      help: { ...flag, short: 'h' },
    },
  });
  if (values.help === true) {
    process.stdout.write(help);
    process.exit(0);
  }
  const number = (
    name: 'minutes' | 'connections' | 'messages' | 'kills' | 'seed',
    usual: number,
    most: number,
  ): number => {
    const given = values[name];
    if (given === undefined) return usual;
    if (!/^\d+(\.\d+)?$/.test(given) || Number(given) > most)
      throw new RangeError(`--${name} is a number up to ${most}`);
    return Number(given);
  };
  return {
    minutes: number('minutes', 60, 10_000),
    connections: Math.max(1, number('connections', 50, 5000)),
    messages: Math.max(1, number('messages', 40, 100_000)),
    kills: number('kills', 20, 100),
    seed: number('seed', 1, 2 ** 31),
    tls: values.tls === true,
    deflate: values.deflate === true,
    json: values.json,
  };
}

/** Everything that happened, added up. */
interface Totals {
  connections: number;
  clean: number;
  broken: number;
  sent: number;
  echoed: number;
  bytes: number;
  pings: number;
  readonly faults: string[];
}

async function askState(child: ChildProcess): Promise<ServerState> {
  child.send('look');
  const [state] = (await once(child, 'message')) as [ServerState];
  return state;
}

/** Memory may grow by so much between the first minute and the end: the engine keeps some for itself. In bytes. */
const allowance = 24 * 1024 * 1024;

async function soak(orders: Orders): Promise<number> {
  const child = fork(fileURLToPath(new URL('./server-process.js', import.meta.url)), orders.tls ? ['--tls'] : [], {
    execArgv: ['--expose-gc'],
  });
  const [{ port }] = (await once(child, 'message')) as [ServerReady];
  const fate = chanceOf(orders.seed, -1);
  const relay = await startRelay(port, () => (fate(100) < orders.kills ? 1 + fate(1 << (4 + fate(16))) : Infinity));
  const url = `${orders.tls ? 'wss' : 'ws'}://127.0.0.1:${relay.port}/`;
  const totals: Totals = { connections: 0, clean: 0, broken: 0, sent: 0, echoed: 0, bytes: 0, pings: 0, faults: [] };
  const began = Date.now();
  const until = began + orders.minutes * 60_000;
  const options = {
    durations: patience,
    ...(orders.deflate ? { extensions: [deflateStream] } : {}),
    ...(orders.tls ? { tls: { insecure: true } } : {}),
  };
  let next = 0;
  const work = async (): Promise<void> => {
    // Each is a user agent of its own, so that they do not wait for each other to connect.
    const line = createConnectingLine();
    while (Date.now() < until) {
      const number = next++;
      const chance = chanceOf(orders.seed, number);
      const plan = { number, url, chance, messages: 1 + chance(orders.messages), options: { ...options, line } };
      const outcome = await soakConnection(plan);
      totals.connections++;
      totals[outcome.end]++;
      totals.sent += outcome.sent;
      totals.echoed += outcome.echoed;
      totals.bytes += outcome.bytes;
      totals.pings += outcome.pings;
      for (const fault of outcome.faults) totals.faults.push(`connection ${number}: ${fault}`);
    }
  };
  const states: (ServerState & { readonly minute: number })[] = [];
  const look = async (): Promise<void> => {
    states.push({ ...(await askState(child)), minute: (Date.now() - began) / 60_000 });
  };
  const pauseMs = Math.max(1000, Math.min(60_000, (orders.minutes * 60_000) / 10));
  const workers = Promise.all(Array.from({ length: orders.connections }, work));
  const watch = setInterval(() => void look(), pauseMs);
  await workers;
  clearInterval(watch);
  // What is still closing has its time.
  await new Promise((resolve) => setTimeout(resolve, 3000));
  await look();
  relay.close();
  child.send('stop');
  return report(orders, totals, states, relay.kills(), (Date.now() - began) / 60_000);
}

function report(
  orders: Orders,
  totals: Totals,
  states: readonly (ServerState & { readonly minute: number })[],
  kills: number,
  minutes: number,
): number {
  const faults = [...totals.faults];
  if (totals.broken > kills) faults.push(`${totals.broken - kills} connections ended without a clean end or a kill`);
  const [first] = states;
  const last = states.at(-1);
  if (first !== undefined && last !== undefined) {
    const grown = last.heap + last.arrayBuffers - first.heap - first.arrayBuffers;
    if (grown > allowance) faults.push(`memory grew by ${mib(grown)} MiB`);
    if (last.connections > 0) faults.push(`${last.connections} connections are left at the end`);
  }
  const rows: readonly (readonly [string, string | number])[] = [
    ['minutes', minutes.toFixed(1)],
    ['connections', totals.connections],
    ['closed cleanly', totals.clean],
    ['broken off', kills],
    ['messages sent', totals.sent],
    ['messages echoed', totals.echoed],
    ['MiB sent', mib(totals.bytes)],
    ['Pings', totals.pings],
    ['lost, doubled, changed, out of order', totals.faults.length],
  ];
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(38)}${value}\n`);
  process.stdout.write('\nminute      RSS     heap  buffers  connections  delay p99     max   (MiB, ms)\n');
  for (const { minute, rss, heap, arrayBuffers, connections, delayP99, delayMax } of spread(states)) {
    const cells = [
      minute.toFixed(1).padStart(6),
      mib(rss).padStart(9),
      mib(heap).padStart(9),
      mib(arrayBuffers).padStart(9),
    ];
    const rest = [String(connections).padStart(13), delayP99.toFixed(0).padStart(11), delayMax.toFixed(0).padStart(8)];
    process.stdout.write(`${[...cells, ...rest].join('')}\n`);
  }
  for (const fault of faults.slice(0, 20)) process.stdout.write(`FAULT ${fault}\n`);
  if (orders.json !== undefined) {
    writeFileSync(orders.json, `${JSON.stringify({ orders, minutes, kills, ...totals, states, faults }, null, 2)}\n`);
  }
  return faults.length === 0 ? 0 : 1;
}

/** At most twelve of many, the first and the last among them. */
function spread<Value>(values: readonly Value[]): readonly Value[] {
  const step = Math.max(1, Math.ceil(values.length / 11));
  return values.filter((_, at) => at % step === 0 || at === values.length - 1);
}

const mib = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);

try {
  process.exitCode = await soak(readOrders());
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
