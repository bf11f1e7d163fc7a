import { verdicts } from '../verifier/finding.js';
import type { Report } from './report.js';

/*
 * Reports come back from disks and other machines. What is read here is only what the rest relies on; the whole form is
 * the schema's business.
 */

/**
 * Reads a report that was written as JSON.
 * @throws RangeError that says what is wrong with it
 */
export function parseReport(text: string): Report {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RangeError((error as Error).message, { cause: error });
  }
  const why = whyNoReport(value);
  if (why !== undefined) throw new RangeError(why);
  return value as Report;
}

type Shape = 'string' | 'number' | 'object' | readonly string[] | { readonly listOf: Fields | 'string' };
type Fields = Readonly<Record<string, Shape>>;

const finding: Fields = {
  clause: 'string',
  code: 'string',
  verdict: verdicts,
  says: 'string',
  observed: 'string',
  allowed: 'string',
};

const report: Fields = {
  tool: ['hybi-spec'],
  version: 'string',
  document: ['draft-06'],
  role: ['server', 'client'],
  target: 'string',
  seed: 'number',
  startedAt: 'string',
  durationMs: 'number',
  summary: 'object',
  clauses: { listOf: { id: 'string', level: 'string', status: 'string', cases: { listOf: 'string' } } },
  cases: {
    listOf: {
      id: 'string',
      title: 'string',
      clauses: { listOf: 'string' },
      requirement: 'string',
      verdict: verdicts,
      durationMs: 'number',
      findings: { listOf: finding },
      wire: { listOf: { atMs: 'number', from: ['tester', 'peer'], hex: 'string', note: 'string' } },
      again: 'string',
    },
  },
};

/** The first thing that keeps a value from being a report. */
function whyNoReport(value: unknown): string | undefined {
  return whyNot(value, report, 'it');
}

function whyNot(value: unknown, fields: Fields, name: string): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${name} is no JSON object`;
  for (const [key, shape] of Object.entries(fields)) {
    const why = whyNotShape((value as Readonly<Record<string, unknown>>)[key], shape, `"${key}"`);
    if (why !== undefined) return name === 'it' ? why : `${name}: ${why}`;
  }
  return undefined;
}

function whyNotShape(value: unknown, shape: Shape, name: string): string | undefined {
  if (typeof shape === 'string') {
    const isRight = shape === 'object' ? typeof value === 'object' && value !== null : typeof value === shape;
    return isRight ? undefined : `${name} is no ${shape}`;
  }
  if ('listOf' in shape) {
    if (!Array.isArray(value)) return `${name} is no list`;
    for (const [at, item] of value.entries()) {
      const place = `${name}, item ${at}`;
      const why = shape.listOf === 'string' ? whyNotShape(item, 'string', place) : whyNot(item, shape.listOf, place);
      if (why !== undefined) return why;
    }
    return undefined;
  }
  return typeof value === 'string' && shape.includes(value) ? undefined : `${name} is none of ${shape.join(', ')}`;
}
