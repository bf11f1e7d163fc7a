import { serverTimeIn, tellChain } from '../../../model/timeout-chain.js';
import { forwardingFault } from '../../../model/timeout-forwarding.js';
import { parseTimeout, readTimeouts, timeoutFaults } from '../../../model/timeout-header.js';
import { timeoutChainGroups } from './timeout-chains.js';
import { timeoutExamples } from './timeout-examples.js';
import { timeoutHeadGroups } from './timeout-heads.js';
import { timeoutValueGroups } from './timeout-values.js';
function judge(_given, input, choices) {
    if ('value' in input) {
        const seconds = parseTimeout(input.value, choices);
        if (seconds === undefined)
            return refusal('bad-request-timeout');
        const exact = BigInt(input.value).toString();
        return { accepted: true, expect: { kind: 'value', seconds, ...(exact === String(seconds) ? {} : { exact }) } };
    }
    if ('fields' in input) {
        const fields = input.fields.map(([name, value]) => ({ name, value }));
        const read = readTimeouts(fields, choices);
        return typeof read === 'string' ? refusal(read) : { accepted: true, expect: { kind: 'timeouts', ...read } };
    }
    if ('chain' in input) {
        const serverTime = serverTimeIn(input.chain, choices);
        const hops = tellChain(input.chain, choices);
        // JSON has no number without end.
        return { accepted: true, expect: { kind: 'chain', hops, serverTime: serverTime === Infinity ? null : serverTime } };
    }
    const { received, forwarded, connectionTimeout } = input;
    const fault = forwardingFault(received ?? undefined, forwarded ?? undefined, connectionTimeout, choices);
    return fault === undefined ? { accepted: true, expect: { kind: 'forwarded' } } : refusal(fault);
}
function refusal(code) {
    const clause = timeoutFaults[code];
    return { accepted: false, breaks: clause, expect: { kind: 'refused', violation: { code, clause } } };
}
/** Request-Timeout and Connection-Timeout: http-timeout-00 sections 3 and 4. */
export const timeoutHeaders = {
    name: 'timeout-headers',
    about: 'Request-Timeout and Connection-Timeout (http-timeout-00 sections 3 and 4).',
    flags: {
        DraftExample: 'An example of http-timeout-00.',
        Number: 'A timeout value.',
        LargerThanExact: 'A number that the grammar allows and few could hold. `seconds` is the largest number that a double has exactly, `exact` has all digits; every number that is as large as the implementation can hold is right (reading R-3034).',
        NotDigits: 'Something else than digits.',
        Listed: 'Connection-Timeout, as far as it is there, is named in Connection.',
        NotListed: 'Connection-Timeout is not named in Connection.',
        Repeated: 'A header field that is no list stands there twice (reading R-3031).',
        NothingToLower: 'An intermediary gives a Connection-Timeout and adds no Request-Timeout (reading R-3013).',
        RequestTimeout: 'About Request-Timeout alone.',
        Both: 'A request of a client with both header fields.',
        Intermediary: 'The Request-Timeout that an intermediary received and the one that it forwarded; null for none.',
        Chain: 'Hosts from client to server. Intermediaries know the header fields (`knowing`), know HTTP 1.1 only (`unknowing`), change nothing (`transparent`), or remove Request-Timeout and pass Connection-Timeout on (`non-compliant`).',
    },
    readings: ['hugeTimeout', 'repeatedTimeout', 'missingRequestTimeout', 'boundingSide', 'zeroTimeout'],
    groups: [...timeoutExamples, ...timeoutValueGroups, ...timeoutHeadGroups, ...timeoutChainGroups],
    judge,
};
