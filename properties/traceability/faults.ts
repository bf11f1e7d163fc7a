/** Every deliberate fault, by section; they live beside the clauses that they break. */
export { faults } from '../faults/index.js';
