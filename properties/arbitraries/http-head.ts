import fc from 'fast-check';
import { bytesFromLatin1 } from '../../model/bytes.js';
import type { HeaderField, HttpVersion, RequestHead, ResponseHead } from '../../model/http-head.js';
import { textCharacters, tokens } from './header-list.js';

type Head = RequestHead | ResponseHead;

/** A head with one of its spellings. */
export interface SpelledHead {
  readonly head: RequestHead | ResponseHead;
  readonly bytes: Uint8Array;
}

const targetCharacters = textCharacters.filter((character) => character !== ' ' && character !== '\t');

function texts(): fc.Arbitrary<string> {
  const unit = fc.oneof(fc.constantFrom(...textCharacters), fc.constantFrom(' ', 'a'));
  return fc.string({ unit, maxLength: 20 });
}

function versions(): fc.Arbitrary<HttpVersion> {
  const number = fc.oneof(fc.nat(2), fc.maxSafeNat());
  return fc.record({ major: number, minor: number });
}

/**
 * `field-name ":" [ field-value ]` (RFC 2616 section 4.2), the value without LWS around it and without folds. Names are
 * few enough to repeat, in several cases of their letters; up to six fields.
 */
export function headerFields(): fc.Arbitrary<readonly HeaderField[]> {
  const name = fc.oneof(tokens(), fc.constantFrom('Host', 'host', 'HOST', 'Upgrade', 'uPGRADE', 'X-1'));
  const value = texts().map((text) => text.replace(/^[ \t]+|[ \t]+$/g, ''));
  return fc.array(fc.record({ name, value }), { maxLength: 6 });
}

/** `Method SP Request-URI SP HTTP-Version` and header fields (RFC 2616 section 5). */
export function requestHeads(): fc.Arbitrary<RequestHead> {
  return fc.record({
    kind: fc.constant('request'),
    method: fc.oneof(fc.constant('GET'), tokens()),
    target: fc.string({ unit: fc.constantFrom(...targetCharacters), minLength: 1, maxLength: 20 }),
    version: versions(),
    fields: headerFields(),
  });
}

/** `HTTP-Version SP 3DIGIT SP Reason-Phrase` and header fields (RFC 2616 section 6). */
export function responseHeads(): fc.Arbitrary<ResponseHead> {
  return fc.record({
    kind: fc.constant('response'),
    version: versions(),
    status: fc.oneof(fc.constant(101), fc.nat(999)),
    reason: texts(),
    fields: headerFields(),
  });
}

/** Requests and responses. */
export function heads(): fc.Arbitrary<Head> {
  return fc.oneof(requestHeads(), responseHeads());
}

/**
 * Heads with one of their spellings.
 *
 *     request        = *CRLF Request-Line *( message-header ) CRLF             ; empty lines: RFC 2616 section 4.1
 *     response       = Status-Line *( message-header ) CRLF
 *     HTTP-Version   = "HTTP" "/" 1*DIGIT "." 1*DIGIT                          ; any case, leading zeros
 *     message-header = field-name *LWS ":" *LWS [ field-value ] *LWS CRLF
 *     LWS            = [ CRLF ] 1*( SP | HT )                                  ; RFC 2616 section 2.2
 *
 * A single SP inside a value may be spelled as LWS with a fold.
 */
export function spelledHeads(): fc.Arbitrary<SpelledHead> {
  return heads().chain((head) =>
    fc
      .tuple(spelledStartLine(head), fc.tuple(...head.fields.map(spelledField)))
      .map(([start, fields]) => ({ head, bytes: bytesFromLatin1(`${start}\r\n${fields.join('')}\r\n`) })),
  );
}

function spelledStartLine(head: Head): fc.Arbitrary<string> {
  const version = spelledVersion(head.version);
  if (head.kind === 'response') {
    const status = String(head.status).padStart(3, '0');
    return version.map((text) => `${text} ${status} ${head.reason}`);
  }
  const emptyLines = fc.nat(2).map((count) => '\r\n'.repeat(count));
  return fc.tuple(emptyLines, version).map(([empty, text]) => `${empty}${head.method} ${head.target} ${text}`);
}

function spelledVersion({ major, minor }: HttpVersion): fc.Arbitrary<string> {
  const zeros = fc.nat(3).map((count) => '0'.repeat(count));
  const literal = fc.constantFrom('HTTP', 'HTTP', 'http', 'hTTp');
  return fc.tuple(literal, zeros, zeros).map(([name, a, b]) => `${name}/${a}${major}.${b}${minor}`);
}

function spelledField({ name, value }: HeaderField): fc.Arbitrary<string> {
  // Only an SP without blanks beside it: a fold takes all blanks around it along.
  const parts = value.split(/(?<=[^ \t]) (?=[^ \t])/);
  const gaps = parts.slice(1).map(() => fc.oneof(fc.constant(' '), fold()));
  return fc
    .tuple(whiteSpace(), whiteSpace(), fc.tuple(...gaps), whiteSpace())
    .map(([before, behind, spelled, last]) => {
      const spelledValue = parts.map((part, index) => part + (spelled[index] ?? '')).join('');
      return `${name}${before}:${behind}${spelledValue}${last}\r\n`;
    });
}

/** `*LWS` */
function whiteSpace(): fc.Arbitrary<string> {
  return fc.array(fc.constantFrom(' ', '\t', '\r\n ', '\r\n\t'), { maxLength: 3 }).map((parts) => parts.join(''));
}

/** `*LWS` with at least one CRLF. */
function fold(): fc.Arbitrary<string> {
  return fc.tuple(whiteSpace(), fc.constantFrom('\r\n ', '\r\n\t'), whiteSpace()).map((parts) => parts.join(''));
}

/** Bytes that pretend to be a head: a right spelling with some bytes replaced, or pieces that heads are made of. */
export function doubtfulHeads(): fc.Arbitrary<Uint8Array> {
  const piece = fc.constantFrom(
    ...['GET / HTTP/1.1', 'HTTP/1.1 101 x', 'GET', 'HTTP/', '1.1', '\r\n', '\r\n', '\r', '\n', 'Host', ':', ' ', '\t'],
    ...['\r\n ', '"', '\0', '\x7f', '\xff', 'a: b\r\n', '\r\n\r\n'],
  );
  return fc.oneof(
    fc.uint8Array({ maxLength: 60 }),
    fc.array(piece, { maxLength: 20 }).map((pieces) => bytesFromLatin1(pieces.join(''))),
    fc
      .tuple(spelledHeads(), fc.array(fc.tuple(fc.nat(400), doubtfulBytes()), { maxLength: 3 }))
      .map(([{ bytes }, changes]) => {
        const changed = bytes.slice();
        for (const [at, byte] of changes) changed[at % changed.length] = byte;
        return changed;
      }),
  );
}

function doubtfulBytes(): fc.Arbitrary<number> {
  return fc.oneof(fc.nat(255), fc.constantFrom(0x0d, 0x0a, 0x20, 0x09, 0x3a, 0x00));
}
