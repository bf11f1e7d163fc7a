import { describe, expect, test } from 'vitest';
import { clientCases } from '../conformance/client/index.js';
import { serverCases } from '../conformance/index.js';
import type { Role } from '../../model/role.js';
import { memoryServer } from '../drivers/memory-server.js';
import { offeringClient } from '../faults/altered-client.js';
import { faults, noticeFault } from './faults.js';

const cases = { server: serverCases, client: clientCases };

describe('a clause that is broken on purpose is noticed by a case that names it', () => {
  test.each(faults.map((fault) => [fault.name, fault] as const))('%s', async (_, fault) => {
    const { by, notBy } = await noticeFault(fault, cases);
    expect(by, `${fault.says} ${fault.clause} is named by ${notBy.join(', ') || 'no case'}`).not.toEqual([]);
  });
});

describe('a peer that breaks nothing is not blamed', () => {
  const clausesOf = (role: Role) => [
    ...new Set(faults.filter((fault) => fault.role === role).map(({ clause }) => clause)),
  ];
  const facts = { name: '', says: '' };
  test.each(clausesOf('server'))('%s, by a server', async (clause) => {
    const { by } = await noticeFault({ ...facts, role: 'server', clause, peer: () => memoryServer() }, cases);
    expect(by).toEqual([]);
  });
  test.each(clausesOf('client'))('%s, by a client', async (clause) => {
    const { by } = await noticeFault({ ...facts, role: 'client', clause, client: offeringClient }, cases);
    expect(by).toEqual([]);
  });
});

test('faults have names of their own and say what they do in a sentence', () => {
  expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length);
  for (const { name, says } of faults) {
    expect(name).toMatch(/^(?:client-)?[a-z]+\/[a-z0-9]+(?:[.-][a-z0-9]+)*$/);
    expect(says).toMatch(/^[A-Z][^\n]*\.$/);
  }
});
