/** The tower of docs/architecture.md: each folder may import only from the floors below it. */
const floors = ['spec', 'model', 'impl', 'properties', 'docs', 'bin'];

module.exports = {
  forbidden: [
    ...floors.map((floor, level) => ({
      name: `${floor}-knows-only-lower-floors`,
      severity: 'error',
      from: { path: `^${floor}/` },
      to: { path: `^(${floors.slice(level + 1).join('|') || '(?!)'})/` },
    })),
    {
      name: 'spec-imports-nothing',
      severity: 'error',
      from: { path: '^spec/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^spec/' },
    },
    {
      name: 'model-imports-only-its-two-libraries',
      severity: 'error',
      from: { path: '^model/' },
      to: { pathNot: '^(spec|model)/|^node_modules/(xstate|@noble/hashes)/' },
    },
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
