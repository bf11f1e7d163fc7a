import { posix } from 'node:path';
import ts from 'typescript';
import { isClauseId } from '../../spec/clauses.js';

/** A law as its call states it. */
export interface StatedLaw {
  /** The titles of the `describe` around it and its own, from the outside in, joined by ": ". */
  readonly name: string;
  readonly file: string;
  readonly clauses: readonly string[];
}

/*
 * Laws stand in tests, which are not shipped, so their names and clauses are read off the source. Nothing is run:
 * whatever a call of `law` says about its name and its clauses has to be made of literals. Understood are strings,
 * templates, arrays, objects and spreads, constants of the same file or of one that it imports that hold such, and loops
 * over them
 * (`for (const row of rows)`, `for (const [name, row] of Object.entries(rows))`): such a law counts once a turn. Anything
 * else is an error that says where.
 */

/** What an expression comes to; an object gives its properties only when they are asked for. */
type Value =
  string | readonly Value[] | { readonly property: (name: string) => Value; readonly names: readonly string[] };

type Scope = ReadonlyMap<string, Value>;

/** A call of `law` that cannot be read. */
export class UnreadableLaw extends Error {
  override readonly name = 'UnreadableLaw';
}

/**
 * The laws that a test file states, in its order.
 * @param file its path from the root of the project, as it is shown
 * @param importedText the text of a file that this one imports, by its path from the root
 * @throws UnreadableLaw with file and line when a name or a list of clauses is not made of literals, is empty, or names
 * a clause that does not exist
 */
export function readLaws(
  file: string,
  text: string,
  importedText: (file: string) => string | undefined = () => undefined,
): readonly StatedLaw[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true);
  const laws: StatedLaw[] = [];
  const fail = (node: ts.Node, why: string): never => {
    const place = node.getSourceFile();
    const { line } = place.getLineAndCharacterOfPosition(node.getStart());
    throw new UnreadableLaw(`${place.fileName}:${line + 1}: ${why}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node) && node.text === 'law' && !isImport(node)) {
      const call = node.parent;
      if (!ts.isCallExpression(call) || call.expression !== node) fail(node, 'law is to be called, not handed on');
      else laws.push(...statedBy(call));
    }
    ts.forEachChild(node, visit);
  };
  const statedBy = (call: ts.CallExpression): readonly StatedLaw[] => {
    const [name, clauses] = call.arguments;
    if (name === undefined || clauses === undefined) return fail(call, 'a law has a name, its clauses and a check');
    return turnsAround(call, evaluate).map((scope) => {
      const title = [...titlesAround(call).map((each) => textOf(each, scope)), textOf(name, scope)].join(': ');
      const list = evaluate(clauses, scope);
      if (typeof list === 'string' || !Array.isArray(list) || list.length === 0) {
        return fail(clauses, 'the clauses of a law are a list of one or more');
      }
      const ids = (list as readonly Value[]).map((id) =>
        typeof id === 'string' ? id : fail(clauses, 'an id is a string'),
      );
      const unknown = ids.find((id) => !isClauseId(id));
      return unknown === undefined
        ? { name: title, file, clauses: ids }
        : fail(clauses, `no clause has the id ${unknown}`);
    });
  };
  const textOf = (node: ts.Expression, scope: Scope): string => {
    const value = evaluate(node, scope);
    return typeof value === 'string' ? value : fail(node, 'the name of a law is a string');
  };

  const evaluate = (node: ts.Expression, scope: Scope): Value => {
    if (ts.isStringLiteralLike(node)) return node.text;
    if (ts.isAsExpression(node) || ts.isSatisfiesExpression(node) || ts.isParenthesizedExpression(node)) {
      return evaluate(node.expression, scope);
    }
    if (ts.isTemplateExpression(node)) {
      const spans = node.templateSpans.map(({ expression, literal }) => textOf(expression, scope) + literal.text);
      return node.head.text + spans.join('');
    }
    if (ts.isArrayLiteralExpression(node)) {
      return node.elements.flatMap((element) => {
        if (!ts.isSpreadElement(element)) return [evaluate(element, scope)];
        const list = evaluate(element.expression, scope);
        return Array.isArray(list) ? (list as readonly Value[]) : fail(element, 'only a list can be spread here');
      });
    }
    if (ts.isObjectLiteralExpression(node)) return objectOf(node, scope);
    if (ts.isPropertyAccessExpression(node)) {
      const owner = evaluate(node.expression, scope);
      return typeof owner === 'object' && 'property' in owner
        ? owner.property(node.name.text)
        : fail(node, `${node.expression.getText()} has no properties that can be read here`);
    }
    if (ts.isIdentifier(node)) return scope.get(node.text) ?? evaluate(constantOf(node), scope);
    if (ts.isCallExpression(node) && node.expression.getText() === 'Object.entries') {
      const owner = evaluate(node.arguments[0] ?? node, scope);
      if (typeof owner === 'object' && 'names' in owner) return owner.names.map((name) => [name, owner.property(name)]);
    }
    return fail(node, `${node.getText().slice(0, 60)} is not made of literals: write the clauses out`);
  };
  const objectOf = (node: ts.ObjectLiteralExpression, scope: Scope): Value => {
    const properties = new Map<string, () => Value>();
    for (const property of node.properties) {
      if (ts.isPropertyAssignment(property) && !ts.isComputedPropertyName(property.name)) {
        const { text: name } = property.name as ts.StringLiteralLike | ts.Identifier;
        properties.set(name, () => evaluate(property.initializer, scope));
      } else if (ts.isSpreadAssignment(property)) {
        const owner = evaluate(property.expression, scope);
        if (typeof owner === 'string' || !('names' in owner))
          return fail(property, 'only an object can be spread here');
        for (const name of owner.names) properties.set(name, () => owner.property(name));
      }
    }
    const property = (name: string): Value =>
      properties.get(name)?.() ?? fail(node, `there is no ${name} here that can be read`);
    return { property, names: [...properties.keys()] };
  };
  const constantOf = (node: ts.Identifier): ts.Expression =>
    declarationOf(node) ??
    importedConstant(node, importedText) ??
    fail(node, `${node.text} is no constant of this file, or of one that it imports: write the clauses out`);

  visit(source);
  return laws;
}

function isImport(node: ts.Identifier): boolean {
  return ts.isImportSpecifier(node.parent);
}

/** The value of the nearest `const` of that name in the blocks around its use. */
function declarationOf(node: ts.Identifier): ts.Expression | undefined {
  for (let around: ts.Node = node.parent; ; around = around.parent) {
    const found = ts.isBlock(around) || ts.isSourceFile(around) ? constantIn(around, node.text) : undefined;
    if (found !== undefined || ts.isSourceFile(around)) return found;
  }
}

/** The value of a `const` that stands in a block or a file itself. */
function constantIn({ statements }: ts.Block | ts.SourceFile, wanted: string): ts.Expression | undefined {
  for (const statement of statements) {
    if (!ts.isVariableStatement(statement) || !(statement.declarationList.flags & ts.NodeFlags.Const)) continue;
    for (const { name, initializer } of statement.declarationList.declarations) {
      if (ts.isIdentifier(name) && name.text === wanted) return initializer;
    }
  }
  return undefined;
}

/** The value of a constant that the file of a node imports from another file of the project. */
function importedConstant(
  node: ts.Identifier,
  textOf: (file: string) => string | undefined,
): ts.Expression | undefined {
  const source = node.getSourceFile();
  for (const statement of source.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (bindings === undefined || !ts.isNamedImports(bindings)) continue;
    const imported = bindings.elements.find(({ name }) => name.text === node.text);
    if (imported === undefined) continue;
    const file = posix.join(posix.dirname(source.fileName), statement.moduleSpecifier.text.replace(/\.js$/, '.ts'));
    const text = textOf(file);
    const { text: name } = imported.propertyName ?? imported.name;
    return text === undefined
      ? undefined
      : constantIn(ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true), name);
  }
  return undefined;
}

/** What stands around a node, from the outside in. */
function ancestorsOf(node: ts.Node): readonly ts.Node[] {
  return ts.isSourceFile(node) ? [] : [...ancestorsOf(node.parent), node.parent];
}

/** The titles of the `describe` around a call. */
function titlesAround(call: ts.Node): readonly ts.Expression[] {
  return ancestorsOf(call).flatMap((node) => {
    if (!ts.isCallExpression(node) || node.expression.getText() !== 'describe') return [];
    return node.arguments.slice(0, 1);
  });
}

/** One scope for each turn of the loops around a call; one scope without names where there is no loop. */
function turnsAround(call: ts.Node, evaluate: (node: ts.Expression, scope: Scope) => Value): readonly Scope[] {
  let scopes: readonly Scope[] = [new Map()];
  for (const loop of ancestorsOf(call).filter((node) => ts.isForOfStatement(node))) {
    if (!ts.isVariableDeclarationList(loop.initializer)) continue;
    const binding = loop.initializer.declarations[0]?.name;
    scopes = scopes.flatMap((scope) => {
      const list = evaluate(loop.expression, scope);
      const turns = Array.isArray(list) ? (list as readonly Value[]) : [];
      return turns.map((value) => (binding === undefined ? scope : bind(binding, value, scope)));
    });
  }
  return scopes;
}

function bind(binding: ts.BindingName, value: Value, scope: Scope): Scope {
  if (ts.isIdentifier(binding)) return new Map([...scope, [binding.text, value]]);
  if (!ts.isArrayBindingPattern(binding) || typeof value === 'string' || !Array.isArray(value)) return scope;
  return binding.elements.reduce<Scope>((bound, element, at) => {
    const part = (value as readonly Value[])[at];
    return ts.isBindingElement(element) && part !== undefined ? bind(element.name, part, bound) : bound;
  }, scope);
}
