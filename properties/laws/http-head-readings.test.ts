import fc from 'fast-check';
import { expect } from 'vitest';
import { bytesFromLatin1, concatBytes, latin1FromBytes } from '../../model/bytes.js';
import { createHeadReader, type HeadReading, readHead } from '../../model/http-head-reader.js';
import { serializeHead } from '../../model/http-head.js';
import { type ReadingChoices, type ReadingName, readings } from '../../spec/readings.js';
import { doubtfulHeads, requestHeads, responseHeads } from '../arbitraries/http-head.js';
import { readingChoices } from '../arbitraries/reading-choices.js';
import { segmentationsOf } from '../arbitraries/segmentation.js';
import { law } from './law.js';
import { under } from './under.js';

const http = ['draft-06/5.1/valid-http-request', 'draft-06/5.2.2/valid-http-response'] as const;
const headReadings: readonly ReadingName[] = (Object.keys(readings) as ReadingName[]).filter((name) =>
  /^R-(?:552|588|589|59\d)$/.test(readings[name].number),
);

function read(expects: 'request' | 'response', text: string, choices: Partial<ReadingChoices> = {}): HeadReading {
  return readHead(createHeadReader(expects, { readings: under(choices) }), bytesFromLatin1(text));
}

/** The head that a text is, or the code and offset of what is wrong with it. */
function outcome(expects: 'request' | 'response', text: string, choices: Partial<ReadingChoices> = {}): unknown {
  const reading = read(expects, text, choices);
  if (reading.kind === 'violation') return [reading.violation.code, reading.violation.offset];
  return reading.kind === 'head' ? reading.head : reading.kind;
}

/** Requests as they are sent, without bytes from 128 on. */
function requests(): fc.Arbitrary<string> {
  return requestHeads().map((head) => {
    const fields = head.fields.map(({ name, value }) => ({ name, value: value.replace(/[^\0-\x7f]/g, 'x') }));
    return latin1FromBytes(serializeHead({ ...head, fields }));
  });
}

law('a head that is sent means the same under all readings', http, () => {
  fc.assert(
    fc.property(requests(), readingChoices(headReadings), (text, choices) => {
      expect(outcome('request', text, choices)).toEqual(outcome('request', text));
      expect(read('request', text, choices).kind).toBe('head');
    }),
  );
});

law('under all readings how the bytes are cut changes neither the head nor the violation', http, () => {
  const cut = fc
    .oneof(
      doubtfulHeads(),
      doubtfulHeads().map((bytes) => bytesFromLatin1(latin1FromBytes(bytes).replaceAll('\r\n', '\n'))),
    )
    .chain((bytes) => segmentationsOf(bytes).map((segments) => ({ bytes, segments })));
  fc.assert(
    fc.property(fc.constantFrom('request', 'response'), cut, readingChoices(headReadings), (expects, sent, choices) => {
      const whole = readHead(createHeadReader(expects, { readings: choices }), sent.bytes);
      let parts: HeadReading = { kind: 'need-more', reader: createHeadReader(expects, { readings: choices }) };
      for (const [at, segment] of sent.segments.entries()) {
        if (parts.kind !== 'need-more') break;
        parts = readHead(parts.reader, segment);
        if (parts.kind === 'head')
          parts = { ...parts, rest: concatBytes([parts.rest, ...sent.segments.slice(at + 1)]) };
      }
      expect(parts).toEqual(whole);
    }),
    { numRuns: 200 },
  );
});

law('R-588: under "accept" a line feed alone ends a line, and offsets stay right', http, () => {
  const accept = { lineFeedAlone: 'accept' } as const;
  fc.assert(
    fc.property(requests(), fc.array(fc.boolean(), { minLength: 8 }), (text, places) => {
      let line = 0;
      const bare = text.replaceAll('\r\n', () => (places[line++ % places.length] === true ? '\n' : '\r\n'));
      expect(outcome('request', bare, accept)).toEqual(outcome('request', text));
      if (bare !== text) expect(outcome('request', bare)).toEqual(['bare-line-feed', bare.search(/(?<!\r)\n/)]);
    }),
  );
  const folded = 'GET / HTTP/1.1\na: b\n c\r\n d\nnothing\n\n';
  expect(outcome('request', folded, accept)).toEqual(['header-without-colon', folded.indexOf('\n\n')]);
  expect(outcome('request', 'GET / HTTP/1.1\na: b\n c\r\n d\n\n', accept)).toMatchObject({
    fields: [{ value: 'b c d' }],
  });
  expect(outcome('request', '\nGET\n', accept)).toEqual(['malformed-request-line', 4]);
  expect(outcome('request', 'GET / HTTP/1.1\r\r\n', accept)).toEqual(['bare-carriage-return', 14]);
});

law('R-589: under "refuse" a folded header field is malformed', ['draft-06/5.1/valid-http-request'], () => {
  const refuse = { foldedField: 'refuse' } as const;
  fc.assert(
    fc.property(requests(), fc.constantFrom(' ', '\t'), (text, blank) => {
      const head = text.replace(/\r\n\r\n$/, '\r\nX-Folded: a');
      const fold = `${head}\r\n${blank}b\r\n\r\n`;
      expect(read('request', fold)).toMatchObject({ kind: 'head' });
      expect(outcome('request', fold, refuse)).toEqual(['folded-field', head.length + 2]);
    }),
    { numRuns: 30 },
  );
  expect(outcome('request', 'GET / HTTP/1.1\r\n a: b\r\n\r\n', refuse)).toEqual(['fold-without-field', 16]);
});

law('R-590: under "refuse" no white space stands before the colon', http, () => {
  for (const blank of [' ', '\t', ' \t ', '\r\n ']) {
    const text = `HTTP/1.1 101 x\r\nUpgrade${blank}: websocket\r\n\r\n`;
    expect(outcome('response', text)).toMatchObject({ fields: [{ name: 'Upgrade', value: 'websocket' }] });
    expect(outcome('response', text, { blankBeforeColon: 'refuse' })).toEqual(['malformed-header-name', 23]);
  }
});

law('R-593: empty lines in front of a head are passed over or malformed', http, () => {
  const heads = fc.oneof(requestHeads(), responseHeads());
  fc.assert(
    fc.property(heads, fc.integer({ min: 1, max: 3 }), (head, lines) => {
      const text = latin1FromBytes(serializeHead(head));
      const late = '\r\n'.repeat(lines) + text;
      const outcomeUnder = (emptyLinesFirst: ReadingChoices['emptyLinesFirst']) =>
        outcome(head.kind, late, { emptyLinesFirst });
      const code = head.kind === 'request' ? 'malformed-request-line' : 'malformed-status-line';
      expect(outcomeUnder('both')).toEqual(outcome(head.kind, text));
      expect(outcomeUnder('neither')).toEqual([code, 0]);
      expect(outcomeUnder('request-only')).toEqual(head.kind === 'request' ? outcome('request', text) : [code, 0]);
    }),
  );
});

law('R-594: under "refuse" a value has no byte from 128 on', ['draft-06/5.1/valid-http-request'], () => {
  fc.assert(
    fc.property(fc.integer({ min: 0x80, max: 0xff }), fc.constantFrom('', 'ab '), (code, before) => {
      const text = `GET / HTTP/1.1\r\nX: ${before}${String.fromCharCode(code)}\r\n\r\n`;
      const offset = 19 + before.length;
      expect(outcome('request', text)).toMatchObject({ fields: [{ name: 'X' }] });
      expect(outcome('request', text, { bytesAboveAscii: 'refuse' })).toEqual(['value-outside-ascii', offset]);
    }),
  );
});

law('R-595: under "matters" HTTP stands in capitals', ['draft-06/5.1/http-1.1'], () => {
  const matters = { caseOfHttp: 'matters' } as const;
  fc.assert(
    fc.property(fc.mixedCase(fc.constant('http')), (name) => {
      const request = `GET / ${name}/1.1\r\n\r\n`;
      expect(outcome('request', request)).toMatchObject({ version: { major: 1, minor: 1 } });
      expect(outcome('response', `${name}/1.1 101 x\r\n\r\n`)).toMatchObject({ status: 101 });
      const isRight = name === 'HTTP';
      expect(outcome('request', request, matters)).toEqual(
        isRight ? outcome('request', request) : ['malformed-request-line', 6],
      );
      if (!isRight)
        expect(outcome('response', `${name}/1.1 101 x\r\n\r\n`, matters)).toEqual(['malformed-status-line', 0]);
    }),
  );
});

law('a status line that ends behind the version is malformed there under all readings', http, () => {
  fc.assert(
    fc.property(readingChoices(headReadings), (choices) => {
      expect(outcome('response', 'HTTP/1.1\r\n', choices)).toEqual(['malformed-status-line', 8]);
    }),
    { numRuns: 20 },
  );
});

law('R-597: under "accept" blanks separate the parts of a request line', ['draft-06/5.2.1/get-request'], () => {
  const accept = { spacesInRequestLine: 'accept' } as const;
  const blanks = fc.string({ unit: fc.constantFrom(' ', '\t'), minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(blanks, blanks, (one, other) => {
      const text = `GET${one}/chat${other}HTTP/1.1\r\n\r\n`;
      expect(outcome('request', text, accept)).toMatchObject({ method: 'GET', target: '/chat' });
      expect(read('request', text).kind).toBe(one === ' ' && other === ' ' ? 'head' : 'violation');
    }),
  );
  expect(outcome('request', 'GET/ HTTP/1.1\r\n', accept)).toEqual(['malformed-request-line', 3]);
  expect(outcome('request', 'GET  \r\n', accept)).toEqual(['malformed-request-line', 5]);
});

law('R-552: under "skip" a 100 in front of the response is passed over', ['draft-06/5.1/status-101'], () => {
  const skip = { continueResponse: 'skip' } as const;
  fc.assert(
    fc.property(responseHeads(), fc.integer({ min: 1, max: 3 }), (head, times) => {
      const text = latin1FromBytes(serializeHead({ ...head, status: 101 }));
      const late = 'HTTP/1.1 100 Continue\r\nA: b\r\n\r\n'.repeat(times) + text;
      expect(read('response', late)).toMatchObject({ kind: 'head', head: { status: 100 }, length: 31 });
      expect(outcome('response', late, skip)).toEqual(outcome('response', text));
      expect(read('response', late, skip)).toMatchObject({ length: late.length });
    }),
  );
  // All of it counts towards the length that a head may have.
  const readings = under(skip);
  const endless = bytesFromLatin1('HTTP/1.1 100 \r\n\r\n'.repeat(10));
  const reading = readHead(createHeadReader('response', { maxBytes: 100, readings }), endless);
  expect(reading).toMatchObject({ violation: { code: 'head-too-large', offset: 100 } });
  expect(outcome('request', 'GET / HTTP/1.1\r\n\r\n', skip)).toMatchObject({ method: 'GET' });
  expect(outcome('response', 'HTTP/1.1 102 \r\n\r\n', skip)).toMatchObject({ status: 102 });
});
