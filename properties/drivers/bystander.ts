import { connect } from '../../impl/client.js';
import { createConnectingLine } from '../../impl/connecting.js';

/** A connection that goes on echoing while something else happens to its server. */
export interface Bystander {
  /** Closes; resolves with what came back since it was opened, and whether all was right. */
  readonly leave: () => Promise<{
    readonly echoes: number;
    readonly isUndisturbed: boolean;
    readonly slowestMs: number;
  }>;
}

/** Opens a connection to an echo and talks to it, one message after the other. */
export function bystander(url: string): Promise<Bystander> {
  return new Promise((resolve) => {
    let echoes = 0;
    let slowestMs = 0;
    let isRight = true;
    let isLeaving = false;
    let sentAt = 0;
    let leave = (_clean: boolean): void => undefined;
    const client = connect(url, {
      line: createConnectingLine(),
      onOpen: () => {
        sentAt = Date.now();
        client.send('0');
        resolve({
          leave: () =>
            new Promise((left) => {
              isLeaving = true;
              leave = (clean) => {
                left({ echoes, isUndisturbed: isRight && clean, slowestMs });
              };
            }),
        });
      },
      onMessage: (message) => {
        isRight &&= message.kind === 'text' && message.text === String(echoes);
        slowestMs = Math.max(slowestMs, Date.now() - sentAt);
        echoes++;
        if (isLeaving) client.close({ status: 1000 });
        else {
          setTimeout(() => {
            sentAt = Date.now();
            if (client.canSend()) client.send(String(echoes));
          }, 2);
        }
      },
      onEnd: ({ clean }) => {
        leave(clean);
      },
    });
  });
}
