import type { StateGraph } from '../graph.js';
import { dotOf } from './dot.js';
import { mermaidOf } from './mermaid.js';
import { scxmlOf } from './scxml.js';
import { statelyOf } from './stately.js';

/** A format that the machines are given in. */
export interface ExportFormat {
  readonly extension: 'json' | 'scxml' | 'dot' | 'mmd';
  readonly name: string;
  /** How one uses the file. */
  readonly use: string;
  readonly write: (graph: StateGraph) => string;
}

/** The formats, in the order of the site. */
export const exportFormats: readonly ExportFormat[] = [
  {
    extension: 'json',
    name: 'Stately Studio and xstate',
    use: 'Import it in Stately Studio as the argument of createMachine, or pass the parsed JSON to createMachine of xstate 5.',
    write: statelyOf,
  },
  {
    extension: 'scxml',
    name: 'SCXML',
    use: 'Open it in any editor or interpreter of State Chart XML. Guards are variables with their defaults, effects are logged.',
    write: scxmlOf,
  },
  {
    extension: 'dot',
    name: 'Graphviz DOT',
    use: 'dot -Tsvg client.dot draws it.',
    write: dotOf,
  },
  {
    extension: 'mmd',
    name: 'Mermaid',
    use: 'Put it into a code block named mermaid where Markdown is shown with it, or into the live editor.',
    write: mermaidOf,
  },
];
