import fc from 'fast-check';
import { expect } from 'vitest';
import { defaultReadings, type ReadingChoices } from '../../spec/readings.js';
import { maxControlPayload } from '../../spec/wire.js';
import { concatBytes } from '../../model/bytes.js';
import { type CloseReason, isStatusCodeAllowed, readCloseBody, writeCloseBody } from '../../model/close-body.js';
import type { Effect } from '../../model/connection.js';
import { frameOf } from '../../model/frame.js';
import { answerTo } from '../../model/perform.js';
import { step } from '../../model/step.js';
import { describeViolation, frameViolations, type FrameViolationCode } from '../../model/violation.js';
import { closeReasons, sendableStatusCodes } from '../arbitraries/close.js';
import { doubtfulUtf8 } from '../arbitraries/doubtful-utf8.js';
import { texts } from '../arbitraries/message.js';
import { ended, open, roles, statusClose, whenRead } from '../simulation/closing.js';
import { law } from './law.js';

/* The readings of sections 4.5.1 and 7.4: what a Close says, and which Close counts. */

const under = (choices: Partial<ReadingChoices>): ReadingChoices => ({ ...defaultReadings, ...choices });
const lengthOf = (text: string): number => new TextEncoder().encode(text).length;

/** What the Close among effects says. */
function closeIn(effects: readonly Effect[]): unknown {
  const [frame] = effects.flatMap((effect) => (effect.type === 'write-frame' ? [effect.frame] : []));
  return frame === undefined ? undefined : readCloseBody(frame.applicationData, 0);
}

law(
  'a Close without a body has no status code, or 1000 (R-731)',
  ['draft-06/4.5.1/close-may-have-body', 'draft-06/7.4/optional-parts'],
  () => {
    fc.assert(
      fc.property(closeReasons(), (close) => {
        const body = writeCloseBody(close);
        const read = readCloseBody(body, 0);
        expect(readCloseBody(body, 0, under({ absentStatus: 'normal' }))).toEqual(
          body.length === 0 ? { status: 1000 } : read,
        );
        if (body.length === 0) expect(read).toEqual({});
      }),
    );
  },
);

law(
  'a body begins with a status code, or may be a reason alone (R-737)',
  ['draft-06/4.5.1/body-starts-with-status', 'draft-06/7.4/optional-parts'],
  () => {
    const body = fc.oneof(
      doubtfulUtf8(),
      fc
        .tuple(sendableStatusCodes(), doubtfulUtf8())
        .map(([status, text]) => concatBytes([Uint8Array.of(status >> 8, status & 0xff), text])),
    );
    fc.assert(
      fc.property(body, fc.constantFrom('none', 'normal'), (bytes, absentStatus) => {
        const strict = readCloseBody(bytes, 3, under({ absentStatus }));
        const free = readCloseBody(bytes, 3, under({ absentStatus, reasonAlone: 'yes' }));
        const [high = 0, low] = bytes;
        const hasStatus = low !== undefined && isStatusCodeAllowed(high * 256 + low);
        if (bytes.length === 0 || hasStatus) {
          expect(free).toEqual(strict);
          return;
        }
        const code = low === undefined ? 'short-close-body' : 'bad-status-code';
        expect(strict).toMatchObject({ code, offset: 3 });
        const reason = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
        expect(free).toEqual({ ...(absentStatus === 'normal' ? { status: 1000 } : {}), reason });
      }),
    );
    fc.assert(
      fc.property(
        texts().filter((text) => text !== '' && lengthOf(text) <= maxControlPayload),
        (reason) => {
          expect(() => writeCloseBody({ reason })).toThrow(RangeError);
          expect(writeCloseBody({ reason }, under({ reasonAlone: 'yes' }))).toEqual(new TextEncoder().encode(reason));
        },
      ),
    );
  },
);

law(
  'a reason that is too long is refused, or cut in front of the character that does not fit (R-735, R-461)',
  ['draft-06/4.5.1/body-may-have-reason', 'draft-06/4.5/control-at-most-125'],
  () => {
    const unit = fc.constantFrom('x', '\xe9', '\u20ac', '\u{1f600}');
    const reasons = fc.array(unit, { minLength: 20, maxLength: 70 }).map((units) => units.join(''));
    const limits = fc.constantFrom('payload', 'frame');
    fc.assert(
      fc.property(fc.option(sendableStatusCodes()), reasons, limits, (status, reason, controlLimit) => {
        const close: CloseReason = status === null ? { reason } : { status, reason };
        const choices = { controlLimit, reasonAlone: 'yes' } as const;
        const room = maxControlPayload - (controlLimit === 'frame' ? 2 : 0) - (status === null ? 0 : 2);
        const write = () => writeCloseBody(close, under(choices));
        const cut = writeCloseBody(close, under({ ...choices, longReason: 'cut' }));
        if (lengthOf(reason) <= room) {
          expect(cut).toEqual(write());
          return;
        }
        expect(write).toThrow(RangeError);
        const text = new TextDecoder('utf-8', { fatal: true }).decode(cut.subarray(status === null ? 0 : 2));
        expect(reason.startsWith(text)).toBe(true);
        const next = String.fromCodePoint(reason.codePointAt(text.length) ?? 0);
        expect(lengthOf(text)).toBeLessThanOrEqual(room);
        expect(lengthOf(text + next)).toBeGreaterThan(room);
      }),
    );
    // What an endpoint says of a violation fits under every reading.
    for (const code of Object.keys(frameViolations) as FrameViolationCode[]) {
      expect(lengthOf(describeViolation(code))).toBeLessThanOrEqual(maxControlPayload - 4);
    }
  },
);

law(
  'the answer to a Close repeats its status code, has one of its own, or none (R-472)',
  ['draft-06/4.5.1/close-answered', 'draft-06/7.4/may-give-reason'],
  () => {
    fc.assert(
      fc.property(roles(), fc.option(fc.integer({ min: 1000, max: 4999 })), (role, status) => {
        const received =
          status === null ? frameOf('close') : frameOf('close', Uint8Array.of(status >> 8, status & 0xff));
        const answerUnder = (answeringStatus: ReadingChoices['answeringStatus']) =>
          closeIn(whenRead(open(role, { answeringStatus }), received)[1]);
        const maySend = status !== null && isStatusCodeAllowed(status, 'defined');
        expect(answerUnder('echo')).toEqual(maySend ? { status, reason: '' } : {});
        expect(answerUnder('own')).toEqual({ status: 1000, reason: '' });
        expect(answerUnder('none')).toEqual({});
        expect(answerTo(status === null ? {} : { status })).toEqual(maySend ? { status } : {});
      }),
    );
  },
);

law(
  'a server closes over text that is not valid with 1002, with 1003 or without a status code (R-610)',
  ['draft-06/6.2/server-could', 'draft-06/7.4.1/1002-protocol-error', 'draft-06/7.4.1/1003-unacceptable-data'],
  () => {
    const choices = fc.constantFrom('protocol-error', 'unacceptable', 'none');
    fc.assert(
      fc.property(doubtfulUtf8(), choices, (text, badTextStatus) => {
        const server = open('server', { serverUtf8: 'close', badTextStatus });
        const [, effects] = whenRead(server, frameOf('text', text));
        const isBad = effects.some((effect) => effect.type === 'violation' && effect.violation.code === 'bad-utf-8');
        const reason = describeViolation('bad-utf-8');
        const status = badTextStatus === 'unacceptable' ? 1003 : 1002;
        const expected = badTextStatus === 'none' ? {} : { status, reason };
        expect(closeIn(effects)).toEqual(isBad ? expected : undefined);
        // Every other violation keeps its own status code.
        const [, others] = whenRead(server, frameOf('continuation'));
        expect(closeIn(others)).toMatchObject({ status: 1002, reason: describeViolation('orphan-continuation') });
      }),
    );
  },
);

law(
  'of two Closes with different codes both are told, the one received, or the first (R-736)',
  ['draft-06/7.4/may-give-reason', 'draft-06/4.5.1/simultaneous-close'],
  () => {
    const code = sendableStatusCodes();
    const unequal = fc
      .tuple(code, code, fc.boolean())
      .map(([sent, other, same]) => [sent, same ? sent : other] as const);
    fc.assert(
      fc.property(roles(), unequal, fc.boolean(), (role, [sent, received], isLocal) => {
        const outcomeUnder = (countingStatus: ReadingChoices['countingStatus']) => {
          const own = { close: { status: sent } };
          const start = open(role, { countingStatus }, { answersCloseAtOnce: false });
          const [begun] = isLocal ? step(start, { type: 'local.close', ...own }) : [start];
          const [read] = whenRead(begun, statusClose(received));
          const [both] = isLocal ? [read] : step(read, { type: 'local.answer', ...own });
          expect(ended).toContain(both.state);
          const last = step(both, { type: 'transport.ended' })[1].at(-1);
          return last?.type === 'closed' ? { ...last.outcome, state: undefined } : undefined;
        };
        const both = { clean: true, sent: { status: sent }, received: { status: received, reason: '' } };
        const one = (which: 'sent' | 'received') => (sent === received ? both : { clean: true, [which]: both[which] });
        expect(outcomeUnder('both')).toEqual(both);
        expect(outcomeUnder('received')).toEqual(one('received'));
        expect(outcomeUnder('first')).toEqual(one(isLocal ? 'sent' : 'received'));
      }),
    );
    // One Close alone counts whatever the reading.
    for (const countingStatus of ['both', 'received', 'first'] as const) {
      const [closing] = step(open('client', { countingStatus }), { type: 'local.close', close: { status: 1001 } });
      expect(step(closing, { type: 'transport.lost' })[1].at(-1)).toMatchObject({
        outcome: { sent: { status: 1001 } },
      });
    }
  },
);
