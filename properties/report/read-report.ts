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

type Shape =
  | 'string'
  | 'number'
  | 'number or null'
  | readonly string[]
  | { readonly listOf: Fields | 'string' }
  | { readonly mapOf: 'string' | 'number' }
  | { readonly optional: Shape };
type Fields = Readonly<Record<string, Shape>>;

const finding: Fields = {
  clause: 'string',
  code: 'string',
  verdict: verdicts,
  says: 'string',
  observed: 'string',
  allowed: 'string',
  offset: { optional: 'number or null' },
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
  shard: { optional: 'string' },
  baseline: { optional: 'string' },
  readings: { optional: { mapOf: 'string' } },
  pages: { optional: { mapOf: 'string' } },
  summary: { mapOf: 'number' },
  clauses: { listOf: { id: 'string', level: 'string', status: 'string', cases: { listOf: 'string' } } },
  cases: {
    listOf: {
      id: 'string',
      title: 'string',
      clauses: { listOf: 'string' },
      requirement: 'string',
      verdict: verdicts,
      reason: { optional: 'string' },
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
  if (shape === 'number or null') return value === null ? undefined : whyNotShape(value, 'number', name);
  if (typeof shape === 'string') return typeof value === shape ? undefined : `${name} is no ${shape}`;
  if ('optional' in shape) return value === undefined ? undefined : whyNotShape(value, shape.optional, name);
  if ('mapOf' in shape) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${name} is no JSON object`;
    const whys = Object.entries(value).map(([key, item]) => whyNotShape(item, shape.mapOf, `${name}, "${key}"`));
    return whys.find((why) => why !== undefined);
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
