import { prepareJava } from '../java.js';
import type { Peer } from '../peer-program.js';

export const jetty: Peer = {
  name: 'jetty',
  released: '2011-04-14',
  about:
    'A server for Java, in its first release with draft-06, six weeks younger than the text; and the test client in its jar.',
  howToGet:
    'install a JDK and Maven, for example with `apt-get install default-jdk-headless maven`; Maven gets Jetty 7.4.0',
  prepare: () => {
    const java = prepareJava('jetty', ['EchoServer']);
    if (java === undefined) return undefined;
    const client = java('org.eclipse.jetty.websocket.TestClient');
    return {
      version: '7.4.0.v20110414',
      server: (port) => [...java('EchoServer'), String(port)],
      // Two texts of 300 letters each, in fragments of 150: it cannot make a last one that is shorter than the others.
      talkingClient: (port) => [...client, '-p', String(port), '-P', 'echo', '-c', '2', '-s', '300', '-f', '150'],
    };
  },
};
