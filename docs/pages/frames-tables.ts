import { writeCloseBody } from '../../model/close-body.js';
import { hexOf } from '../../model/explain.js';
import { frameOf, isControl } from '../../model/frame.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { frameViolations } from '../../model/violation.js';
import { type ClauseId, clauseOf } from '../../spec/clauses.js';
import { statusCodeRanges, type StatusCodeName, statusCodes } from '../../spec/status-codes.js';
import { firstReservedOpcode, headerBits, maxControlPayload, type OpcodeName, opcodes } from '../../spec/wire.js';
import { allFields } from '../figures/frame-fields.js';
import { type Markup, markup } from '../html.js';
import { listOfClauses } from '../links.js';
import { table } from '../page.js';

/** Each field with its meaning and its clauses. */
export function fieldTable(): Markup {
  const rows = allFields.map(({ id, name, bits, says, clauses }) => {
    const size = bits === undefined ? 'any' : String(bits);
    return markup`<tr id="field-${id}"><th scope="row">${name}</th><td>${size}</td><td class="says">${says}</td><td class="ids">${listOfClauses(clauses)}</td></tr>
`;
  });
  return table('The fields of a frame, in the order of the wire', ['Field', 'Bits', 'Meaning', 'Clauses'], rows);
}

const opcodeClauses: Readonly<Record<OpcodeName, readonly ClauseId[]>> = {
  continuation: ['draft-06/4.3/opcode-0-continuation', 'draft-06/4.4/fragmented'],
  close: ['draft-06/4.3/opcode-1-close', 'draft-06/4.5.1/close-opcode'],
  ping: ['draft-06/4.3/opcode-2-ping', 'draft-06/4.5.2/ping-opcode'],
  pong: ['draft-06/4.3/opcode-3-pong', 'draft-06/4.5.3/pong-opcode'],
  text: ['draft-06/4.3/opcode-4-text', 'draft-06/4.6/text-is-utf-8'],
  binary: ['draft-06/4.3/opcode-5-binary', 'draft-06/4.6/binary-is-opaque'],
};

/** The opcodes, and the first octet of an unfragmented clear frame of each. */
export function opcodeTable(): Markup {
  const rows = (Object.keys(opcodes) as OpcodeName[]).map((name) => {
    const opcode = opcodes[name];
    const kind = isControl(opcode) ? `control: at most ${maxControlPayload} bytes, never fragmented` : 'data';
    const first = hexOf(encodeFrame(frameOf(name)).subarray(0, 1));
    return markup`<tr id="opcode-${opcode}"><td>${opcode}</td><th scope="row">${name}</th><td>${kind}</td><td><code>${first}</code></td><td class="ids">${listOfClauses(opcodeClauses[name])}</td></tr>
`;
  });
  const reserved = listOfClauses([
    'draft-06/4.3/opcode-6-15-reserved',
    'draft-06/4.1/reserved-opcodes-unused',
    'draft-06/4.8/room-for-extensions',
  ]);
  return table(
    'Opcodes',
    ['Opcode', 'Name', 'Kind', 'First octet with FIN', 'Clauses'],
    markup`${rows}<tr id="opcode-reserved"><td>${firstReservedOpcode} to ${headerBits.opcode}</td><th scope="row">reserved</th><td>for extensions that were negotiated</td><td><code>${(headerBits.fin | firstReservedOpcode).toString(16)}</code> to <code>${(headerBits.fin | headerBits.opcode).toString(16)}</code></td><td class="ids">${reserved}</td></tr>
`,
  );
}

const statusClauses: Readonly<Record<StatusCodeName, ClauseId>> = {
  normal: 'draft-06/7.4.1/1000-normal',
  goingAway: 'draft-06/7.4.1/1001-going-away',
  protocolError: 'draft-06/7.4.1/1002-protocol-error',
  unacceptableData: 'draft-06/7.4.1/1003-unacceptable-data',
  tooLarge: 'draft-06/7.4.1/1004-too-large',
};

/** The status codes that the text defines, and whom the ranges belong to. */
export function statusTables(): Markup {
  const codes = (Object.keys(statusCodes) as StatusCodeName[]).map((name) => {
    const status = statusCodes[name];
    const clause = statusClauses[name];
    return markup`<tr id="status-${status}"><th scope="row">${status}</th><td><code>${hexOf(writeCloseBody({ status }))}</code></td><td class="says">${clauseOf(clause).says}</td><td class="ids">${listOfClauses([clause])}</td></tr>
`;
  });
  const uses = {
    unused: 'nobody',
    protocol: 'the protocol',
    extensions: 'extensions',
    libraries: 'libraries and frameworks',
    applications: 'applications',
    unmentioned: 'not mentioned by the text',
  } as const;
  const ranges = statusCodeRanges.map(
    ({
      from,
      to,
      use,
      clause,
    }) => markup`<tr><th scope="row">${from} to ${to}</th><td>${uses[use]}</td><td class="ids">${listOfClauses([clause])}</td></tr>
`,
  );
  return markup`${table('Status codes of a close', ['Status code', 'Body', 'Meaning', 'Clause'], codes)}
${table('Ranges of status codes', ['Range', 'For', 'Clause'], ranges)}`;
}

/** What can be wrong with a frame or a stream of frames. */
export function violationTable(): Markup {
  const rows = Object.entries(frameViolations).map(
    ([
      code,
      { says, clause, status },
    ]) => markup`<tr id="violation-${code}"><th scope="row"><code>${code}</code></th><td class="says">${says}</td><td>${status}</td><td class="ids">${listOfClauses([clause])}</td></tr>
`,
  );
  return table('What is refused in frames', ['Code', 'What is wrong', 'Status code of the answer', 'Clause'], rows);
}
