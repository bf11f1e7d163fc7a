import { fileURLToPath } from 'node:url';
import type { PeerProgram } from '../peer-program.js';

/** em-websocket, a server in Ruby that speaks draft-06 beside other drafts. The program stands in the source tree. */
export const emWebSocket: PeerProgram = {
  name: 'em-websocket',
  howToGet: 'install Ruby and em-websocket 0.5.1, for example with `apt-get install ruby-em-websocket`',
  versionCommand: [
    'ruby',
    '-e',
    "require 'em-websocket'; require 'em-websocket/version'; puts EventMachine::Websocket::VERSION",
  ],
  startCommand: (port) => [
    'ruby',
    fileURLToPath(new URL('../../../../properties/peers/em-websocket/echo.rb', import.meta.url)),
    String(port),
  ],
};
