/** The three texts, by the short names that begin every clause id. */
export const documents = {
  'draft-06': {
    title: 'The WebSocket protocol',
    name: 'draft-ietf-hybi-thewebsocketprotocol-06',
  },
  'requirements-02': {
    title: 'Requirements of the WebSocket protocol',
    name: 'draft-ietf-hybi-websocket-requirements-02',
  },
  'http-timeout-00': {
    title: 'HTTP timeouts',
    name: 'draft-thomson-hybi-http-timeout-00',
  },
} as const;

export type DocumentName = keyof typeof documents;

/**
 * How strongly a clause binds: the key word of its sentence, or of the sentence that introduces its algorithm. REQUIRED
 * is MUST, RECOMMENDED is SHOULD, OPTIONAL is MAY; so are "can", "could", "might" and "optionally" where they grant
 * leave. `definition` is a normative sentence without a key word, such as a grammar rule: other clauses rest on it, and
 * bytes that contradict it are not the protocol.
 */
export type Level = 'MUST' | 'MUST NOT' | 'SHOULD' | 'SHOULD NOT' | 'MAY' | 'definition';

/** Whom a clause binds. `endpoint` is both roles; `sender` and `receiver` are an endpoint in that direction. */
export type Party =
  'client' | 'server' | 'endpoint' | 'sender' | 'receiver' | 'intermediary' | 'protocol' | 'other specifications';

/**
 * How one can see whether a clause is kept: from the bytes and their order (`wire`), only from inside the endpoint
 * (`local`, for example its API, its timing or its source of entropy), or not at all (`nobody`).
 */
export type Seen = 'wire' | 'local' | 'nobody';

/** `document/section/slug`. */
export type ClauseAddress = `${DocumentName}/${string}/${string}`;

/** One normative sentence, or one step of a normative algorithm. */
export interface Clause<Id extends ClauseAddress = ClauseAddress> {
  readonly id: Id;
  readonly level: Level;
  readonly binds: readonly Party[];
  readonly seen: Seen;
  /** Why the clause cannot be seen on the wire; present exactly when `seen` is not `wire`. */
  readonly unseen?: string;
  /** What the sentence demands, in our own words. */
  readonly says: string;
}

/** The document that a clause id belongs to. */
export function documentOf(id: ClauseAddress): DocumentName {
  return id.slice(0, id.indexOf('/')) as DocumentName;
}

/** The section number inside the document, such as `4.5.2`. */
export function sectionOf(id: ClauseAddress): string {
  const start = id.indexOf('/') + 1;
  return id.slice(start, id.indexOf('/', start));
}

/**
 * Whether `id` lies under the selector `prefix`: equal to it, or continuing it at a boundary (`draft-06/4.5` covers
 * `draft-06/4.5.2/pong-echoes-body` but not `draft-06/4.50/x`).
 */
export function isUnder(id: string, prefix: string): boolean {
  if (!id.startsWith(prefix)) return false;
  const next = id.charAt(prefix.length);
  return next === '' || next === '/' || next === '.' || prefix.endsWith('/') || prefix === '';
}
