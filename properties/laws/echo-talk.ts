import { type ClientConnectOptions, connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';

/** What became of a short conversation with an echo. */
export interface EchoTalk {
  /** What came back; absent where nothing did. */
  readonly echoed?: string;
  readonly isClean: boolean;
  /** How the connection ended, in words. */
  readonly why: string;
}

/** Sends a text to an echo, closes when it is back, and waits for the end. No other connection has to wait for this one. */
export function talkToEcho(url: string, options: ClientConnectOptions): Promise<EchoTalk> {
  return new Promise((resolve) => {
    let heard: Pick<EchoTalk, 'echoed'> = {};
    const client = connect(url, {
      line: createConnectingLine(),
      ...options,
      onOpen: () => {
        client.send('hello');
      },
      onMessage: (message) => {
        heard = { echoed: message.kind === 'text' ? message.text : '' };
        client.close({ status: 1000 });
      },
      onEnd: (outcome, why) => {
        resolve({ ...heard, isClean: outcome.clean, why });
      },
    });
  });
}
