/** The two timeouts as header fields of a head: put in, taken out, and tied to the hop by Connection (http-timeout-00). */
import { parseTokenList } from './header-list.js';
import { asciiLowerCase, equalsIgnoringAsciiCase, type HeaderField } from './http-head.js';
import {
  connectionOptions,
  connectionToken,
  serializeTimeout,
  timeoutHeaderNames,
  type Timeouts,
} from './timeout-header.js';

/**
 * The fields with these timeouts in the place of any that are there. Where Connection-Timeout is set, Connection gets
 * its token beside those that it has.
 * @throws RangeError when a value is not an integer from 0 to `Number.MAX_SAFE_INTEGER`, or Request-Timeout the larger
 *   one (http-timeout-00/3/not-above-connection-timeout)
 * @example withTimeouts([{ name: 'Connection', value: 'Upgrade' }], { connection: 60 })
 * // Connection: Upgrade, Connection-Timeout and Connection-Timeout: 60
 */
export function withTimeouts(
  fields: readonly HeaderField[],
  { request, connection }: Timeouts,
): readonly HeaderField[] {
  if (request !== undefined && connection !== undefined && request > connection) {
    throw new RangeError(`a Request-Timeout of ${request} is above the Connection-Timeout of ${connection}`);
  }
  const lasting = request === undefined ? fields : withoutField(fields, timeoutHeaderNames.request);
  const asked = request === undefined ? [] : [timeoutField(timeoutHeaderNames.request, request)];
  if (connection === undefined) return [...lasting, ...asked];
  const others = withoutField(lasting, timeoutHeaderNames.connection);
  // http-timeout-00/4/connection-token
  return [...withToken(others), ...asked, timeoutField(timeoutHeaderNames.connection, connection)];
}

/** The fields without those of a name. */
export function withoutField(fields: readonly HeaderField[], name: string): readonly HeaderField[] {
  return fields.filter((field) => !equalsIgnoringAsciiCase(field.name, name));
}

/** The fields without Connection-Timeout, and without its token in Connection. */
export function withoutConnectionTimeout(fields: readonly HeaderField[]): readonly HeaderField[] {
  return withoutField(fields, timeoutHeaderNames.connection).flatMap((field) => {
    if (!equalsIgnoringAsciiCase(field.name, 'Connection')) return [field];
    const tokens = parseTokenList([field.value]) ?? [];
    const left = tokens.filter((token) => asciiLowerCase(token) !== connectionToken);
    if (left.length === tokens.length) return [field];
    return left.length === 0 ? [] : [{ ...field, value: left.join(', ') }];
  });
}

function timeoutField(name: string, seconds: number): HeaderField {
  return { name, value: serializeTimeout(seconds) };
}

/** Adds the token to the first Connection that is a list, or as a Connection of its own. */
function withToken(fields: readonly HeaderField[]): readonly HeaderField[] {
  if (connectionOptions(fields).includes(connectionToken)) return fields;
  const first = fields.findIndex(
    ({ name, value }) => equalsIgnoringAsciiCase(name, 'Connection') && parseTokenList([value]) !== undefined,
  );
  if (first < 0) return [...fields, { name: 'Connection', value: timeoutHeaderNames.connection }];
  return fields.map((field, at) =>
    at === first ? { ...field, value: `${field.value}, ${timeoutHeaderNames.connection}` } : field,
  );
}
