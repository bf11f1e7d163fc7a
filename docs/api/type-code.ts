import type { DeclarationReflection, ParameterReflection, Reflection, SignatureReflection, SomeType } from 'typedoc';
import { TypeContext } from 'typedoc/models';
import { alternatives, type Code, link, list, together } from './code.js';
import { remarkOn } from './remark.js';

/** Where a reflection is described, from the root of the site; `undefined` for what has no place in the reference. */
export type AddressOf = (reflection: Reflection) => string | undefined;

/**
 * The names of alternatives that are said in full where the compiler forgets their name: by the alternatives, as
 * `unionKey` writes them.
 */
export type UnionNames = ReadonlyMap<string, Reflection>;

/** Alternatives in one order. @param types each as TypeScript writes it */
export const unionKey = (types: readonly string[]): string => [...types].sort().join(' | ');

/** Members and arguments that a type inside a type shows: more of them say less. */
const most = { members: 40, arguments: 4 } as const;

/** Writes types as TypeScript does, each name of the reference a link to its place. */
export function createTypeWriter(addressOf: AddressOf, unions: UnionNames = new Map()) {
  const all = (types: readonly SomeType[] | undefined, where: TypeContext): readonly Code[] =>
    (types ?? []).map((type) => typeCode(type, where));

  function typeCode(type: SomeType, where: TypeContext = TypeContext.none): Code {
    const code = type.visit<Code>({
      array: ({ elementType }) => [typeCode(elementType, TypeContext.arrayElement), '[]'],
      conditional: ({ checkType, extendsType, trueType, falseType }) => [
        typeCode(checkType, TypeContext.conditionalCheck),
        ' extends ',
        typeCode(extendsType, TypeContext.conditionalExtends),
        ' ? ',
        typeCode(trueType, TypeContext.conditionalTrue),
        ' : ',
        typeCode(falseType, TypeContext.conditionalFalse),
      ],
      indexedAccess: ({ objectType, indexType }) => [
        typeCode(objectType, TypeContext.indexedObject),
        '[',
        typeCode(indexType, TypeContext.indexedIndex),
        ']',
      ],
      inferred: ({ name, constraint }) => [
        `infer ${name}`,
        constraint === undefined ? '' : [' extends ', typeCode(constraint, TypeContext.inferredConstraint)],
      ],
      intersection: ({ types }) => together(all(types, TypeContext.intersectionElement)),
      intrinsic: ({ name }) => name,
      literal: ({ value }) => literal(value),
      mapped: ({ parameter, parameterType, templateType, readonlyModifier, optionalModifier, nameType }) => [
        '{ ',
        readonlyModifier === undefined ? '' : readonlyModifier === '+' ? 'readonly ' : '-readonly ',
        `[${parameter} in `,
        typeCode(parameterType, TypeContext.mappedParameter),
        nameType == null ? '' : [' as ', typeCode(nameType, TypeContext.mappedName)],
        optionalModifier === undefined ? ']: ' : optionalModifier === '+' ? ']?: ' : ']-?: ',
        typeCode(templateType, TypeContext.mappedTemplate),
        ' }',
      ],
      optional: ({ elementType }) => [typeCode(elementType, TypeContext.optionalElement), '?'],
      predicate: ({ name, asserts, targetType }) => [
        `${asserts ? 'asserts ' : ''}${name}`,
        targetType === undefined ? '' : [' is ', typeCode(targetType, TypeContext.predicateTarget)],
      ],
      query: ({ queryType }) => ['typeof ', typeCode(queryType, TypeContext.queryTypeTarget)],
      reference: ({ name, reflection, typeArguments = [] }) => {
        const address = reflection === undefined ? undefined : addressOf(reflection);
        const told = typeArguments.filter((each) => String(each) !== 'ArrayBufferLike');
        const shown = address === undefined ? told.slice(0, most.arguments) : told;
        const items = [...all(shown, TypeContext.referenceTypeArgument), ...(shown.length < told.length ? ['…'] : [])];
        return [
          address === undefined ? name : link(name, address),
          items.length === 0 ? '' : list('<', items, '>', { last: '' }),
        ];
      },
      reflection: ({ declaration }) => shapeCode(declaration),
      rest: ({ elementType }) => ['...', typeCode(elementType, TypeContext.restElement)],
      templateLiteral: ({ head, tail }) => [
        `\`${head}`,
        ...tail.map(([inner, text]): Code => ['${', typeCode(inner, TypeContext.templateLiteralElement), `}${text}`]),
        '`',
      ],
      tuple: ({ elements }) => list('[', all(elements, TypeContext.tupleElement), ']'),
      namedTupleMember: ({ name, isOptional, element }) => [
        `${name}${isOptional ? '?' : ''}: `,
        typeCode(element, TypeContext.tupleElement),
      ],
      typeOperator: ({ operator, target }) => [`${operator} `, typeCode(target, TypeContext.typeOperatorTarget)],
      union: ({ types }) => {
        const named = unions.get(unionKey(types.map(String)));
        const address = named === undefined ? undefined : addressOf(named);
        return named === undefined || address === undefined ? unionCode(types) : link(named.name, address);
      },
      unknown: ({ name }) => name.replace(/\.\.\.$/, '…'),
    });
    return type.needsParenthesis(where) ? ['(', code, ')'] : code;
  }

  const unionCode = (types: readonly SomeType[]): Code => alternatives(all(flat(types), TypeContext.unionElement));

  /** What a name stands for, which is not that name. */
  const ownTypeCode = (type: SomeType): Code => (type.type === 'union' ? unionCode(type.types) : typeCode(type));

  /** The type of an object or of a function that has no name. */
  function shapeCode(shape: DeclarationReflection): Code {
    const { children = [], signatures = [], indexSignatures = [] } = shape;
    const [only, ...more] = signatures;
    if (only !== undefined && more.length === 0 && children.length === 0) return signatureCode(only, ' => ');
    if (children.length > most.members) return `{ … ${children.length} entries }`;
    const calls = signatures.map((each) => ({ code: signatureCode(each), remark: remarkOn(each.comment) }));
    const indexed = indexSignatures.map((each) => ({ code: indexCode(each), remark: remarkOn(each.comment) }));
    const members = children.flatMap((each) =>
      memberCodes(each).map(({ code, comment }) => ({ code, remark: remarkOn(comment) })),
    );
    const parts = [...calls, ...indexed, ...members];
    const remarks = parts.map(({ remark }) => remark);
    return list(
      '{',
      parts.map(({ code }) => code),
      '}',
      { separator: ';', room: ' ', remarks },
    );
  }

  function indexCode({ parameters = [], type }: SignatureReflection): Code {
    return ['[', parameters.map(parameterCode), ']: ', type === undefined ? 'any' : typeCode(type)];
  }

  /** A member of an object, once for each of its signatures, with what is said of it. */
  function memberCodes(member: DeclarationReflection): readonly Member[] {
    const { flags, signatures, type } = member;
    const name = `${flags.isReadonly ? 'readonly ' : ''}${propertyName(member.name)}${flags.isOptional ? '?' : ''}`;
    if (signatures !== undefined)
      return signatures.map((each) => ({ code: [name, signatureCode(each)], comment: each.comment, about: each }));
    const read = type ?? member.getSignature?.type;
    const about = read?.type === 'reflection' ? read.declaration.signatures?.[0] : undefined;
    const comment = member.comment ?? member.getSignature?.comment ?? about?.comment;
    return [{ code: [name, ': ', read === undefined ? 'unknown' : typeCode(read)], comment, about }];
  }

  /** Type parameters, parameters and result. @param arrow what stands in front of the result */
  function signatureCode({ typeParameters, parameters = [], type }: SignatureReflection, arrow = ': '): Code {
    return [
      typeParametersCode(typeParameters),
      list('(', parameters.map(parameterCode), ')'),
      arrow,
      type === undefined ? 'void' : typeCode(type),
    ];
  }

  function parameterCode(parameter: ParameterReflection): Code {
    const { flags, defaultValue, type } = parameter;
    const value = defaultValue === undefined ? '' : ` = ${defaultValue === '...' ? '…' : defaultValue}`;
    const mark = flags.isOptional && value === '' ? '?' : '';
    return [
      `${flags.isRest ? '...' : ''}${parameterName(parameter)}${mark}: `,
      type === undefined ? 'unknown' : typeCode(type),
      value,
    ];
  }

  function typeParametersCode(parameters: SignatureReflection['typeParameters']): Code {
    const items = (parameters ?? []).map(({ name, type, default: value }): Code => [
      name,
      type === undefined ? '' : [' extends ', typeCode(type)],
      value === undefined ? '' : [' = ', typeCode(value)],
    ]);
    return items.length === 0 ? '' : list('<', items, '>', { last: '' });
  }

  return { typeCode, ownTypeCode, memberCodes, signatureCode, typeParametersCode, indexCode };
}

/** Alternatives of alternatives are alternatives. */
const flat = (types: readonly SomeType[]): readonly SomeType[] =>
  types.flatMap((type) => (type.type === 'union' ? flat(type.types) : [type]));

/** What writes types. */
export type TypeWriter = ReturnType<typeof createTypeWriter>;

/** A member as code, what is said of it, and the function that it is, if it is one. */
export interface Member {
  readonly code: Code;
  readonly comment: SignatureReflection['comment'];
  readonly about: SignatureReflection | undefined;
}

/** A parameter that is taken apart at once has no name. */
export const parameterName = ({ name }: ParameterReflection): string =>
  name === '__namedParameters' ? 'options' : name;

const propertyName = (name: string): string =>
  /^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(name) || name.startsWith('[') ? name : literal(name);

function literal(value: string | number | boolean | bigint | null): string {
  if (typeof value === 'bigint') return `${value}n`;
  if (typeof value !== 'string') return String(value);
  const quoted = JSON.stringify(value);
  return value.includes("'") ? quoted : `'${quoted.slice(1, -1).replaceAll('\\"', '"')}'`;
}
