import {
  forwardingFault,
  parseTimeout,
  readTimeouts,
  type TimeoutFault,
  timeoutFaults,
} from '../../../model/timeout-header.js';
import { timeoutExamples } from './timeout-examples.js';
import { timeoutHeadGroups } from './timeout-heads.js';
import { type TimeoutInput, timeoutValueGroups } from './timeout-values.js';
import type { Judgement, Subject } from './vector.js';

function judge(_given: object, input: TimeoutInput): Judgement {
  if ('value' in input) {
    const seconds = parseTimeout(input.value);
    if (seconds === undefined) return refusal('bad-request-timeout');
    const exact = BigInt(input.value).toString();
    return { accepted: true, expect: { kind: 'value', seconds, ...(exact === String(seconds) ? {} : { exact }) } };
  }
  if ('fields' in input) {
    const read = readTimeouts(input.fields.map(([name, value]) => ({ name, value })));
    return typeof read === 'string' ? refusal(read) : { accepted: true, expect: { kind: 'timeouts', ...read } };
  }
  const fault = forwardingFault(input.received ?? undefined, input.forwarded ?? undefined, input.connectionTimeout);
  return fault === undefined ? { accepted: true, expect: { kind: 'forwarded' } } : refusal(fault);
}

function refusal(code: TimeoutFault): Judgement {
  const clause = timeoutFaults[code];
  return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause } } };
}

/** Request-Timeout and Connection-Timeout: http-timeout-00 sections 3 and 4. */
export const timeoutHeaders: Subject<object, TimeoutInput> = {
  name: 'timeout-headers',
  about: 'Request-Timeout and Connection-Timeout (http-timeout-00 sections 3 and 4).',
  flags: {
    DraftExample: 'An example of http-timeout-00.',
    Number: 'A timeout value.',
    LargerThanExact:
      'A number that the grammar allows and few could hold. `seconds` is the largest number that a double has exactly, `exact` has all digits; every number that is as large as the implementation can hold is right (reading R-3034).',
    NotDigits: 'Something else than digits.',
    Listed: 'Connection-Timeout, as far as it is there, is named in Connection.',
    NotListed: 'Connection-Timeout is not named in Connection.',
    Repeated: 'A header field that is no list stands there twice (reading R-3031).',
    NothingToLower: 'An intermediary gives a Connection-Timeout and adds no Request-Timeout (reading R-3013).',
    RequestTimeout: 'About Request-Timeout alone.',
    Both: 'A request of a client with both header fields.',
    Intermediary: 'The Request-Timeout that an intermediary received and the one that it forwarded; null for none.',
  },
  readings: [],
  doubts: { LargerThanExact: 'R-3034', Repeated: 'R-3031', NothingToLower: 'R-3013' },
  groups: [...timeoutExamples, ...timeoutValueGroups, ...timeoutHeadGroups],
  judge,
};
