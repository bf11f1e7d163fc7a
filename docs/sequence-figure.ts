import { addressOfRun, addressOfState } from './address.js';
import { phaseOf, type Phase } from '../model/state-id.js';
import type { Role } from '../model/role.js';
import type { RunRecord, RunStep, Sent } from './sequence-record.js';
import { nameOf, shortState, spacedHex, wordsOfEffect, wordsOfInput, wordsOfSent } from './sequence-words.js';

/*
 * What a sequence diagram shows, before anything has a place: life lines from left to right, rows from top to bottom,
 * what happens at a line in a row, and arrows from one line to another.
 */

/** A line of text, perhaps a link. */
export interface FigureText {
  readonly text: string;
  readonly tone: 'words' | 'bytes' | 'note' | 'alarm';
  /** An address in the site. */
  readonly href?: string;
}

/** A state that a line is in from a row on. */
export interface FigureState {
  readonly name: string;
  readonly phase: Phase;
  readonly href: string;
}

/** What happens at one line. */
export interface FigureRow {
  readonly line: number;
  readonly notes: readonly FigureText[];
  readonly state?: FigureState;
}

/** Something that goes from one line to another. */
export interface FigureArrow {
  readonly from: number;
  readonly to: number;
  /** The rows in which it leaves and arrives; one that is lost has no second. */
  readonly leaves: number;
  readonly arrives: number | undefined;
  /** Whether it was changed on its way. */
  readonly forged: boolean;
  readonly texts: readonly FigureText[];
}

export interface SequenceFigure {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly lines: readonly { readonly name: string; readonly state?: FigureState }[];
  readonly rows: readonly FigureRow[];
  readonly arrows: readonly FigureArrow[];
}

const lineOf: Readonly<Record<Role, number>> = { client: 0, server: 1 };

/** How many bytes of hexadecimal an arrow shows. */
const shownBytes = 20;

/** What to draw of a conversation. */
export function figureOf(id: string, title: string, record: RunRecord): SequenceFigure {
  return {
    id,
    title,
    description: `${record.steps.length} steps of a client and a server. The list below the picture says the same in words.`,
    lines: (['client', 'server'] as const).map((role) => ({
      name: nameOf(role),
      state: stateOf(role, record.start[role]),
    })),
    rows: record.steps.map(rowOf),
    arrows: record.sent.map((one) => arrowOf(id, one)),
  };
}

function stateOf(role: Role, path: string): FigureState {
  return {
    name: shortState(path),
    phase: phaseOf(path as Parameters<typeof phaseOf>[0]),
    href: addressOfState(role, path),
  };
}

function rowOf({ at, input, arrived, effects, before, after }: RunStep): FigureRow {
  const cause = arrived === undefined ? wordsOfInput(input) : undefined;
  const told = effects.flatMap((effect): FigureText[] => {
    const text = wordsOfEffect(effect);
    return text === undefined ? [] : [{ text, tone: effect.type === 'violation' ? 'alarm' : 'note' }];
  });
  return {
    line: lineOf[at],
    notes: [...(cause === undefined ? [] : [{ text: cause, tone: 'words' as const }]), ...told],
    ...(before.state === after.state ? {} : { state: stateOf(at, after.state) }),
  };
}

function arrowOf(id: string, one: Sent): FigureArrow {
  const { says } = wordsOfSent(one);
  const words: FigureText = {
    text: one.forged === undefined ? says : `${says}; ${one.forged}`,
    tone: one.forged === undefined ? 'words' : 'alarm',
    href: `${addressOfRun(id)}#sent-${one.id}`,
  };
  const hex = spacedHex(one.bytes, shownBytes);
  return {
    from: lineOf[one.from],
    to: 1 - lineOf[one.from],
    leaves: one.leaves,
    arrives: one.arrives,
    forged: one.forged !== undefined,
    texts: [words, ...(hex === '' ? [] : [{ text: hex, tone: 'bytes' as const }])],
  };
}
