import { prepareJava } from '../java.js';
import type { Peer } from '../peer-program.js';

export const grizzly: Peer = {
  name: 'grizzly',
  about: 'The server and client of the GlassFish project, for Java, which speaks draft-06 beside drafts 07 and 08.',
  howToGet:
    'install a JDK and Maven, for example with `apt-get install default-jdk-headless maven`; Maven gets Grizzly 2.1.2',
  prepare: () => {
    const java = prepareJava('grizzly', ['EchoServer', 'EchoClient']);
    if (java === undefined) return undefined;
    return {
      version: '2.1.2',
      server: (port) => [...java('EchoServer'), String(port)],
      echoClient: java('EchoClient'),
    };
  },
  origin: 'http://hybi-spec.example',
  // Whether the answer to a Close goes out before the transport is stopped: see findings.md.
  byChance: [
    'close-not-answered',
    'bad-status-code',
    'not-answered',
    'close-not-read',
    'tcp-kept-open',
    'no-close',
    'bad-utf-8',
  ],
};
