import { opcodes } from '../../../spec/wire.js';
import { concatBytes, noBytes } from '../../../model/bytes.js';
import { isControl, isReservedOpcode, minimalForm, opcodeName } from '../../../model/frame.js';
import { mask } from '../../../model/masking.js';
import { randomnessOf } from '../../verifier/randomness.js';
/** A frame: FIN set, reserved bits 0 and the shortest length form unless said otherwise. */
export function rawFrame(opcode, payload = noBytes, more = {}) {
    return { fin: true, rsv: '0000', opcode, payload, form: minimalForm(payload.length), ...more };
}
/** The clear bytes of a frame (draft-06 section 4.3). */
export function clearBytes({ fin, rsv, opcode, payload, form }) {
    const first = (fin ? 0x80 : 0) | (parseInt(rsv.slice(0, 3), 2) << 4) | opcode;
    const marker = form === 7 ? payload.length : form === 16 ? 126 : 127;
    const header = new Uint8Array(form === 7 ? 2 : form === 16 ? 4 : 10);
    const view = new DataView(header.buffer);
    view.setUint8(0, first);
    view.setUint8(1, (rsv.charAt(3) === '1' ? 0x80 : 0) | marker);
    if (form === 16)
        view.setUint16(2, payload.length);
    if (form === 63)
        view.setBigUint64(2, BigInt(payload.length));
    return concatBytes([header, payload]);
}
/** The bytes on the wire: clear from a server, each part under a key of its own from a client. */
export function onWire(from, name, clear) {
    if (from === 'server')
        return concatBytes(clear);
    const { bytes } = randomnessOf(6, name);
    return concatBytes(clear.flatMap((part) => {
        const key = bytes(4);
        return [key, mask(key, part)];
    }));
}
/** The faults of a frame by itself, by the names of the flags. */
function faultsOf({ fin, rsv, opcode, payload }) {
    return [
        rsv === '0000' ? '' : 'ReservedBit',
        isReservedOpcode(opcode) ? 'ReservedOpcode' : '',
        isControl(opcode) && !fin ? 'FragmentedControl' : '',
        isControl(opcode) && payload.length > 125 ? 'LongControl' : '',
    ].filter((flag) => flag !== '');
}
/** What is peculiar about frames, by the names of the flags: the grammar of frames and messages, told once more. */
export function flagsOf(frames) {
    const flags = new Set();
    let isOpen = false;
    for (const frame of frames) {
        const { fin, rsv, opcode, payload, form } = frame;
        const faults = faultsOf(frame);
        for (const fault of faults)
            flags.add(fault);
        if (faults.length > 1 || rsv.replaceAll('0', '').length > 1)
            flags.add('SeveralFaults');
        if (form > minimalForm(payload.length))
            flags.add('NonMinimalLength');
        // Behind a fault nothing is read.
        if (faults.length > 0)
            return [...flags];
        if (isControl(opcode)) {
            if (isOpen)
                flags.add('ControlBetweenFragments');
            continue;
        }
        if (opcode === opcodes.continuation && !isOpen)
            flags.add('OrphanContinuation');
        else if (opcode !== opcodes.continuation && isOpen)
            flags.add('InterleavedMessage');
        else if (opcode === opcodes.continuation || !fin)
            flags.add('Fragmented');
        if (payload.length === 0)
            flags.add('EmptyFragment');
        // A continuation that belongs to nothing opens nothing.
        isOpen = !fin && (isOpen || opcode !== opcodes.continuation);
    }
    if (isOpen)
        flags.add('UnfinishedMessage');
    return [...flags];
}
const opcodeClauses = {
    continuation: 'draft-06/4.3/opcode-0-continuation',
    close: 'draft-06/4.3/opcode-1-close',
    ping: 'draft-06/4.3/opcode-2-ping',
    pong: 'draft-06/4.3/opcode-3-pong',
    text: 'draft-06/4.3/opcode-4-text',
    binary: 'draft-06/4.3/opcode-5-binary',
    reserved: 'draft-06/4.3/opcode-6-15-reserved',
};
/** The clauses that say how frames are read. */
export function clausesOf(from, frames) {
    const masked = from === 'client' ? ['draft-06/4.2/mask-whole-frame'] : [];
    return [
        ...new Set([
            ...frames.map(({ opcode }) => opcodeClauses[opcodeName(opcode)]),
            ...frames.map(({ form }) => `draft-06/4.3/length-${form}`),
            ...masked,
        ]),
    ];
}
/** A frame in a few words. */
export function describe({ fin, rsv, opcode, payload, form }) {
    const name = opcodeName(opcode);
    const bits = rsv.split('').flatMap((bit, at) => (bit === '1' ? [`RSV${at + 1}`] : []));
    return [
        name === 'reserved' ? `opcode ${opcode}` : name,
        fin ? 'FIN' : 'no FIN',
        ...bits,
        `${payload.length} bytes${form === 7 ? '' : ` in the ${form}-bit form`}`,
    ].join(', ');
}
