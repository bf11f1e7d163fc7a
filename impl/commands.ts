import type { ReadingChoices } from '../spec/readings.js';
import type { CloseReason } from '../model/close-body.js';
import type { Input } from '../model/connection.js';
import type { DataKind } from '../model/fragmentation.js';
import type { Acceptance, Rejection } from '../model/opening-response.js';
import { encodeUtf8 } from '../model/utf8.js';

/** What an application may ask of a connection. Each throws RangeError when the state does not allow it. */
export interface Commands {
  readonly accept: (acceptance?: Acceptance) => void;
  readonly reject: (rejection: Rejection) => void;
  /** Sends a text, or bytes as a binary message. */
  readonly send: (message: string | Uint8Array) => void;
  /** Sends a fragment; `data` of a text is UTF-8. */
  readonly sendFragment: (kind: DataKind, data: Uint8Array, fin: boolean) => void;
  readonly ping: (body?: Uint8Array) => void;
  readonly close: (close?: CloseReason) => void;
  readonly answer: (close?: CloseReason) => void;
  readonly drop: () => void;
}

/** The commands as inputs of the model. */
export function commandsOf(
  feed: (input: Input) => void,
  { loneSurrogate }: Pick<ReadingChoices, 'loneSurrogate'>,
): Commands {
  return {
    accept: (acceptance = {}) => {
      feed({ type: 'local.accept', acceptance });
    },
    reject: (rejection) => {
      feed({ type: 'local.reject', rejection });
    },
    send: (message) => {
      const isText = typeof message === 'string';
      feed({
        type: 'local.send',
        kind: isText ? 'text' : 'binary',
        data: isText ? encodeUtf8(message, loneSurrogate) : message,
      });
    },
    sendFragment: (kind, data, fin) => {
      feed({ type: 'local.send', kind, data, fin });
    },
    ping: (body = new Uint8Array(0)) => {
      feed({ type: 'local.ping', body });
    },
    close: (close = {}) => {
      feed({ type: 'local.close', close });
    },
    answer: (close) => {
      feed(close === undefined ? { type: 'local.answer' } : { type: 'local.answer', close });
    },
    drop: () => {
      feed({ type: 'local.drop' });
    },
  };
}
