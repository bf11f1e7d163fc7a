import { fileURLToPath } from 'node:url';
import { outputOf, type Peer } from '../peer-program.js';

const echo = fileURLToPath(new URL('../../../../properties/peers/em-websocket/echo.rb', import.meta.url));
const versionProgram = "require 'em-websocket'; require 'em-websocket/version'; puts EventMachine::Websocket::VERSION";

export const emWebSocket: Peer = {
  name: 'em-websocket',
  released: '2014-04-23',
  about: 'A server for EventMachine, in Ruby, that still speaks draft-06 beside ten other versions of the protocol.',
  howToGet: 'install Ruby and em-websocket 0.5.1, for example with `apt-get install ruby-em-websocket`',
  // It unmasks byte by byte, in Ruby.
  timeout: 3000,
  prepare: () => {
    const version = outputOf(['ruby', '-e', versionProgram]);
    return version === undefined ? undefined : { version, server: (port) => ['ruby', echo, String(port)] };
  },
};
