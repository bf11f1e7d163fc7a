/**
 * What a host has learned about shorter timeouts on the way to a place, and forgets again (http-timeout-00 sections 3.1
 * and 4.1). A place is whatever the host takes for one: a resource, or an origin server. Two requests need not take the
 * same path, so that what was learned is a guess, and not for ever.
 */

/** What was learned about one place. */
interface Lesson {
  /** Seconds after which something on the way gave up. */
  readonly limit: number;
  /** When it was learned, in seconds of the host's clock. */
  readonly at: number;
}

/** What a host knows; a value, never changed in place. */
export interface Knowledge {
  /** Seconds after which a lesson is forgotten. */
  readonly lifetime: number;
  /** Places that are remembered at most; the oldest lesson goes first. */
  readonly places: number;
  readonly lessons: ReadonlyMap<string, Lesson>;
}

/**
 * A host that has learned nothing yet.
 * @throws RangeError when the lifetime is no number from 0 on, or has no end, which http-timeout-00/3.1/knowledge-expires
 *   advises against
 */
export function createKnowledge({
  lifetime = 3600,
  places = 1000,
}: Partial<Omit<Knowledge, 'lessons'>> = {}): Knowledge {
  if (!Number.isFinite(lifetime) || lifetime < 0)
    throw new RangeError(`${lifetime} seconds are no lifetime of knowledge`);
  return { lifetime, places, lessons: new Map() };
}

/** What the host knows once something on the way to a place has given up after so many seconds. */
export function learn(knowledge: Knowledge, place: string, seconds: number, now: number): Knowledge {
  const known = limitOf(knowledge, place, now) ?? Infinity;
  const lessons = new Map(
    [...knowledge.lessons].filter(([name, { at }]) => name !== place && isFresh(knowledge, at, now)),
  );
  lessons.set(place, { limit: Math.min(known, seconds), at: now });
  const excess = Math.max(0, lessons.size - knowledge.places);
  return { ...knowledge, lessons: new Map([...lessons].slice(excess)) };
}

/** The seconds after which something on the way to a place gives up; `undefined` when nothing is known, or no longer. */
export function limitOf(knowledge: Knowledge, place: string, now: number): number | undefined {
  const lesson = knowledge.lessons.get(place);
  return lesson !== undefined && isFresh(knowledge, lesson.at, now) ? lesson.limit : undefined;
}

/**
 * The value that a host tells in later requests to a place: shorter by a second than what was seen to fail
 * (http-timeout-00/3.1/client-may-revise and http-timeout-00/4.1/host-may-revise).
 */
export function revised(value: number, knowledge: Knowledge, place: string, now: number): number {
  const limit = limitOf(knowledge, place, now);
  return limit === undefined ? value : Math.min(value, Math.max(0, Math.ceil(limit) - 1));
}

function isFresh({ lifetime }: Knowledge, at: number, now: number): boolean {
  return now - at < lifetime;
}
