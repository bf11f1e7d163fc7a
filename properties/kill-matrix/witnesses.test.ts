import { expect, test } from 'vitest';
import { killMatrix } from './matrix.js';
import { hearWitnesses } from './witnesses.js';

const { cases, faults } = killMatrix();

test.each(['server', 'client'] as const)(
  'each case for a %s that notices a fault blames the one that shows it best just as the matrix says',
  async (role) => {
    const { agreed, complaints } = await hearWitnesses(cases[role]);
    expect(complaints).toEqual([]);
    const noticing = faults.filter((row) => row.role === role).flatMap(({ blamed }) => Object.values(blamed).flat());
    // The others notice faults of which the text lets them speak in notes only.
    expect(agreed.length).toBeGreaterThan(0.95 * new Set(noticing).size);
  },
);
