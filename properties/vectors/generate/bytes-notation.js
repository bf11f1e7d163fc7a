/** Patterns of these lengths are looked for: one byte, and four as a masking key makes them. */
const periods = [1, 4];
/** Bytes that a run needs to be worth its notation. */
const shortestRun = 48;
const hexOf = (bytes) => Buffer.from(bytes).toString('hex');
/** The bytes that a notation stands for. */
export function bytesFrom(notation) {
    if (typeof notation === 'string')
        return Uint8Array.from(Buffer.from(notation, 'hex'));
    const digits = notation.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times)));
    return Uint8Array.from(Buffer.from(digits.join(''), 'hex'));
}
/** The notation of bytes: always the same one for the same bytes, and short where they repeat. */
export function notationOf(bytes) {
    const parts = [];
    let plainFrom = 0;
    let at = 0;
    while (at < bytes.length) {
        const run = longestRun(bytes, at);
        if (run === undefined) {
            at++;
            continue;
        }
        if (at > plainFrom)
            parts.push(hexOf(bytes.subarray(plainFrom, at)));
        parts.push({ repeat: hexOf(bytes.subarray(at, at + run.period)), times: run.times });
        at += run.period * run.times;
        plainFrom = at;
    }
    if (parts.length === 0)
        return hexOf(bytes);
    if (plainFrom < bytes.length)
        parts.push(hexOf(bytes.subarray(plainFrom)));
    return parts;
}
function longestRun(bytes, from) {
    for (const period of periods) {
        let end = from + period;
        while (end < bytes.length && bytes[end] === bytes[end - period])
            end++;
        if (end - from >= shortestRun)
            return { period, times: Math.floor((end - from) / period) };
    }
    return undefined;
}
