import type { DeclarationReflection, SignatureReflection } from 'typedoc';
import { ReflectionKind } from 'typedoc/models';
import { type Markup, markup } from '../html.js';
import { type Code, layOutCode, ownName } from './code.js';
import type { CommentWriter } from './comment.js';
import type { Described } from './contents.js';
import type { AddressOf, Member, TypeWriter } from './type-code.js';

/** Everything that descriptions are made with. */
export interface Writers {
  readonly types: TypeWriter;
  readonly comments: CommentWriter;
  readonly addressOf: AddressOf;
}

/** What something is: its declaration, what its comment says, and its members with what is said of each. */
export function describe({ reflection, anchor, isInner }: Described, writers: Writers): Markup {
  const { types, comments } = writers;
  const { name, signatures } = reflection;
  const parts =
    signatures === undefined
      ? [declaration(headOf(reflection, writers)), comments.docs(reflection.comment), members(reflection, writers)]
      : signatures.map((each): Markup => {
          const code = ['function ', ownName(name), types.signatureCode(each)];
          return markup`${declaration(code)}${comments.docs(each.comment, each)}`;
        });
  return markup`<article id="${anchor}">
<h3>${name}${isInner ? markup`<small class="quiet"> not exported</small>` : undefined}</h3>
${parts}</article>
`;
}

const declaration = (code: Code): Markup => markup`<pre class="code"><code>${layOutCode(code)}</code></pre>
`;

/** The declaration without the members that are listed below it. */
function headOf(reflection: DeclarationReflection, writers: Writers): Code {
  const { types } = writers;
  const { name, kind, type, typeParameters, extendedTypes = [], implementedTypes = [] } = reflection;
  const own = [ownName(name), types.typeParametersCode(typeParameters)];
  const isListed = listedMembers(reflection, writers).length > 0;
  const written = type === undefined ? 'unknown' : isListed ? '{ … }' : types.ownTypeCode(type);
  switch (kind) {
    case ReflectionKind.TypeAlias:
      return ['type ', own, ' = ', written];
    case ReflectionKind.Variable:
      return ['const ', own, ': ', written];
    default: {
      const named = (word: string, all: typeof extendedTypes): readonly Code[] =>
        all.map((each, at) => [at === 0 ? ` ${word} ` : ', ', types.typeCode(each)]);
      const word = kind === ReflectionKind.Class ? 'class ' : 'interface ';
      return [word, own, named('extends', extendedTypes), named('implements', implementedTypes)];
    }
  }
}

/** Members that are listed below the declaration: those of an interface, and of an object where something is said of one. */
function listedMembers(reflection: DeclarationReflection, { types }: Writers): readonly DeclarationReflection[] {
  const { type, children = [] } = reflection;
  if (type === undefined) return children;
  if (type.type !== 'reflection' || type.declaration.signatures !== undefined) return [];
  const inner = type.declaration.children ?? [];
  return inner.flatMap(types.memberCodes).some(({ comment }) => comment !== undefined) ? inner : [];
}

function members(reflection: DeclarationReflection, writers: Writers): Markup | undefined {
  const { types, comments, addressOf } = writers;
  const { type } = reflection;
  const shape = type?.type === 'reflection' ? type.declaration : reflection;
  const calls = type === undefined ? functionsOf(reflection) : [];
  const indexed = (shape.indexSignatures ?? []).map((each): Member => ({
    code: types.indexCode(each),
    comment: each.comment,
    about: undefined,
  }));
  const own = listedMembers(reflection, writers).filter((each) => !isDescribedElsewhere(each, addressOf));
  if (type !== undefined && own.length === 0) return undefined;
  const all = [
    ...calls.map((each): Member => ({ code: types.signatureCode(each), comment: each.comment, about: each })),
    ...indexed,
    ...own.flatMap(types.memberCodes),
  ];
  if (all.length === 0) return undefined;
  const items = all.map(
    ({ code, comment, about }) => markup`<li><code>${layOutCode(code)}</code>${comments.docs(comment, about)}</li>
`,
  );
  return markup`<ul class="members">${items}</ul>
`;
}

/** What an interface can be called as. */
const functionsOf = ({ kind, signatures }: DeclarationReflection): readonly SignatureReflection[] =>
  kind === ReflectionKind.Interface ? (signatures ?? []) : [];

/** What was inherited from a class of the platform, or from an interface that the declaration leads to. */
function isDescribedElsewhere({ flags, inheritedFrom }: DeclarationReflection, addressOf: AddressOf): boolean {
  if (flags.isExternal) return true;
  const origin = inheritedFrom?.reflection;
  return origin !== undefined && addressOf(origin) !== undefined;
}
