import { byNumber, type ChosenReadings } from '../properties/verifier/chosen-readings.js';
import type { EchoChoice } from '../properties/verifier/baseline.js';
import type { HeaderField } from '../model/http-head.js';
import { usual } from './run-options.js';

/** A word as a shell takes it. */
export const quoted = (text: string): string =>
  /^[\w:/.,=@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;

/** Options without which a repetition would be another run. */
interface Repeated {
  readonly timeout: number;
  readonly echo: EchoChoice;
  readonly reading?: ChosenReadings | undefined;
  readonly origin?: string | undefined;
  readonly subprotocol?: readonly string[] | undefined;
  readonly header?: readonly HeaderField[] | undefined;
  readonly ca?: string | undefined;
  readonly insecure?: boolean | undefined;
}

/** The words that have to be given again, each behind a blank. */
export function sameOptions(options: Repeated): string {
  const { timeout, echo, reading = {}, origin, subprotocol = [], header = [], ca, insecure } = options;
  const parts = [
    ...(origin === undefined ? [] : ['--origin', quoted(origin)]),
    ...(ca === undefined ? [] : ['--ca', quoted(ca)]),
    ...(insecure === true ? ['--insecure'] : []),
    ...(timeout === usual.timeout ? [] : ['--timeout', Number.isFinite(timeout) ? String(timeout) : '0']),
    ...(echo === 'auto' ? [] : ['--echo', echo]),
    ...subprotocol.flatMap((name) => ['--subprotocol', quoted(name)]),
    ...header.flatMap(({ name, value }) => ['--header', quoted(`${name}: ${value}`)]),
    ...readingWords(reading),
  ];
  return parts.map((part) => ` ${part}`).join('');
}

/** The options of readings, as they were asked for. */
export const readingWords = (chosen: ChosenReadings): readonly string[] =>
  Object.entries(byNumber(chosen)).flatMap(([number, option]) => ['--reading', `${number}=${option}`]);
