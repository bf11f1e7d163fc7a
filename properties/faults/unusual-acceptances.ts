import { accepting, type Oddity, withLines } from './fault.js';

type Row = readonly [
  name: string,
  says: string,
  clauses: Oddity['clauses'],
  readings: readonly string[],
  rewrite: (answer: string, request: string) => string,
];

const rows: readonly Row[] = [
  [
    'connection-list',
    'Names a second token in Connection when it accepts.',
    [],
    ['R-503'],
    (answer) => answer.replace(/\r\nConnection:[^\r]*/i, '\r\nConnection: keep-alive, Upgrade'),
  ],
  [
    'http-1.0',
    'Accepts in the name of HTTP/1.0.',
    [],
    ['R-553'],
    (answer) => answer.replace(/^HTTP\/1\.1/, 'HTTP/1.0'),
  ],
  [
    'no-body-told',
    'Tells that its acceptance has a body of no length.',
    ['draft-06/5.2.2/valid-http-response'],
    [],
    (answer) => withLines(answer, 'Content-Length: 0'),
  ],
  [
    'unknown-extension',
    'Accepts an extension that nobody but itself may know.',
    ['draft-06/8/server-may-accept', 'draft-06/8.2/others-allowed'],
    [],
    (answer, request) => {
      const [, name] = /\r\nSec-WebSocket-Extensions:[ \t,]*(x-hybi-spec)(?![\w-])/i.exec(request) ?? [];
      return name === undefined || /\r\nSec-WebSocket-Extensions:/i.test(answer)
        ? answer
        : withLines(answer, `Sec-WebSocket-Extensions: ${name}`);
    },
  ],
];

/** Servers whose acceptance is unusual and right. */
export const unusualAcceptances: readonly Oddity[] = rows.map(([name, says, clauses, readings, rewrite]) => ({
  name: `oddity/${name}`,
  role: 'server',
  says,
  clauses,
  readings,
  peer: accepting(rewrite),
}));
