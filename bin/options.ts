import { InvalidArgumentError } from '@commander-js/extra-typings';
import { knownExtensions } from '../impl/extensions.js';
import { parseProxy } from '../impl/proxy.js';
import { parseExtensions } from '../model/extension-header.js';
import type { ExtensionDefinition } from '../model/extension-registry.js';
import { isToken } from '../model/header-list.js';
import type { HeaderField } from '../model/http-head.js';
import { parseUri, type WebSocketUri } from '../model/uri.js';
import type { Script } from '../properties/campaign/script.js';
import { parseScript } from '../properties/campaign/script-text.js';
import { isOriginValue } from '../properties/verifier/serialized-origin.js';
import type { Reading } from '../spec/readings/reading.js';
import { type ReadingChoices, readings } from '../spec/readings.js';

/*
 * The values that options take. Each parser says in one line what was wrong and what to write instead; commander puts
 * the option's name in front.
 */

/** Makes an option repeatable: each use adds to a list. */
export function listOf<Value>(
  parse: (text: string) => Value,
): (text: string, before: readonly Value[] | undefined) => readonly Value[] {
  return (text, before = []) => [...before, parse(text)];
}

/** Any text. */
export const words = (text: string): string => text;

/** An integer in a range. */
export function integer(from: number, to: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < from || value > to) {
      throw new InvalidArgumentError(`Give an integer from ${from} to ${to}.`);
    }
    return value;
  };
}

/** The largest number of seconds for which a timer of the system can run. */
export const longestSeconds = 2_147_483;

/** A number of milliseconds; 0 waits without end. */
export function milliseconds(text: string): number {
  const value = integer(0, 2 ** 31 - 1)(text);
  return value === 0 ? Infinity : value;
}

/**
 * An origin as a client may send it, in lower case (draft-06/5.1/origin-ascii-serialization).
 * A wrong one cannot be sent by an option: `hybi connect --fault` has clients that send one.
 */
export function origin(text: string): string {
  if (!isOriginValue(text)) {
    throw new InvalidArgumentError(
      'An origin is a scheme, a host and a port that is not the default one, such as http://app.example, or null.',
    );
  }
  return text.toLowerCase();
}

/** `Name: value`, as it stands in an HTTP head. */
export function headerField(text: string): HeaderField {
  const colon = text.indexOf(':');
  const name = text.slice(0, Math.max(colon, 0)).trim();
  const value = text.slice(colon + 1).trim();
  if (!isToken(name)) throw new InvalidArgumentError(`Give it as 'Name: value'.`);
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new InvalidArgumentError('A value has no control characters and none above U+00FF.');
  }
  return { name, value };
}

/**
 * An option of a reading that is a parameter, as `R-404=ignore` or `pongAfterClose=ignore`; added to those before it.
 */
export function readingChoice(text: string, before: Partial<ReadingChoices> | undefined): Partial<ReadingChoices> {
  const [key = '', option = ''] = text.split('=');
  const found = Object.entries<Reading>(readings).find(([name, { number }]) => name === key || number === key);
  if (found === undefined) {
    throw new InvalidArgumentError('Give one that `hybi readings --parameters` lists, such as R-404=ignore.');
  }
  const [name, { number, options }] = found;
  if (!(option in options)) {
    throw new InvalidArgumentError(`${number} has the options ${Object.keys(options).join(', ')}.`);
  }
  return { ...before, [name]: option };
}

/** A `ws:` or `wss:` URI. */
export function webSocketUrl(text: string): { readonly text: string; readonly uri: WebSocketUri } {
  const parsed = parseUri(text);
  if (!parsed.ok) {
    throw new InvalidArgumentError(`${parsed.refusal.says}. Give a URL such as ws://127.0.0.1:8006/ instead.`);
  }
  return { text, uri: parsed.uri };
}

/** The address of a proxy. */
export function proxyUrl(text: string): string {
  try {
    parseProxy(text);
    return text;
  } catch (error) {
    throw new InvalidArgumentError((error as Error).message);
  }
}

/** An extension that is known here, as it stands in Sec-WebSocket-Extensions. */
export function extension(text: string): ExtensionDefinition {
  const [asked, another] = parseExtensions([text]) ?? [];
  const names = knownExtensions.map(({ name }) => name).join(', ');
  const known = knownExtensions.find(({ name }) => name === asked?.name);
  if (asked === undefined || another !== undefined || known === undefined) {
    throw new InvalidArgumentError(`Give one that is known here: ${names}.`);
  }
  if (known.answer(asked.parameters) === undefined) {
    throw new InvalidArgumentError(`${known.name} does not have these parameters. Give ${names}.`);
  }
  return { ...known, offers: [asked.parameters] };
}

/** A conversation in the form in which findings of random cases show it. */
export function conversation(text: string): Script {
  const parsed = parseScript(text);
  if (!parsed.ok) throw new InvalidArgumentError(`${parsed.why}. Give one such as 'text"abc" ping close:1000'.`);
  return parsed.script;
}

/** One of several words. */
export function oneOf<Word extends string>(...choices: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = choices.find((choice) => choice === text);
    if (found === undefined) throw new InvalidArgumentError(`Give one of ${choices.join(', ')}.`);
    return found;
  };
}
