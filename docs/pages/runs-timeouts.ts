import { keptFor } from '../../model/timeout-connection.js';
import { answerIn, type Chain, type Course, serverTimeIn, tellChain } from '../../model/timeout-chain.js';
import { timeoutHeaderNames } from '../../model/timeout-header.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type FigureArrow, type FigureRow, type FigureText, type SequenceFigure } from '../sequence-figure.js';

/** A request on its way through a chain of hosts, told by http-timeout-00. Times in seconds. */
export interface ChainRun {
  readonly name: string;
  readonly title: string;
  readonly says: string;
  readonly hosts: readonly string[];
  readonly chain: Chain;
  /** How the request goes; absent where only the idle connection matters. */
  readonly course?: Course;
  readonly clauses: readonly ClauseId[];
}

/** The figure of section 3.2: a proxy and a gateway that both lower Request-Timeout. */
const lowering = {
  hosts: ['Client', 'Proxy', 'Gateway', 'Server'],
  chain: {
    client: { request: 300 },
    between: [
      { kind: 'knowing', lowersTo: 250, waits: 250 },
      { kind: 'knowing', lowersTo: 240, waits: 240 },
    ],
    server: {},
  },
} as const satisfies Partial<ChainRun>;

const lowered = ['http-timeout-00/3/end-to-end', 'http-timeout-00/3/intermediary-may-reduce'] as const;

export const chainRuns: readonly ChainRun[] = [
  {
    name: 'request-timeout',
    title: 'Request-Timeout along a chain',
    says: 'Each host on the way may lower what it passes on. The server hears the smallest and answers in time.',
    ...lowering,
    course: { takes: 200 },
    clauses: [...lowered, 'http-timeout-00/3/server-interprets', 'http-timeout-00/3/maximum-wait'],
  },
  {
    name: 'request-timeout-504',
    title: 'A server that is later than it was told',
    says: 'The host next to the server runs out of patience first, and answers 504 in its place.',
    ...lowering,
    course: { takes: 280 },
    clauses: [...lowered, 'http-timeout-00/3.1/gateway-timeout', 'http-timeout-00/3.1/shorter-timeout'],
  },
  {
    name: 'connection-timeout',
    title: 'Connection-Timeout from hop to hop',
    says: 'Each connection has its own pair of promises: how long either side keeps it when it is idle. Nothing is passed on.',
    hosts: ['Client', 'Proxy', 'Server'],
    chain: {
      client: { connection: 600 },
      between: [{ kind: 'knowing', towardsServer: 1200, towardsClient: 120 }],
      server: { connection: 300 },
    },
    clauses: ['http-timeout-00/4/single-connection', 'http-timeout-00/4/either-host', 'http-timeout-00/4/hop-by-hop'],
  },
];

/** What to draw of a request through a chain: there on every hop, and back from whoever answers. */
export function chainFigure(run: ChainRun): SequenceFigure {
  const { name, title, hosts, chain, course } = run;
  const told = tellChain(chain);
  const answer = course === undefined ? undefined : answerIn(chain, course);
  const answers = answer === undefined || answer.by === 'server' ? hosts.length - 1 : Number(answer.by) + 1;
  const there = hosts.map((_, line): FigureRow => ({ line, notes: notesOnTheWay(run, line) }));
  const status = answer?.status ?? 200;
  const said =
    answer === undefined ? [] : [{ text: `after ${answer.at} s: answers ${status}`, tone: 'words' as const }];
  const back: readonly FigureRow[] = Array.from({ length: answers + 1 }, (_, index) => {
    const line = answers - index;
    return { line, notes: index === 0 ? said : [] };
  });
  const requests = told.map(({ request, fromClient }, hop) =>
    arrow(hop, hop + 1, hop, ['GET / HTTP/1.1', ...field('request', request), ...field('connection', fromClient)]),
  );
  const responses = told
    .slice(0, answers)
    .map(({ fromServer }, hop) =>
      arrow(hop + 1, hop, hosts.length + answers - hop - 1, [`HTTP/1.1 ${status}`, ...field('connection', fromServer)]),
    );
  return {
    id: name,
    title,
    description: `A request through ${hosts.join(', ')}. The list below the picture says the same in words.`,
    lines: hosts.map((host) => ({ name: host })),
    rows: [...there, ...back],
    arrows: [...requests, ...responses],
  };
}

/** A head that goes from one line to another, by rows. */
function arrow(from: number, to: number, leaves: number, [first = '', ...fields]: readonly string[]): FigureArrow {
  const texts: readonly FigureText[] = [
    { text: first, tone: 'words' },
    ...fields.map((text) => ({ text, tone: 'bytes' as const })),
  ];
  return { from, to, leaves, arrives: leaves + 1, forged: false, texts };
}

const field = (name: keyof typeof timeoutHeaderNames, value: number | undefined): readonly string[] =>
  value === undefined ? [] : [`${timeoutHeaderNames[name]}: ${value}`];

/** What each host makes of what it hears. */
function notesOnTheWay({ chain, course, hosts }: ChainRun, line: number): readonly FigureText[] {
  const told = tellChain(chain);
  const text = (says: string): FigureText => ({ text: says, tone: 'note' });
  const last = hosts.length - 1;
  if (course !== undefined) {
    if (line === 0) return [text(`waits at most ${chain.client.request ?? Infinity} s`)];
    if (line === last) return [text(`has ${serverTimeIn(chain)} s, takes ${course.takes} s`)];
    return [text(`waits at most ${chain.between[line - 1]?.waits ?? Infinity} s`)];
  }
  const idle = (host: string | undefined, own?: number, other?: number): FigureText =>
    text(`${host ?? ''} side: idle for ${keptFor(own, other)} s at least`);
  const left = told[line - 1];
  const right = told[line];
  return [
    ...(left === undefined ? [] : [idle(hosts[line - 1], left.fromServer, left.fromClient)]),
    ...(right === undefined ? [] : [idle(hosts[line + 1], right.fromClient, right.fromServer)]),
  ];
}
