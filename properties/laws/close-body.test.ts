import fc from 'fast-check';
import { describe, expect } from 'vitest';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { statusCodes } from '../../spec/status-codes.js';
import { maxControlPayload } from '../../spec/wire.js';
import { concatBytes } from '../../model/bytes.js';
import {
  isCloseViolation,
  isStatusCodeAllowed,
  readCloseBody,
  statusCodeRange,
  writeCloseBody,
} from '../../model/close-body.js';
import { frameOf } from '../../model/frame.js';
import { createDecoder, decodeFrames } from '../../model/frame-decoder.js';
import { encodeFrame } from '../../model/frame-encoder.js';
import { clauseOfViolation, statusOfViolation } from '../../model/violation.js';
import { closeReasons, sendableStatusCodes } from '../arbitraries/close.js';
import { doubtfulUtf8 } from '../arbitraries/doubtful-utf8.js';
import { law } from './law.js';

function under(choices: Partial<ReadingChoices>): ReadingChoices {
  return { ...defaultReadings, ...choices };
}

function bodyOf(status: number, rest: Uint8Array = new Uint8Array(0)): Uint8Array {
  return concatBytes([Uint8Array.of(status >> 8, status & 0xff), rest]);
}

law(
  'reading a Close inverts writing it, also over the wire',
  [
    'draft-06/4.5.1/close-opcode',
    'draft-06/4.5.1/close-may-have-body',
    'draft-06/4.5.1/body-starts-with-status',
    'draft-06/4.5.1/body-may-have-reason',
    'draft-06/7.4/optional-parts',
  ],
  () => {
    fc.assert(
      fc.property(closeReasons(), fc.nat(), (close, offset) => {
        const wire = encodeFrame(frameOf('close', writeCloseBody(close)));
        expect(wire[0]).toBe(0x81);
        const body = decodeFrames(createDecoder({ masked: false }), wire).frames[0]?.frame.applicationData;
        const read = readCloseBody(body ?? new Uint8Array(1), offset);
        expect(read).toEqual(close.status === undefined ? {} : { reason: '', ...close });
        expect(isCloseViolation(read)).toBe(false);
      }),
    );
  },
);

law(
  'a body is the status code in network byte order and then the text',
  ['draft-06/4.5.1/body-starts-with-status'],
  () => {
    expect(writeCloseBody({})).toEqual(new Uint8Array(0));
    expect(writeCloseBody({ status: 1001 })).toEqual(Uint8Array.of(0x03, 0xe9));
    expect(writeCloseBody({ status: 4000, reason: '\xe9!' })).toEqual(Uint8Array.of(0x0f, 0xa0, 0xc3, 0xa9, 0x21));
  },
);

describe('each of the 65,536 status codes', () => {
  const ranges = [
    'draft-06/7.4.2/0-999-unused',
    'draft-06/7.4.2/1000-1999-protocol',
    'draft-06/7.4.2/2000-2999-extensions',
    'draft-06/7.4.2/3000-3999-libraries',
    'draft-06/7.4.2/4000-4999-applications',
  ] as const;
  const allowed: Readonly<Record<ReadingChoices['statusCode'], (code: number) => boolean>> = {
    ranges: (code) => code >= 1000 && code <= 4999,
    defined: (code) => (code >= 1000 && code <= 1004) || (code >= 2000 && code <= 4999),
    any: () => true,
  };

  for (const choice of ['ranges', 'defined', 'any'] as const) {
    law(
      `is read or refused as the option "${choice}" of R-703 says`,
      [...ranges, 'draft-06/7.4.1/defined-codes'],
      () => {
        const readings = under({ statusCode: choice });
        const wrong: number[] = [];
        for (let status = 0; status <= 0xffff; status++) {
          const read = readCloseBody(bodyOf(status), 7, readings);
          const isRight = allowed[choice](status)
            ? 'status' in read && read.status === status && read.reason === ''
            : 'code' in read && read.code === 'bad-status-code' && read.offset === 7 && read.observed === `${status}`;
          if (!isRight || isStatusCodeAllowed(status, choice) !== allowed[choice](status)) wrong.push(status);
        }
        expect(wrong).toEqual([]);
      },
    );
  }

  law('is sent or refused by the stricter of the readings', [...ranges, 'draft-06/7.4.1/defined-codes'], () => {
    const wrong: number[] = [];
    for (let status = 0; status <= 0xffff; status++) {
      let isWritten = true;
      try {
        writeCloseBody({ status });
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        isWritten = false;
      }
      if (isWritten !== allowed.defined(status)) wrong.push(status);
    }
    expect(wrong).toEqual([]);
    for (const status of [-1, 1000.5, 65_536, NaN, Infinity]) {
      expect(() => writeCloseBody({ status })).toThrow(RangeError);
    }
  });

  law('lies in a range that names its use', ranges, () => {
    const uses = [0, 999, 1000, 1999, 2000, 2999, 3000, 3999, 4000, 4999, 5000, 65_535].map(
      (status) => statusCodeRange(status)?.use,
    );
    expect(uses).toEqual(
      ['unused', 'protocol', 'extensions', 'libraries', 'applications', 'unmentioned'].flatMap((use) => [use, use]),
    );
    for (const status of [-1, 65_536]) {
      expect(statusCodeRange(status)).toBeUndefined();
      expect(isStatusCodeAllowed(status)).toBe(false);
    }
  });
});

law('a body of one byte has no room for a status code', ['draft-06/4.5.1/body-starts-with-status'], () => {
  for (let byte = 0; byte <= 0xff; byte++) {
    const read = readCloseBody(Uint8Array.of(byte), 9, under({ statusCode: 'any' }));
    expect(read).toEqual({ code: 'short-close-body', offset: 9 });
    expect(isCloseViolation(read)).toBe(true);
  }
});

law('a reason that is not UTF-8 is replaced, or refused under R-405', ['draft-06/4.5.1/body-may-have-reason'], () => {
  fc.assert(
    fc.property(sendableStatusCodes(), doubtfulUtf8(), (status, bytes) => {
      const body = bodyOf(status, bytes);
      const reason = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
      expect(readCloseBody(body, 3)).toEqual({ status, reason });
      const isValid = Buffer.from(reason).equals(bytes);
      expect(readCloseBody(body, 3, under({ closeReasonUtf8: 'refuse' }))).toEqual(
        isValid ? { status, reason } : { code: 'bad-close-reason', offset: 3 },
      );
    }),
    { numRuns: 300 },
  );
  const cut = bodyOf(1000, Uint8Array.of(0xe2, 0x82));
  expect(readCloseBody(cut, 0)).toEqual({ status: 1000, reason: '\ufffd' });
  expect(readCloseBody(cut, 0, under({ replacement: 'byte' }))).toEqual({ status: 1000, reason: '\ufffd\ufffd' });
});

law(
  'a reason has at most the bytes that a control frame leaves, and needs a status code',
  ['draft-06/4.5/control-at-most-125', 'draft-06/4.5.1/body-starts-with-status'],
  () => {
    fc.assert(
      fc.property(
        sendableStatusCodes(),
        fc.constantFrom('x', '\xe9', '\u20ac', '\u{1f600}'),
        fc.nat(130),
        (status, character, count) => {
          const reason = character.repeat(count);
          const length = 2 + Buffer.byteLength(reason);
          const write = () => writeCloseBody({ status, reason });
          if (length > maxControlPayload) expect(write).toThrow(RangeError);
          else expect(write().length).toBe(length);
        },
      ),
    );
    expect(() => writeCloseBody({ status: 1000, reason: 'x'.repeat(124) })).toThrow(RangeError);
    expect(() => writeCloseBody({ reason: 'x' })).toThrow(RangeError);
    expect(writeCloseBody({ reason: '' })).toEqual(new Uint8Array(0));
  },
);

law(
  'what is wrong with a body is a protocol error of the clause it breaks',
  [
    'draft-06/4.5.1/body-starts-with-status',
    'draft-06/4.5.1/body-may-have-reason',
    'draft-06/7.4.1/1002-protocol-error',
  ],
  () => {
    const clauses = {
      'short-close-body': 'draft-06/4.5.1/body-starts-with-status',
      'bad-status-code': 'draft-06/4.5.1/body-starts-with-status',
      'bad-close-reason': 'draft-06/4.5.1/body-may-have-reason',
    } as const;
    for (const code of ['short-close-body', 'bad-status-code', 'bad-close-reason'] as const) {
      expect(clauseOfViolation(code)).toBe(clauses[code]);
      expect(statusOfViolation(code)).toBe(statusCodes.protocolError);
    }
  },
);
