import { prepareJava } from '../java.js';
import type { Peer } from '../peer-program.js';

export const grizzly19: Peer = {
  name: 'grizzly-1.9',
  released: '2011-06-17',
  about:
    'The line of Grizzly before version 2, for Java: other code by the same hands, eleven weeks younger than the text, which speaks draft-06 and nothing else.',
  howToGet:
    'install a JDK and Maven, for example with `apt-get install default-jdk-headless maven`; Maven gets Grizzly 1.9.36',
  prepare: () => {
    const java = prepareJava('grizzly-1.9', ['EchoServer']);
    return java === undefined
      ? undefined
      : { version: '1.9.36', server: (port) => [...java('EchoServer'), String(port)] };
  },
  origin: 'http://hybi-spec.example',
};
