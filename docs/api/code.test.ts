import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unescapeText } from '../well-formed.js';
import { alternatives, type Code, layOutCode, link, list, together } from './code.js';

const linesOf = (code: Code): readonly string[] =>
  unescapeText(layOutCode(code).markup.replace(/<[^>]+>/g, '')).split('\n');

const word = fc.stringMatching(/^[a-z]{1,30}$/);

/** Lists in lists, of words. */
const { code: codes } = fc.letrec<{ readonly code: Code; readonly leaf: Code; readonly inner: Code }>((tie) => ({
  leaf: word,
  inner: fc.oneof(
    fc.array(tie('code'), { maxLength: 4 }).map((items) => list('(', items, ')')),
    fc.array(tie('code'), { minLength: 1, maxLength: 4 }).map(alternatives),
    fc.array(tie('code'), { minLength: 1, maxLength: 4 }).map(together),
  ),
  code: fc.oneof({ maxDepth: 3 }, tie('leaf'), tie('inner')),
}));

describe('code', () => {
  test('says the same on one line and on several, but for the signs that lines begin and end with', () => {
    fc.assert(
      fc.property(codes, (code) => {
        const words = linesOf(code)
          .join(' ')
          .match(/[a-z]+/g);
        expect(words).toEqual(wordsOf(code).length === 0 ? null : wordsOf(code));
      }),
      { numRuns: 100 },
    );
  });

  test('takes no line that is wider than 96 characters, where it may be broken', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), (words) => {
        for (const line of linesOf(list('f(', words, ')'))) expect(line.length).toBeLessThanOrEqual(96);
      }),
      { numRuns: 100 },
    );
  });

  test('stands on one line where there is room', () => {
    expect(linesOf(list('{', ['a: b', 'c: d'], '}', { separator: ';', room: ' ' }))).toEqual(['{ a: b; c: d }']);
    expect(linesOf(['x: ', alternatives(['a', 'b'])])).toEqual(['x: a | b']);
  });

  test('breaks its parameters, and not its result', () => {
    const parameters = ['first', 'second'].map((name) => `${name}: ${'x'.repeat(38)}`);
    const code = ['function f', list('(', parameters, ')'), ': ', list('Promise<', ['void'], '>', { last: '' })];
    expect(linesOf(code)).toEqual(['function f(', ...parameters.map((each) => `  ${each},`), '): Promise<void>']);
  });

  test('leaves no line blank, and no blank at the end of one', () => {
    const long = ['a', 'b', 'c'].map((name) => name.repeat(40));
    const lines = linesOf(['type X = ', list('<', [alternatives(long)], '>', { last: '' })]);
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.filter((line) => line === '' || line.endsWith(' '))).toEqual([]);
  });

  test('gives a remark a line of its own, and escapes what it links', () => {
    const code = list('{', [['a: ', link('<B>', 'api/model/x.html#B')]], '}', { room: ' ', remarks: ['of A & B'] });
    expect(layOutCode(code).markup).toBe(
      '{\n  <i>// of A &amp; B</i>\n  a: <a href="~/api/model/x.html#B">&lt;B&gt;</a>,\n}',
    );
  });
});

/** The words of generated code, in order. */
function wordsOf(code: Code): readonly string[] {
  if (typeof code === 'string') return code.match(/[a-z]+/g) ?? [];
  if ('kind' in code) return 'code' in code ? wordsOf(code.code) : [];
  return code.flatMap(wordsOf);
}
