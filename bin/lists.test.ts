import { describe, expect, test } from 'vitest';
import { runHybi } from './built-program.js';
import { origin } from './options.js';

describe('The lists of the command line', () => {
  test('the beginning of ids of clauses shows those clauses, as --only does', async () => {
    const [section, only] = await Promise.all([
      runHybi(['clauses', 'draft-06/4.5.2']),
      runHybi(['clauses', '--only', 'draft-06/4.5.2']),
    ]);
    expect(section).toEqual(only);
    expect(section).toMatchObject({ status: 0, err: '' });
    expect(section.out.match(/^draft-06\/4\.5\.2\//gm)).toHaveLength(4);
  });

  test('cases, faults and readings are listed by what they begin with, or by a clause', async () => {
    const [cases, faults, byNumber, byClause, none] = await Promise.all([
      runHybi(['cases', 'closing', '--role', 'server']),
      runHybi(['faults', 'draft-06/4.5.2']),
      runHybi(['readings', 'R-40']),
      runHybi(['readings', 'draft-06/4.5.2']),
      runHybi(['readings', 'draft-06/4.59']),
    ]);
    expect(cases.out).toContain('\n  closing/');
    expect(cases.out).not.toContain('\n  control/');
    expect(faults.out).toContain('breaks draft-06/4.5.2/');
    expect(byNumber.out.match(/ R-\d+ /g)?.every((number) => number.startsWith(' R-40'))).toBe(true);
    expect(byClause.out).toContain('R-404');
    expect(none).toMatchObject({ status: 2, out: '' });
    expect(none.err).toMatch(/^hybi: no reading has the number [^\n]+\n$/);
  });
});

describe('--origin', () => {
  test.each([
    ['http://app.example', 'http://app.example'],
    ['HTTPS://App.Example:8443', 'https://app.example:8443'],
    ['null', 'null'],
    ['http://[::1]:8080', 'http://[::1]:8080'],
  ])('takes %s', (text, value) => {
    expect(origin(text)).toBe(value);
  });

  test.each([
    '',
    'x',
    'app.example',
    'http://app.example/',
    'http://app.example:80',
    'http://',
    'http://a\nb',
    'http://é',
  ])('refuses %j, which no client may send', (text) => {
    expect(() => origin(text)).toThrow('such as http://app.example, or null');
  });
});
