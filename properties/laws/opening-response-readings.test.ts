import fc from 'fast-check';
import { expect } from 'vitest';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { headerNames, protocolVersion } from '../../spec/wire.js';
import { fieldValues, serializeHead } from '../../model/http-head.js';
import type { OpeningRequest } from '../../model/opening-request.js';
import {
  readOpeningResponse,
  rejectionOfViolation,
  writeOpeningResponse,
  writeRejection,
} from '../../model/opening-response.js';
import { clauseOfViolation, describeViolation, handshakeViolations, headViolations } from '../../model/violation.js';
import type { HandshakeViolationCode, HeadViolationCode } from '../../model/violation.js';
import { responseHeads } from '../arbitraries/http-head.js';
import { furtherFields, openingAnswers } from '../arbitraries/opening-handshake.js';
import { texts } from '../arbitraries/message.js';
import { adding, setting, without } from '../arbitraries/head-changes.js';
import { law } from './law.js';

const { upgrade, connection, subprotocol, extensions, version } = headerNames;
/** Longer than any name that the arbitraries make. */
const stranger = 'nobody-asked-for-this';

/** What a client expects that sent the request, under other readings. */
function expecting(request: OpeningRequest, choices: Partial<ReadingChoices>) {
  return { ...request, readings: { ...defaultReadings, ...choices } };
}

law(
  'R-503: under "token" Connection is a list that has to include "Upgrade"',
  ['draft-06/5.1/response-connection'],
  () => {
    fc.assert(
      fc.property(openingAnswers(), ({ request, head }) => {
        const expectations = expecting(request, { connectionOfResponse: 'token' });
        const kindOf = (...values: readonly string[]) => {
          const fields = values.map((value) => [connection, value] as const);
          return readOpeningResponse(adding(without(head, connection), ...fields), expectations).kind;
        };
        for (const values of [['Upgrade'], ['keep-alive, upgrade'], ['close', 'UPGRADE']]) {
          expect(kindOf(...values)).toBe('accepted');
        }
        for (const values of [[], ['close'], [''], ['"Upgrade"'], ['Upgrade;']]) {
          expect(kindOf(...values)).toBe('violation');
        }
      }),
      { numRuns: 30 },
    );
  },
);

law(
  'R-504: under "accept" a subprotocol that was not offered is as if it were absent',
  ['draft-06/5.2.2/subprotocol-selected'],
  () => {
    fc.assert(
      fc.property(openingAnswers(), fc.constantFrom(stranger, `chat, ${stranger}`), ({ request, head }, value) => {
        const changed = setting(head, subprotocol, value);
        const reading = readOpeningResponse(changed, expecting(request, { subprotocolOfResponse: 'accept' }));
        expect(reading).toEqual(readOpeningResponse(without(head, subprotocol), request));
        expect(reading.kind).toBe('accepted');
      }),
      { numRuns: 30 },
    );
  },
);

law(
  'R-505: under "accept" an extension that was not requested is as if it were absent',
  ['draft-06/8/no-unrequested-extension'],
  () => {
    fc.assert(
      fc.property(openingAnswers(), ({ request, head }) => {
        const changed = adding(head, [extensions, `${stranger}; a=1`]);
        const reading = readOpeningResponse(changed, expecting(request, { extensionOfResponse: 'accept' }));
        expect(reading).toEqual(readOpeningResponse(head, request));
        expect(reading.kind).toBe('accepted');
      }),
      { numRuns: 30 },
    );
  },
);

law(
  'the values of Upgrade and Connection have no case, and header fields that nobody knows change nothing',
  ['draft-06/5.1/response-upgrade', 'draft-06/5.1/response-connection', 'draft-06/5.1/response-validated'],
  () => {
    const cases = fc.tuple(fc.mixedCase(fc.constant('websocket')), fc.mixedCase(fc.constant('upgrade')));
    fc.assert(
      fc.property(openingAnswers(), cases, furtherFields(), ({ request, head }, [one, other], further) => {
        const respelled = setting(setting(head, upgrade, one), connection, other);
        const more = { ...respelled, fields: [...further, ...respelled.fields] };
        expect(readOpeningResponse(more, request)).toEqual(readOpeningResponse(head, request));
      }),
    );
  },
);

law('whatever a server answers, the client accepts it or fails', ['draft-06/5.1/response-validated'], () => {
  fc.assert(
    fc.property(openingAnswers(), responseHeads(), ({ request, head }, other) => {
      expect(readOpeningResponse(other, request)).toMatchObject({ kind: 'violation' });
      const mixed = { ...other, status: head.status, fields: [...other.fields, ...head.fields] };
      const isAlien = fieldValues(other, upgrade).some((value) => value.toLowerCase() !== 'websocket');
      expect(readOpeningResponse(mixed, request).kind).toBe(isAlien ? 'violation' : 'accepted');
    }),
  );
});

law(
  'an answer that no server may give is not written',
  ['draft-06/5.2.2/subprotocol-selected', 'draft-06/5.2.2/no-unlisted-extension'],
  () => {
    const ownNames = fc.constantFrom(...Object.values(headerNames)).chain((name) => fc.mixedCase(fc.constant(name)));
    fc.assert(
      fc.property(openingAnswers(), ownNames, ({ request, acceptance }, name) => {
        const refuses = (changes: object) => {
          expect(() => writeOpeningResponse(request, { ...acceptance, ...changes })).toThrow(RangeError);
        };
        refuses({ subprotocol: stranger });
        refuses({ extensions: [...request.extensions, { name: stranger, parameters: [] }] });
        refuses({ fields: [{ name, value: 'x' }] });
      }),
    );
  },
);

law(
  'a rejection is an HTTP response that ends, with the length of its body',
  ['draft-06/7.2.2/abort-is-close', 'draft-06/5.2.2/valid-http-response'],
  () => {
    const fields = furtherFields();
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), texts(), fields, (status, body, further) => {
        const written = writeRejection({ status, reason: 'No', body, fields: further });
        expect(written.head).toMatchObject({ status, reason: 'No' });
        expect(Buffer.from(written.body).toString('utf8')).toBe(body);
        expect(fieldValues(written.head, 'Content-Length')).toContain(String(Buffer.byteLength(body)));
        expect(fieldValues(written.head, 'Connection')).toEqual(['close']);
        expect(written.head.fields.slice(written.head.fields.length - further.length)).toEqual(further);
        expect(() => serializeHead(written.head)).not.toThrow();
      }),
    );
    expect(Buffer.from(writeRejection({ status: 404, reason: 'Gone' }).body).toString()).toBe('Gone\n');
    for (const status of [101, 200, 299, 600, 400.5, NaN]) {
      expect(() => writeRejection({ status, reason: 'No' })).toThrow(RangeError);
    }
  },
);

law(
  'every violation of the opening handshake has a rejection, and that of a version names the right one',
  ['draft-06/5.2.2/version-response', 'draft-06/5.2.1/abort-on-mismatch', 'draft-06/5.1/valid-http-request'],
  () => {
    const codes = [...Object.keys(handshakeViolations), ...Object.keys(headViolations)] as (
      HandshakeViolationCode | HeadViolationCode
    )[];
    for (const code of codes) {
      const { head, body } = writeRejection(rejectionOfViolation(code));
      expect(fieldValues(head, 'Connection')).toEqual([code === 'wrong-version' ? 'close, Upgrade' : 'close']);
      expect(head.status).toBe(code === 'wrong-version' ? 426 : 400);
      expect(fieldValues(head, version)).toEqual(code === 'wrong-version' ? [protocolVersion] : []);
      expect(Buffer.from(body).toString()).toBe(`${describeViolation(code)}\n`);
      const client = clauseOfViolation(code);
      const isSyntax = client === 'draft-06/5.1/valid-http-request';
      expect(clauseOfViolation(code, 'server')).toBe(isSyntax ? 'draft-06/5.2.2/valid-http-response' : client);
    }
  },
);
