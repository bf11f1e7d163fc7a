import type { Clause, ClauseAddress, Level, Party } from './clause.js';

/**
 * The notation of the catalogue. A chapter is a record from clause id to rule, in the order of the text, so that a line
 * reads like the sentence it restates: `'draft-06/4.2/fresh-key': client.must('…')`. The ids stay literal types.
 */
export type Rule = Omit<Clause, 'id'>;

/** A chapter of the catalogue; one file holds one or a few. */
export type Chapter = Readonly<Record<ClauseAddress, Rule>>;

/** Says that a clause cannot be seen on the wire, and why. */
export interface Unseen {
  readonly seen: 'local' | 'nobody';
  readonly unseen: string;
}

/** The clause can be seen from inside the endpoint only. */
export function local(why: string): Unseen {
  return { seen: 'local', unseen: why };
}

/** Nobody who watches an endpoint can see the clause. */
export function nobody(why: string): Unseen {
  return { seen: 'nobody', unseen: why };
}

/** A rule of one level: what it says, and why it is unseen if it is not seen on the wire. */
type RuleOf = (says: string, unseen?: Unseen) => Rule;

/** The levels, for a rule that binds certain parties. */
export interface Binding {
  readonly must: RuleOf;
  readonly mustNot: RuleOf;
  readonly should: RuleOf;
  readonly shouldNot: RuleOf;
  readonly may: RuleOf;
  readonly definition: RuleOf;
}

/** Rules that bind the parties named. */
export function binding(...binds: readonly Party[]): Binding {
  const at =
    (level: Level): RuleOf =>
    (says, unseen) => ({ level, binds, ...(unseen ?? { seen: 'wire' }), says });
  return {
    must: at('MUST'),
    mustNot: at('MUST NOT'),
    should: at('SHOULD'),
    shouldNot: at('SHOULD NOT'),
    may: at('MAY'),
    definition: at('definition'),
  };
}

export const client = binding('client');
export const server = binding('server');
export const clientAndServer = binding('client', 'server');
export const endpoint = binding('endpoint');
export const sender = binding('sender');
export const receiver = binding('receiver');
export const intermediary = binding('intermediary');
export const protocol = binding('protocol');
export const otherSpecifications = binding('other specifications');
