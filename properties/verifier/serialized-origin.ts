/*
 * The value of Sec-WebSocket-Origin (draft-06/5.1/origin-ascii-serialization), as far as its form goes: whether it is
 * true is not on the wire. The form is that of draft-ietf-websec-origin-00, which section 5.1 cites:
 *
 *   origin-list-or-null = "null" | origin *( SP origin )     6.1; that there may be several is open (reading R-537)
 *   origin              = scheme "://" host [ ":" port ]     6.1; 5.2 leaves out a port that is the default one
 */

/** A host is an IP literal, or a name by RFC 3986; no name has a comma, which would be a list of another kind. */
const form = /^([a-z][a-z0-9+.-]*):\/\/(\[[0-9a-f:.]+\]|(?:[a-z0-9._~!$&'()*+;=-]|%[0-9a-f]{2})*)(?::(\d+))?$/i;

/** Schemes of which everybody knows that they have a host, and the port that is not written. */
const defaultPorts: Readonly<Record<string, number>> = { http: 80, https: 443, ws: 80, wss: 443 };

function isSerialized(origin: string): boolean {
  const [, scheme = '', host, port] = form.exec(origin) ?? [];
  const defaultPort = defaultPorts[scheme.toLowerCase()];
  // What else a scheme may do, such as "file" with its hosts, is left to whoever implements it (section 3, step 4).
  if (defaultPort === undefined) return host !== undefined;
  return host !== '' && (port === undefined || Number(port) !== defaultPort);
}

/**
 * Whether a value has the form of serialized origins. Capitals do not matter here: clauses of their own forbid them.
 * @param value of the header field, without the blanks around it
 */
export function isOriginValue(value: string): boolean {
  return value.toLowerCase() === 'null' || value.split(' ').every(isSerialized);
}
