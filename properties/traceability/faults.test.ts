import { describe, expect, test } from 'vitest';
import { serverCases } from '../conformance/index.js';
import { memoryServer } from '../drivers/memory-server.js';
import { faults, noticeFault } from './faults.js';

describe('a clause that is broken on purpose is noticed by a case that names it', () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const { by, notBy } = await noticeFault(fault, serverCases);
    expect(by, `${fault.says} ${fault.clause} is named by ${notBy.join(', ') || 'no case'}`).not.toEqual([]);
  });
});

describe('a peer that breaks nothing is not blamed', () => {
  const clauses = [...new Set(faults.map(({ clause }) => clause))];
  test.each(clauses)('%s', async (clause) => {
    const right = { name: '', role: 'server', clause, says: '', peer: () => memoryServer() } as const;
    const { by } = await noticeFault(right, serverCases);
    expect(by).toEqual([]);
  });
});

test('faults have names of their own and say what they do in a sentence', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  for (const { name, says } of faults) {
    expect(name).toMatch(/^[a-z]+\/[a-z0-9]+(?:[.-][a-z0-9]+)*$/);
    expect(says).toMatch(/^[A-Z][^\n]*\.$/);
  }
});
