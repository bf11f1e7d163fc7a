import fc from 'fast-check';
import type { SomeType } from 'typedoc';
import {
  ArrayType,
  ConditionalType,
  DeclarationReflection,
  IndexedAccessType,
  InferredType,
  IntersectionType,
  IntrinsicType,
  LiteralType,
  MappedType,
  NamedTupleMember,
  OptionalType,
  PredicateType,
  ReflectionKind,
  ReflectionType,
  RestType,
  TemplateLiteralType,
  TupleType,
  TypeOperatorType,
  UnionType,
  UnknownType,
} from 'typedoc/models';
import { describe, expect, test } from 'vitest';
import { unescapeText } from '../well-formed.js';
import { layOutCode } from './code.js';
import { createTypeWriter, unionKey } from './type-code.js';

const writer = createTypeWriter(() => undefined);

const textOf = (type: SomeType): string =>
  unescapeText(layOutCode(writer.typeCode(type)).markup.replace(/<[^>]+>/g, ''));

/** A type without what only its lines need: blanks, bars in front of the first of several, commas behind the last. */
const bare = (text: string): string =>
  text
    .replace(/(^|[^\w'"`}\])>\s]|\b(?:is|keyof|readonly|extends|in))\s*\| /g, '$1 ')
    .replace(/\s+/g, '')
    .replaceAll('"', "'")
    .replace(/,(?=[)\]>}])/g, '');

const name = fc.stringMatching(/^[A-Z][a-z]{1,12}$/);

const { type: types } = fc.letrec<{ readonly type: SomeType; readonly leaf: SomeType; readonly inner: SomeType }>(
  (tie) => {
    const several = fc.array(tie('type'), { minLength: 2, maxLength: 4 });
    return {
      leaf: fc.oneof(
        name.map((each) => new IntrinsicType(each)),
        fc
          .oneof(fc.integer(), fc.boolean(), fc.bigInt({ min: 0n }), fc.constant(null), name)
          .map((each) => new LiteralType(each)),
      ),
      inner: fc.oneof(
        tie('type').map((each) => new ArrayType(each)),
        several.map((all) => new UnionType(all)),
        several.map((all) => new IntersectionType(all)),
        several.map((all) => new TupleType(all)),
        tie('type').map((each) => new TupleType([new OptionalType(each), new RestType(new ArrayType(each))])),
        fc
          .tuple(name, fc.boolean(), tie('type'))
          .map(([label, isOptional, each]) => new TupleType([new NamedTupleMember(label, isOptional, each)])),
        fc
          .tuple(fc.constantFrom('keyof', 'readonly'), tie('type'))
          .map(([operator, each]) => new TypeOperatorType(each, operator)),
        fc.tuple(tie('type'), tie('type')).map(([object, index]) => new IndexedAccessType(object, index)),
        fc
          .tuple(tie('type'), name, tie('type'), tie('type'))
          .map(([check, inferred, yes, no]) => new ConditionalType(check, new InferredType(inferred), yes, no)),
        fc
          .tuple(
            name,
            tie('type'),
            tie('type'),
            fc.constantFrom('+', '-', undefined),
            fc.constantFrom('+', '-', undefined),
          )
          .map(
            ([parameter, keys, each, readonly, optional]) => new MappedType(parameter, keys, each, readonly, optional),
          ),
        fc.tuple(name, tie('type')).map(([head, each]) => new TemplateLiteralType(head, [[each, '/']])),
        fc.tuple(name, fc.boolean(), tie('type')).map(([of, asserts, each]) => new PredicateType(of, asserts, each)),
      ),
      type: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('inner')),
    };
  },
);

describe('a type', () => {
  test('reads as typedoc itself would write it, however it is broken into lines', () => {
    fc.assert(
      fc.property(types, (type) => {
        expect(bare(textOf(type))).toBe(bare(type.toString()));
      }),
      { numRuns: 200 },
    );
  });

  test('of an object has its members with what is said of them, and only their number where there are many', () => {
    const shape = (count: number): ReflectionType => {
      const declaration = new DeclarationReflection('__type', ReflectionKind.TypeLiteral);
      declaration.children = Array.from({ length: count }, (_, at) => {
        const member = new DeclarationReflection(
          at === 0 ? 'local.send' : `m${at}`,
          ReflectionKind.Property,
          declaration,
        );
        member.type = new IntrinsicType('string');
        return member;
      });
      return new ReflectionType(declaration);
    };
    expect(textOf(shape(0))).toBe('{}');
    expect(textOf(shape(2))).toBe("{ 'local.send': string; m1: string }");
    expect(textOf(shape(41))).toBe('{ … 41 entries }');
  });

  test('is called by the name of its alternatives, in whatever order they are, but not where that name is declared', () => {
    const named = new DeclarationReflection('Verdict', ReflectionKind.TypeAlias);
    const unions = new Map([[unionKey(['"pass"', '"fail"', '"skipped"']), named]]);
    const linking = createTypeWriter(() => 'api/x.html#Verdict', unions);
    const union = new UnionType(['skipped', 'pass', 'fail'].map((each) => new LiteralType(each)));
    expect(layOutCode(linking.typeCode(union)).markup).toBe('<a href="~/api/x.html#Verdict">Verdict</a>');
    expect(unescapeText(layOutCode(linking.ownTypeCode(union)).markup)).toBe("'skipped' | 'pass' | 'fail'");
    expect(textOf(new UnknownType('...'))).toBe('…');
  });
});
