import { describe, expect, test } from 'vitest';
import { hexOf } from '../../model/explain.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import { readOpeningRequest } from '../../model/opening-request.js';
import { acceptSteps, keys } from './handshake-accept.js';
import { asked, exampleRequest, exampleResponse, readAsClient } from './handshake-example.js';
import { alteredBytes, alteredRequests } from './handshake-refusals.js';

describe('the opening handshake of the page', () => {
  test('is accepted by both sides', () => {
    expect(readOpeningRequest(exampleRequest).kind).toBe('opening');
    expect(readAsClient(exampleResponse)).toMatchObject({
      kind: 'accepted',
      agreement: { subprotocol: 'chat', extensions: asked.extensions },
    });
  });

  test('has steps to an Accept that are those of the model, and of the text for its key', () => {
    for (const key of Object.values(keys)) {
      const { digest, accept } = acceptSteps(key);
      expect(Buffer.from(digest).toString('base64')).toBe(accept);
    }
    const { digest, accept } = acceptSteps(keys.sample);
    expect(hexOf(digest)).toBe('b37a4f2cc0624f1690f64606cf385945b2bec4ea');
    expect(accept).toBe('s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
  });

  test('has two keys for one nonce, with two answers', () => {
    const [written, canonical] = [acceptSteps(keys.written), acceptSteps(keys.canonical)];
    expect(written.nonce).toEqual(canonical.nonce);
    expect(written.accept).not.toBe(canonical.accept);
  });

  test('is refused with any of the changes, each for another reason or in another way', () => {
    for (const { what, head } of alteredRequests) expect(readOpeningRequest(head).kind, what).toBe('violation');
    const codes = alteredBytes.map(({ what, bytes }) => {
      const reading = readHead(createHeadReader('request'), bytes);
      return reading.kind === 'violation' ? reading.violation.code : what;
    });
    expect(new Set(codes).size).toBe(alteredBytes.length);
    expect(codes.filter((code) => code.includes(' '))).toEqual([]);
  });
});
