import { fieldValues, type HeaderField, type RequestHead } from '../../model/http-head.js';
import { faultOfForwarded } from '../../model/timeout-forwarding.js';
import { withTimeouts } from '../../model/timeout-fields.js';
import { type TimeoutFault, timeoutFaults, timeoutHeaderNames } from '../../model/timeout-header.js';
import type { ClauseId } from '../../spec/clauses.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import type { CaseFacts } from '../verifier/case.js';

/*
 * What an intermediary makes of the timeouts in a request (http-timeout-00 sections 3 to 4.1), as questions with the
 * request as data: whoever stands on both sides of an intermediary sends each through it and gets told what is wrong.
 */

/** An intermediary, as far as it is seen: the head that it sends on for one that it received. */
export type Forwarder = (head: RequestHead) => RequestHead | Promise<RequestHead>;

/** A request to send through an intermediary. */
export interface ForwardingProbe {
  readonly name: string;
  /** What it shows about an intermediary. */
  readonly clauses: readonly [ClauseId, ...ClauseId[]];
  readonly title: string;
  readonly fields: readonly HeaderField[];
}

/** Something that an intermediary made of a request, and should not have. */
export interface ForwardingFinding {
  readonly probe: string;
  readonly code: TimeoutFault | 'passed-on';
  readonly clause: ClauseId;
}

const { request: requestName, connection: connectionName } = timeoutHeaderNames;
const field = (name: string, value: string): HeaderField => ({ name, value });
const upgrade = [field('Upgrade', 'websocket'), field('Connection', 'Upgrade')];

/** Two values that hardly anybody has as a policy: whoever sends on both has taken them over. */
const oddPromises = [86_399, 43_201] as const;

/** About a request with a Request-Timeout: it stays, and does not grow. */
const kept = [
  'http-timeout-00/3/not-increased',
  'http-timeout-00/3/not-removed',
  'http-timeout-00/3/intermediary-may-reduce',
  'http-timeout-00/3.1/passed-on',
  'http-timeout-00/3.1/non-compliant',
] as const;

/** About a request with a Connection-Timeout: it goes no further. */
const hopByHop = [
  'http-timeout-00/4/hop-by-hop',
  'http-timeout-00/4/removed-by-the-unknowing',
  'http-timeout-00/4.1/discarded',
  'http-timeout-00/4.1/transparent',
] as const;

const asked = (name: string, title: string, fields: readonly HeaderField[]): ForwardingProbe => ({
  name,
  title,
  clauses: kept,
  fields,
});

/** The requests. */
export const forwardingProbes: readonly ForwardingProbe[] = [
  {
    name: 'nothing',
    title: 'A request without timeouts',
    clauses: ['http-timeout-00/3/intermediary-may-add', 'http-timeout-00/4/intermediary-request-timeout'],
    fields: [],
  },
  asked('request-timeout', 'Request-Timeout: 300', withTimeouts([], { request: 300 })),
  asked('request-timeout-0', 'Request-Timeout: 0', withTimeouts([], { request: 0 })),
  asked('request-timeout-1', 'Request-Timeout: 1', withTimeouts([], { request: 1 })),
  asked('request-timeout-day', 'Request-Timeout: 86400', withTimeouts([], { request: 86_400 })),
  asked('request-timeout-zeros', 'A Request-Timeout with leading zeros', [field(requestName, '000300')]),
  asked('request-timeout-huge', 'A Request-Timeout of 20 digits', [field(requestName, '9'.repeat(20))]),
  asked('request-timeout-small-letters', 'request-timeout in small letters', [field('request-timeout', '300')]),
  asked('request-timeout-no-number', 'A Request-Timeout that is no number', [field(requestName, 'soon')]),
  asked('request-timeout-twice', 'Two Request-Timeouts', [field(requestName, '300'), field(requestName, '250')]),
  {
    name: 'both',
    title: 'Both timeouts in one request',
    clauses: [...kept, ...hopByHop, 'http-timeout-00/4/intermediary-request-timeout'],
    fields: withTimeouts([], { request: 300, connection: 600 }),
  },
  {
    name: 'upgrade',
    title: 'Both timeouts in an opening handshake',
    clauses: [...kept, ...hopByHop, 'http-timeout-00/4/intermediary-request-timeout'],
    fields: withTimeouts(upgrade, { request: 300, connection: 600 }),
  },
  {
    name: 'without-token',
    title: 'A Connection-Timeout that Connection does not name',
    clauses: ['http-timeout-00/4/hop-by-hop'],
    fields: [field(connectionName, '600')],
  },
  ...oddPromises.map((connection): ForwardingProbe => ({
    name: `connection-timeout-${connection}`,
    title: `Connection-Timeout: ${connection}`,
    clauses: hopByHop,
    fields: withTimeouts([field('Connection', 'close')], { connection }),
  })),
];

/**
 * The probes as cases: what `judgeForwarder` asks an intermediary, with what it asks it for. They are run against the
 * intermediaries of the model and against the real ones of properties/intermediaries.
 */
export const intermediaryCases: readonly CaseFacts[] = forwardingProbes.map(({ name, title, clauses }) => ({
  id: `intermediary/${name}`,
  title,
  clauses,
  requirement: 'Request-Timeout is neither raised nor removed, and Connection-Timeout goes no further than one hop.',
}));

/** The probes as requests; a host is for whoever sends them to say. */
export const requestOf = ({ fields }: ForwardingProbe, host: string): RequestHead => ({
  kind: 'request',
  method: 'GET',
  target: '/',
  version: { major: 1, minor: 1 },
  fields: [field('Host', host), ...fields],
});

/**
 * Sends every probe through an intermediary.
 * @param towardsClient the Connection-Timeout that it gives the client, for reading R-3014 `client-side`
 */
export async function judgeForwarder(
  forwarder: Forwarder,
  host = 'server.example',
  towardsClient?: number,
  choices: Partial<ReadingChoices> = {},
): Promise<readonly ForwardingFinding[]> {
  const findings: ForwardingFinding[] = [];
  const takenOver: string[] = [];
  for (const probe of forwardingProbes) {
    const { fields: received } = requestOf(probe, host);
    const { fields: forwarded } = await forwarder(requestOf(probe, host));
    const seen = { received, forwarded, ...(towardsClient === undefined ? {} : { towardsClient }) };
    const code = faultOfForwarded(seen, { ...defaultReadings, ...choices });
    if (code !== undefined) findings.push({ probe: probe.name, code, clause: timeoutFaults[code] });
    const isOdd = oddPromises.some((value) => fieldValues(forwarded, connectionName).includes(String(value)));
    if (isOdd) takenOver.push(probe.name);
  }
  // One of them alone may be its own policy by chance.
  const [first, second] = takenOver;
  if (first !== undefined && second !== undefined) {
    findings.push({ probe: second, code: 'passed-on', clause: 'http-timeout-00/4/hop-by-hop' });
  }
  return findings;
}
