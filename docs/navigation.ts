/** The parts of the site, in the order of its navigation. A page belongs to one, which is marked while it is read. */
export const parts = {
  home: { file: 'index.html', name: 'Overview' },
  states: { file: 'states.html', name: 'States' },
  runs: { file: 'runs.html', name: 'Runs' },
  frames: { file: 'frames.html', name: 'Frames' },
  handshake: { file: 'handshake.html', name: 'Handshake' },
  clauses: { file: 'clauses.html', name: 'Clauses' },
  readings: { file: 'readings.html', name: 'Readings' },
  evidence: { file: 'evidence.html', name: 'Evidence' },
  guides: { file: 'guides.html', name: 'Guides' },
  explorer: { file: 'explorer.html', name: 'Explorer' },
} as const;

/** A part of the site. */
export type Part = keyof typeof parts;
