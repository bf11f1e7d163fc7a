import { bytesFromLatin1, latin1FromBytes } from '../../model/bytes.js';
import type { CloseReason } from '../../model/close-body.js';
import type { TimerName } from '../../model/connection.js';
import type { Role } from '../../model/role.js';
import { decodeUtf8, encodeUtf8, utf8Start } from '../../model/utf8.js';
import type { LocalInput, Move } from './move.js';
import { makeMove, mostMoves, type Session, startSession } from './session.js';
import { initialSettings, type Settings, settingsList } from './settings.js';

/*
 * A run as text for an address:
 *
 *     run      = version "." settings *( "." move )          version  = "1"
 *     settings = "-" / 1*( place option )                     those that differ, each by two digits of base 36
 *     move     = letter [ role ] [ argument *( "~" argument ) ]
 *
 * Octets are base64url. Whatever stands in an address is data of strangers: nothing here throws, and what it can ask for
 * is limited by its length.
 */

/** The longest text that is written or read. */
export const longestRun = 16_000;

const version = '1';
const roleLetters: Readonly<Record<Role, string>> = { client: 'c', server: 's' };
const timerLetters: Readonly<Record<TimerName, string>> = { connect: 't', handshake: 'h', close: 'c', drop: 'd' };

/** Octets in the letters that an address takes as they are. */
export function toBase64Url(bytes: Uint8Array): string {
  return btoa(latin1FromBytes(bytes)).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The octets, or `undefined` when it is not their one right form. */
export function fromBase64Url(text: string): Uint8Array | undefined {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return undefined;
  const bytes = bytesFromLatin1(atob(text.replaceAll('-', '+').replaceAll('_', '/')));
  return toBase64Url(bytes) === text ? bytes : undefined;
}

/** The run of a session as text, or `undefined` when it is too long for an address. */
export function shareRun({ settings, moves }: Session): string | undefined {
  const text = [version, shareSettings(settings), ...moves.map(shareMove)].join('.');
  return text.length > longestRun ? undefined : text;
}

function shareSettings(settings: Settings): string {
  const digits = settings.map((option, place) =>
    option === initialSettings[place] ? '' : `${place.toString(36)}${option.toString(36)}`,
  );
  return digits.join('') || '-';
}

function shareMove(move: Move): string {
  switch (move.type) {
    case 'connect':
      return 'o';
    case 'refuse':
      return 'n';
    case 'deliver':
      return `d${roleLetters[move.to]}${move.count ?? ''}`;
    case 'lose':
      return `l${roleLetters[move.at]}`;
    case 'half-close':
      return `h${roleLetters[move.from]}`;
    case 'inject':
      return `i${roleLetters[move.to]}${toBase64Url(move.bytes)}`;
    case 'fire':
      return `t${roleLetters[move.at]}${timerLetters[move.timer]}`;
    case 'act':
      return shareInput(roleLetters[move.at], move.input);
  }
}

function shareInput(role: string, input: LocalInput): string {
  switch (input.type) {
    case 'local.accept': {
      const { subprotocol } = input.acceptance ?? {};
      return `a${role}${subprotocol === undefined ? '' : toBase64Url(encodeUtf8(subprotocol))}`;
    }
    case 'local.reject':
      return `r${role}${input.rejection.status}~${toBase64Url(encodeUtf8(input.rejection.reason))}`;
    case 'local.send':
      return `m${role}${input.kind === 'text' ? 't' : 'b'}${input.fin === false ? '0' : '1'}${toBase64Url(input.data)}`;
    case 'local.ping':
      return `p${role}${toBase64Url(input.body ?? new Uint8Array(0))}`;
    case 'local.close':
      return `c${role}${shareClose(input.close)}`;
    case 'local.answer':
      return `w${role}${shareClose(input.close)}`;
    case 'local.drop':
      return `x${role}`;
  }
}

function shareClose({ status, reason }: CloseReason = {}): string {
  const text = reason === undefined ? '' : `~${toBase64Url(encodeUtf8(reason))}`;
  return `${status ?? ''}${text}`;
}

/** What became of a text: the session as far as the text could be followed, and what was wrong behind that. */
export interface Restored {
  readonly session: Session;
  readonly wrong?: string;
}

/** The session that a text tells. A text that cannot be followed to its end says where it stopped. */
export function restoreRun(text: string): Restored {
  const nothing = (wrong: string): Restored => ({ session: startSession(), wrong });
  if (text.length > longestRun) return nothing(`it has more than ${longestRun} characters`);
  const [first, chosen = '', ...tokens] = text.split('.');
  if (first !== version) return nothing(`it is not of version ${version}`);
  const settings = readSettings(chosen);
  if (settings === undefined) return nothing('its settings are none that there are');
  if (tokens.length > mostMoves) return nothing(`it has more than ${mostMoves} moves`);
  let session = startSession(settings);
  for (const [index, token] of tokens.entries()) {
    const move = readMove(token);
    if (move === undefined) return { session, wrong: `move ${index + 1} is none that there is` };
    const made = makeMove(session, move);
    if (!made.ok) return { session, wrong: `move ${index + 1} cannot be made: ${made.says}` };
    session = made.session;
  }
  return { session };
}

function readSettings(text: string): Settings | undefined {
  if (text === '-') return initialSettings;
  if (!/^(?:[0-9a-z]{2})+$/.test(text)) return undefined;
  const settings = [...initialSettings];
  for (let at = 0; at < text.length; at += 2) {
    const place = Number.parseInt(text.charAt(at), 36);
    const option = Number.parseInt(text.charAt(at + 1), 36);
    if (settingsList[place]?.options[option] === undefined) return undefined;
    settings[place] = option;
  }
  return settings;
}

const numberIn = (text: string, most: number): number | undefined =>
  /^(?:0|[1-9]\d{0,8})$/.test(text) && Number(text) <= most ? Number(text) : undefined;

/** The text whose UTF-8 is written in an address, or `undefined` where it is none. */
export function textIn(encoded: string): string | undefined {
  const bytes = fromBase64Url(encoded);
  if (bytes === undefined) return undefined;
  const { text, wellFormed } = decodeUtf8(utf8Start, bytes, true);
  return wellFormed ? text : undefined;
}

function readMove(token: string): Move | undefined {
  if (token === 'o') return { type: 'connect' };
  if (token === 'n') return { type: 'refuse' };
  const letter = token.charAt(0);
  const role = (['client', 'server'] as const).find((one) => roleLetters[one] === token.charAt(1));
  if (role === undefined) return undefined;
  const rest = token.slice(2);
  switch (letter) {
    case 'd': {
      if (rest === '') return { type: 'deliver', to: role };
      const count = numberIn(rest, 999_999_999);
      return count === undefined ? undefined : { type: 'deliver', to: role, count };
    }
    case 'l':
      return rest === '' ? { type: 'lose', at: role } : undefined;
    case 'h':
      return rest === '' ? { type: 'half-close', from: role } : undefined;
    case 'i': {
      const bytes = fromBase64Url(rest);
      return bytes === undefined ? undefined : { type: 'inject', to: role, bytes };
    }
    case 't': {
      const timer = (Object.keys(timerLetters) as TimerName[]).find((name) => timerLetters[name] === rest);
      return timer === undefined ? undefined : { type: 'fire', at: role, timer };
    }
    default: {
      const input = readInput(letter, rest);
      return input === undefined ? undefined : { type: 'act', at: role, input };
    }
  }
}

function readInput(letter: string, rest: string): LocalInput | undefined {
  switch (letter) {
    case 'a': {
      if (rest === '') return { type: 'local.accept' };
      const subprotocol = textIn(rest);
      return subprotocol === undefined ? undefined : { type: 'local.accept', acceptance: { subprotocol } };
    }
    case 'r': {
      const [code = '', words, more] = rest.split('~');
      const status = numberIn(code, 999);
      const reason = words === undefined ? undefined : textIn(words);
      if (status === undefined || reason === undefined || more !== undefined) return undefined;
      return { type: 'local.reject', rejection: { status, reason } };
    }
    case 'm': {
      const [, kind, fin, data = ''] = /^([tb])([01])(.*)$/.exec(rest) ?? [];
      const bytes = fromBase64Url(data);
      if (kind === undefined || bytes === undefined) return undefined;
      return { type: 'local.send', kind: kind === 't' ? 'text' : 'binary', data: bytes, fin: fin === '1' };
    }
    case 'p': {
      const body = fromBase64Url(rest);
      return body === undefined ? undefined : { type: 'local.ping', body };
    }
    case 'c':
    case 'w': {
      const close = readClose(rest);
      if (close === undefined) return undefined;
      return { type: letter === 'c' ? 'local.close' : 'local.answer', ...(rest === '' ? {} : { close }) };
    }
    case 'x':
      return rest === '' ? { type: 'local.drop' } : undefined;
    default:
      return undefined;
  }
}

function readClose(rest: string): CloseReason | undefined {
  const [code = '', words, more] = rest.split('~');
  const status = code === '' ? undefined : numberIn(code, 65_535);
  const reason = words === undefined ? undefined : textIn(words);
  if (more !== undefined || (code !== '' && status === undefined) || (words !== undefined && reason === undefined)) {
    return undefined;
  }
  return { ...(status === undefined ? {} : { status }), ...(reason === undefined ? {} : { reason }) };
}
