/** The little of a node of Babel's tree that tells prose from behaviour. */
interface Node {
  readonly type: string;
  readonly name?: string;
  readonly key?: Node;
  readonly callee?: Node;
  readonly arguments?: readonly Node[];
}

export interface Path {
  readonly node: Node;
  readonly parentPath?: Path | null;
}

/** Functions whose argument at a place is for people to read. */
const toldTo: Readonly<Record<string, number>> = { meaning: 0, present: 1, RangeError: 0, Error: 0 };

const isText = ({ type }: Node): boolean => type === 'StringLiteral' || type === 'TemplateLiteral';

/**
 * Why a piece of the model carries no behaviour: it is a sentence for people. Sentences about states and violations are
 * shown in the documentation and in findings, where another wording would be as right.
 */
export function proseReason({ node, parentPath }: Path): string | undefined {
  if (!isText(node) || parentPath === undefined || parentPath === null) return undefined;
  const parent = parentPath.node;
  if (parent.type === 'ObjectProperty' && parent.key?.name === 'says') return 'a sentence that says what was wrong';
  if (parent.type === 'CallExpression' || parent.type === 'NewExpression') {
    const place = toldTo[parent.callee?.name ?? ''];
    if (place !== undefined && parent.arguments?.[place] === node)
      return 'a sentence for the reader of the state or error';
  }
  return undefined;
}
