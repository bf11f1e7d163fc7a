import fc from 'fast-check';
import { expect } from 'vitest';
import { fieldValues, type RequestHead } from '../../model/http-head.js';
import { readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { readOpeningResponse, writeOpeningResponse } from '../../model/opening-response.js';
import { heardTimeouts, readTimeouts } from '../../model/timeout-header.js';
import { defaultReadings } from '../../spec/readings.js';
import { clientTimeouts, seconds } from '../arbitraries/timeout.js';
import { sampleOffer } from '../simulation/reach.js';
import { law } from './law.js';

const accepted = (head: RequestHead, connectionTimeout?: number) => {
  const reading = readOpeningRequest(head);
  if (reading.kind !== 'opening') throw new Error(`not accepted: ${JSON.stringify(reading)}`);
  return writeOpeningResponse(reading.request, connectionTimeout === undefined ? {} : { connectionTimeout });
};

law(
  'the opening handshake of a client carries both timeouts, and is read like one without',
  ['http-timeout-00/3/client-adds', 'http-timeout-00/4/either-host', 'http-timeout-00/4/connection-token'],
  () => {
    fc.assert(
      fc.property(clientTimeouts(), (timeouts) => {
        const head = writeOpeningRequest({ ...sampleOffer, timeouts });
        expect(readTimeouts(head.fields)).toEqual(timeouts);
        expect(fieldValues(head, 'Connection')).toEqual([
          timeouts.connection === undefined ? 'Upgrade' : 'Upgrade, Connection-Timeout',
        ]);
        expect(readOpeningRequest(head).kind).toBe('opening');
      }),
    );
    expect(() => writeOpeningRequest({ ...sampleOffer, timeouts: { request: 9, connection: 8 } })).toThrow(RangeError);
  },
);

law(
  'a Connection-Timeout on a 101 fails the client that wants Upgrade alone, and no other',
  ['http-timeout-00/4/connection-token', 'http-timeout-00/4.2/can-apply', 'draft-06/5.1/response-connection'],
  () => {
    fc.assert(
      fc.property(seconds(), (told) => {
        const head = writeOpeningRequest(sampleOffer);
        const key = fieldValues(head, 'Sec-WebSocket-Key').join();
        const response = accepted(head, told);
        expect(heardTimeouts(response.fields)).toEqual({ connection: told });
        expect(readOpeningResponse(response, { key }).kind).toBe('violation');
        const readings = { ...defaultReadings, connectionOfResponse: 'token' as const };
        expect(readOpeningResponse(response, { key, readings }).kind).toBe('accepted');
        expect(readOpeningResponse(accepted(head), { key }).kind).toBe('accepted');
      }),
    );
  },
);
