import { create } from 'xmlbuilder2';
import { machineContextOf } from '../../model/connection.js';
import { type GraphState, type GraphTransition, type StateGraph, statesIn, transitionsFrom } from '../graph.js';

/** The name space of what SCXML has no word for: meanings and clauses. */
export const ownNamespace = 'urn:hybi-spec:draft-06';

type Element = ReturnType<typeof create>;

/**
 * The machine as State Chart XML (https://www.w3.org/TR/scxml/). A guard is a variable with its default; an effect is
 * logged by its name, so that any interpreter can run the file.
 */
export function scxmlOf(graph: StateGraph): string {
  const root = create({ version: '1.0', encoding: 'UTF-8' }).ele('http://www.w3.org/2005/07/scxml', 'scxml', {
    version: '1.0',
    name: graph.role,
    datamodel: 'ecmascript',
    initial: graph.start.split('.')[0] ?? graph.start,
  });
  root.att('http://www.w3.org/2000/xmlns/', 'xmlns:hybi', ownNamespace);
  const data = root.ele('datamodel');
  for (const [id, value] of Object.entries(machineContextOf())) data.ele('data', { id, expr: String(value) });
  for (const state of statesIn(graph, undefined)) writeState(graph, state, root);
  return `${root.end({ prettyPrint: true })}\n`;
}

function writeState(graph: StateGraph, state: GraphState, around: Element): void {
  const { path, type, initial, entry, exit } = state;
  const element = around.ele(type === 'final' ? 'final' : 'state', {
    id: path,
    ...(initial === undefined ? {} : { initial }),
  });
  writeMeaning(element, state);
  if (entry.length > 0) writeEffects(element.ele('onentry'), entry);
  if (exit.length > 0) writeEffects(element.ele('onexit'), exit);
  for (const transition of transitionsFrom(graph, path)) writeTransition(element, transition);
  for (const inner of statesIn(graph, path)) writeState(graph, inner, element);
}

function writeTransition(around: Element, transition: GraphTransition): void {
  const { event, guard, internal, target, actions } = transition;
  const element = around.ele('transition', {
    event,
    ...(guard === undefined ? {} : { cond: guard }),
    ...(internal ? {} : { target }),
  });
  writeMeaning(element, transition);
  writeEffects(element, actions);
}

function writeMeaning(element: Element, { says, clauses }: Pick<GraphState, 'says' | 'clauses'>): void {
  element.att(ownNamespace, 'hybi:says', says);
  element.att(ownNamespace, 'hybi:clauses', clauses.join(' '));
}

function writeEffects(element: Element, effects: readonly string[]): void {
  for (const effect of effects) element.ele('log', { label: 'effect', expr: `'${effect}'` });
}
