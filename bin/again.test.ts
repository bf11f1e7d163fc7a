import { parseUri } from '../model/uri.js';
import { expect, test } from 'vitest';
import { quoted, sameOptions } from './again.js';
import { refusalHint, silenceHint } from './refusal-hint.js';

test('a repetition gets everything that made the run what it was, and nothing that is usual', () => {
  expect(sameOptions({ timeout: 2000, echo: 'auto' })).toBe('');
  expect(
    sameOptions({
      ...{ timeout: Infinity, echo: 'no', origin: 'http://a.example', ca: 'my ca.pem', insecure: true },
      ...{
        subprotocol: ['chat'],
        header: [{ name: 'Cookie', value: "it's=1" }],
        reading: { nonMinimalLength: 'refuse' },
      },
    }),
  ).toBe(
    ` --origin http://a.example --ca 'my ca.pem' --insecure --timeout 0 --echo no --subprotocol chat --header 'Cookie: it'\\''s=1' --reading R-401=refuse`,
  );
  expect(quoted('ws://h/?a=1&b')).toBe("'ws://h/?a=1&b'");
});

const asked = (text: string, origin?: string) => {
  const parsed = parseUri(text);
  if (!parsed.ok) throw new Error(parsed.refusal.says);
  return { uri: parsed.uri, origin, subprotocols: [], timeout: 2000 };
};

test('who is refused is told what to try, by the status', () => {
  const hint = (status: number | undefined): string => refusalHint(status, asked('ws://h.example/x'));
  expect(hint(401)).toContain("--header 'Authorization");
  expect(hint(403)).toContain('--origin http://h.example');
  expect(refusalHint(403, asked('ws://h/', 'http://a'))).toContain('another --origin than http://a');
  expect(hint(404)).toContain('/x is not where it speaks WebSocket');
  expect(hint(426)).toContain('Sec-WebSocket-Version: 6');
  expect(hint(302)).toContain('Location');
  expect(hint(200)).toContain('ordinary HTTP');
  expect(hint(400)).toContain('--subprotocol NAME');
  expect(hint(503)).toContain('--header');
  expect(hint(undefined)).toContain('wss:');
  expect(silenceHint(asked('wss://h/'))).not.toContain('wss:');
  expect(silenceHint(asked('ws://h/'))).toContain('longer --timeout than 2000');
});
