import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeText, markup } from './html.js';
import { scanMarkup, unescapeText } from './well-formed.js';

describe('markup', () => {
  test('any text put into content or an attribute leaves the document well-formed', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const scan = scanMarkup(markup`<p title="${text}">${text}<b>${[text, 1, undefined]}</b></p>`.markup);
        expect(scan).toMatchObject({ ok: true });
        expect(scan.ok && scan.elements[0]?.attributes.get('title')).toBe(text);
      }),
    );
  });

  test('to unescape undoes to escape', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(unescapeText(escapeText(text))).toBe(text);
      }),
    );
  });

  test('markup inside markup is not escaped again', () => {
    expect(markup`<i>${markup`<b>${'<'}</b>`}</i>`.markup).toBe('<i><b>&lt;</b></i>');
  });
});

describe('the check of well-formedness', () => {
  test.each(['<a><b></a></b>', '<a>', '</a>', 'a < b', 'a & b', '<a x=1></a>', '<a x="1" x="2"/>'])(
    'refuses %s',
    (text) => {
      expect(scanMarkup(text).ok).toBe(false);
    },
  );
});
