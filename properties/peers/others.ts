/** An implementation of the time that is no peer of ours. */
export interface OtherPeer {
  readonly name: string;
  /** What was seen of it, on the wire unless the source is named. */
  readonly says: string;
}

/** What was looked at, and is not among the peers. */
export const otherPeers: readonly OtherPeer[] = [
  {
    name: 'Jetty 7.4.1, 7.4.5 and 7.5.0.RC0, and 8.0.0.M3 (Maven Central)',
    says: 'draft-06; judged as servers: case by case the same findings as 7.4.0 against a MUST and a SHOULD',
  },
  {
    name: 'Grizzly 1.9.34 to 1.9.36 (Maven Central)',
    says: 'draft-06, and every version that a client names. 1.9.36 was judged as a server: fragments of a text come back as messages of their own, versions are not looked at, and, by its source, a thread that waits for the rest of a frame never comes back; so what it answers depends on what came before, and it is no peer of every run',
  },
  {
    name: 'Grizzly 2.1.3, 2.1.4 and 2.1.7 (Maven Central)',
    says: 'draft-06 beside drafts 07 and later, judged as servers; other defects than 2.1.2: 2.1.3 and 2.1.4 answer a Close with a status that section 7.4 does not have and keep TCP open, 2.1.7 loses fragmented messages',
  },
  {
    name: 'Webbit 0.1.16, 0.2.0 and 0.2.9 (Maven Central)',
    says: 'by its source: hixie-75 and hixie-76 only; version 8 only; version 8 and later',
  },
  {
    name: 'websocket 0.0.1 and 1.0.0 (npm)',
    says: 'by its source: version 8 only, then 8 and 13; its page speaks of a branch for draft-06 that no registry has',
  },
  { name: 'ws 0.2.6 (npm)', says: 'by its source: versions 8 and 13' },
  { name: 'faye-websocket 0.1.2 (npm)', says: 'by its source: hixie-75 and hixie-76' },
  { name: 'txWS, Autobahn 0.3 and 0.4, gevent-websocket, ws4py 0.3.2 and later (PyPI)', says: 'not draft-06' },
  { name: 'jWebSocket', says: 'not in Maven Central' },
  { name: 'Resin (Maven Central)', says: 'from 4.0.52 on, of years later; not run' },
];
