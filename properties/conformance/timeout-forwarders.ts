import { fieldValues, type HeaderField, type RequestHead } from '../../model/http-head.js';
import { faultOfForwarded } from '../../model/timeout-forwarding.js';
import { withTimeouts } from '../../model/timeout-fields.js';
import { type TimeoutFault, timeoutFaults, timeoutHeaderNames } from '../../model/timeout-header.js';
import type { ClauseId } from '../../spec/clauses.js';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';

/*
 * What an intermediary makes of the timeouts in a request (http-timeout-00 sections 3 to 4.1), as questions with the
 * request as data: whoever stands on both sides of an intermediary sends each through it and gets told what is wrong.
 */

/** An intermediary, as far as it is seen: the head that it sends on for one that it received. */
export type Forwarder = (head: RequestHead) => RequestHead | Promise<RequestHead>;

/** A request to send through an intermediary. */
export interface ForwardingProbe {
  readonly name: string;
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

/** The requests. */
export const forwardingProbes: readonly ForwardingProbe[] = [
  { name: 'nothing', fields: [] },
  { name: 'request-timeout', fields: withTimeouts([], { request: 300 }) },
  { name: 'request-timeout-0', fields: withTimeouts([], { request: 0 }) },
  { name: 'request-timeout-1', fields: withTimeouts([], { request: 1 }) },
  { name: 'request-timeout-day', fields: withTimeouts([], { request: 86_400 }) },
  { name: 'request-timeout-zeros', fields: [field(requestName, '000300')] },
  { name: 'request-timeout-huge', fields: [field(requestName, '9'.repeat(20))] },
  { name: 'request-timeout-small-letters', fields: [field('request-timeout', '300')] },
  { name: 'request-timeout-no-number', fields: [field(requestName, 'soon')] },
  { name: 'request-timeout-twice', fields: [field(requestName, '300'), field(requestName, '250')] },
  { name: 'both', fields: withTimeouts([], { request: 300, connection: 600 }) },
  { name: 'upgrade', fields: withTimeouts(upgrade, { request: 300, connection: 600 }) },
  { name: 'without-token', fields: [field(connectionName, '600')] },
  ...oddPromises.map((connection) => ({
    name: `connection-timeout-${connection}`,
    fields: withTimeouts([field('Connection', 'close')], { connection }),
  })),
];

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
