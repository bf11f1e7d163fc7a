import { expect } from 'vitest';
import { bytesFromLatin1, concatBytes, latin1FromBytes } from '../../model/bytes.js';
import type { Effect, EndpointOptions, Input } from '../../model/connection.js';
import { frameOf } from '../../model/frame.js';
import type { Role } from '../../model/role.js';
import { createConnection, step } from '../../model/step.js';
import type { ViolationCode } from '../../model/violation.js';
import { after, bytesTo, connectionIn, headTo, openingOf, optionsOf, sampleOffer } from '../simulation/reach.js';
import { law } from './law.js';

function typesOf(effects: readonly Effect[]): readonly string[] {
  return effects.map((effect) => (effect.type.includes('timer') ? `${effect.type} ${timerOf(effect)}` : effect.type));
}

function timerOf(effect: Effect): string {
  return 'timer' in effect ? effect.timer : '';
}

/** The head that an endpoint wrote, as text. */
function headOf(effects: readonly Effect[]): string {
  return effects.map((effect) => (effect.type === 'write-head' ? latin1FromBytes(effect.bytes) : '')).join('');
}

function codesOf(effects: readonly Effect[]): readonly ViolationCode[] {
  return effects.flatMap((effect) => (effect.type === 'violation' ? [effect.violation.code] : []));
}

function bytes(...parts: readonly (Uint8Array | string)[]): Input {
  return {
    type: 'bytes',
    bytes: concatBytes(parts.map((part) => (typeof part === 'string' ? bytesFromLatin1(part) : part))),
  };
}

/** The right head with a part of it replaced. */
function spoilt(role: Role, part: string | RegExp, by: string): Input {
  const head = latin1FromBytes(headTo(role));
  expect(head).toMatch(part);
  return bytes(head.replace(part, by));
}

const keep: EndpointOptions = { readings: { earlyData: 'keep' } };
const silent: EndpointOptions = { readings: { abortResponse: 'silent' } };

law('a client opens TCP first, then sends its opening handshake, then waits', ['draft-06/5.1/handshake-sent'], () => {
  const [start, first] = createConnection(optionsOf('client'));
  expect(first).toEqual([
    { type: 'open-transport', host: 'example.com', port: 80, secure: false },
    { type: 'arm-timer', timer: 'connect' },
  ]);
  const [, effects] = step(start, { type: 'transport.opened' });
  expect(typesOf(effects)).toEqual(['disarm-timer connect', 'write-head', 'arm-timer handshake']);
  expect(headOf(effects)).toMatch(/^GET \/chat HTTP\/1\.1\r\n(.+\r\n)+\r\n$/);
});

law('a client that cannot open TCP, or waits too long for it, fails', ['draft-06/5.1/connection-not-opened'], () => {
  const [failed, effects] = after(optionsOf('client'), { type: 'transport.failed' });
  expect(effects.at(-1)).toEqual({ type: 'closed', outcome: { state: 'closed.failed', clean: false } });
  expect(failed.state).toBe('closed.failed');
  const [, late] = after(optionsOf('client'), { type: 'timer.connect' });
  expect(typesOf(late)).toEqual(['disarm-timer connect', 'destroy-transport', 'closed']);
});

law('a right response opens the connection, with what was agreed', ['draft-06/8.1/response-is-in-use'], () => {
  const [client, effects] = after(optionsOf('client'), ...openingOf('client'));
  expect(client.state).toBe('open');
  expect(effects.at(-1)).toEqual({ type: 'opened', agreement: { subprotocol: 'chat', extensions: [] } });
  const [bare] = after(
    { role: 'client', offer: { uri: sampleOffer.uri, nonce: sampleOffer.nonce } },
    ...openingOf('client'),
  );
  expect(bare.state).toBe('connecting.failing');
});

law(
  'a wrong response makes the client fail, whatever is wrong with it',
  ['draft-06/5.1/response-validated', 'draft-06/7.2.1/fail-is-close', 'draft-06/7.1.4/fail-is-close'],
  () => {
    const wrong: readonly (readonly [Input, ViolationCode])[] = [
      [spoilt('client', '101', '404'), 'status-not-101'],
      [spoilt('client', 'websocket', 'h2c'), 'no-upgrade'],
      [spoilt('client', 'Connection: Upgrade', 'Connection: close'), 'no-connection'],
      [spoilt('client', /Accept: ./, 'Accept: !'), 'wrong-accept'],
      [spoilt('client', 'chat', 'superchat'), 'uninvited-subprotocol'],
      [spoilt('client', '\r\n\r\n', '\r\nSec-WebSocket-Extensions: mux\r\n\r\n'), 'uninvited-extension'],
      [spoilt('client', '\r\n\r\n', '\n\n'), 'bare-line-feed'],
      [bytes('nonsense\r\n'), 'malformed-status-line'],
    ];
    for (const [input, code] of wrong) {
      const [client, effects] = after(optionsOf('client'), { type: 'transport.opened' }, input);
      expect(codesOf(effects)).toEqual([code]);
      expect(typesOf(effects)).toEqual(['disarm-timer handshake', 'violation', 'end-transport', 'arm-timer drop']);
      const [then, last] = step(client, { type: 'transport.ended' });
      expect(then.state).toBe('closed.failed');
      expect(typesOf(last)).toEqual(['disarm-timer drop', 'closed']);
    }
  },
);

law('frames behind the response, in one piece with it, are read', ['draft-06/5.2.2/established'], () => {
  const text = bytesTo('client', frameOf('text', bytesFromLatin1('hello')));
  const [, effects] = after(optionsOf('client'), { type: 'transport.opened' }, bytes(headTo('client'), text));
  expect(typesOf(effects).filter((type) => type !== 'frame-read')).toEqual([
    'disarm-timer handshake',
    'opened',
    'message',
  ]);
});

law('a request is put before the application, and its answer opens or refuses', ['draft-06/5.2.2/status-101'], () => {
  const [server, effects] = after(optionsOf('server'), bytes(headTo('server')));
  expect(effects.at(-1)).toMatchObject({
    type: 'requested',
    request: { resourceName: '/chat', subprotocols: ['chat'] },
  });
  const [open, accepted] = step(server, { type: 'local.accept' });
  expect(headOf(accepted)).toMatch(/^HTTP\/1\.1 101 /);
  expect(accepted.at(-1)).toEqual({ type: 'opened', agreement: { extensions: [] } });
  expect(open.state).toBe('open');
  const rejection = { status: 403, reason: 'Forbidden', body: 'no\n' };
  const [aborting, rejected] = step(server, { type: 'local.reject', rejection });
  expect(headOf(rejected)).toMatch(/^HTTP\/1\.1 403 Forbidden\r\n[^]*\r\n\r\nno\n$/);
  expect(typesOf(rejected)).toEqual(['write-head', 'end-transport', 'arm-timer drop']);
  expect(step(aborting, { type: 'timer.drop' })[0].state).toBe('closed.aborted');
});

law(
  'an application cannot accept what was not asked for, nor reject with a status code that is none',
  ['draft-06/5.2.2/subprotocol-selected', 'draft-06/5.2.2/no-unlisted-extension'],
  () => {
    const server = connectionIn('server', 'connecting.deciding');
    const misuses: readonly Input[] = [
      { type: 'local.accept', acceptance: { subprotocol: 'superchat' } },
      { type: 'local.accept', acceptance: { extensions: [{ name: 'mux', parameters: [] }] } },
      { type: 'local.accept', acceptance: { fields: [{ name: 'a b', value: '' }] } },
      { type: 'local.reject', rejection: { status: 200, reason: 'OK' } },
    ];
    for (const input of misuses) expect(() => step(server, input), JSON.stringify(input)).toThrow(RangeError);
    expect(step(server, { type: 'local.accept' })[0].state).toBe('open');
  },
);

law(
  'a client of another version is told which version is understood',
  ['draft-06/5.2.2/version-not-understood', 'draft-06/5.2.2/version-response'],
  () => {
    const [server, effects] = after(optionsOf('server'), spoilt('server', 'Version: 6', 'Version: 8'));
    expect(headOf(effects)).toMatch(/^HTTP\/1\.1 426 /);
    expect(headOf(effects)).toContain('\r\nSec-WebSocket-Version: 6\r\n');
    expect(codesOf(effects)).toEqual(['wrong-version']);
    expect(server.state).toBe('connecting.aborting');
  },
);

law(
  'a server aborts on a wrong opening handshake, with or without a word before it (R-507)',
  ['draft-06/5.2.1/abort-on-mismatch', 'draft-06/7.2.2/abort-is-close'],
  () => {
    for (const input of [spoilt('server', 'GET', 'PUT'), spoilt('server', /Key: ./, 'Key: !'), bytes('GET\r\n')]) {
      const [, effects] = after(optionsOf('server'), input);
      expect(headOf(effects)).toMatch(/^HTTP\/1\.1 400 /);
      expect(typesOf(effects).slice(1)).toEqual(['violation', 'write-head', 'end-transport', 'arm-timer drop']);
      const [aborting, quiet] = after(optionsOf('server', silent), input);
      expect(typesOf(quiet).slice(1)).toEqual(['violation', 'end-transport', 'arm-timer drop']);
      expect(step(aborting, bytes(headTo('server')))).toEqual([aborting, []]);
    }
  },
);

law(
  'a client that does not wait for the answer is cut off, or heard later (R-506)',
  ['draft-06/5.1/waits-for-response'],
  () => {
    const frames = concatBytes([
      bytesTo('server', frameOf('text', bytesFromLatin1('early'))),
      bytesTo('server', frameOf('ping')),
    ]);
    const input = bytes(headTo('server'), frames);
    const [aborted, effects] = after(optionsOf('server'), input);
    expect(effects.find(({ type }) => type === 'violation')).toMatchObject({
      violation: { code: 'early-data', offset: headTo('server').length },
    });
    expect(headOf(effects)).toMatch(/^HTTP\/1\.1 400 /);
    expect(aborted.state).toBe('connecting.aborting');
    const [, quiet] = after(optionsOf('server', silent), input);
    expect(headOf(quiet)).toBe('');
    expect(codesOf(quiet)).toEqual(['early-data']);

    const [kept, nothing] = after(optionsOf('server', keep), bytes(headTo('server')), { type: 'bytes', bytes: frames });
    expect(nothing).toEqual([]);
    const [open, heard] = step(kept, { type: 'local.accept' });
    expect(open.early.length).toBe(0);
    expect(heard.filter(({ type }) => type === 'message' || type === 'pinged')).toMatchObject([
      { type: 'message', message: { kind: 'text', text: 'early' } },
      { type: 'pinged' },
    ]);
    expect(heard[0]?.type).toBe('write-head');
  },
);

law('a head has a limit', ['draft-06/9/input-not-trusted'], () => {
  for (const role of ['client', 'server'] as const) {
    const head = headTo(role);
    const before: readonly Input[] = role === 'client' ? [{ type: 'transport.opened' }] : [];
    const [, taken] = after(optionsOf(role, { maxHead: head.length }), ...before, bytes(head));
    expect(codesOf(taken)).toEqual([]);
    const [, refused] = after(optionsOf(role, { maxHead: head.length - 1 }), ...before, bytes(head));
    expect(codesOf(refused)).toEqual(['head-too-large']);
    expect(() => createConnection(optionsOf(role, { maxHead: 0 }))).toThrow(RangeError);
  }
});

law('what comes early is kept up to the limit of a head', ['draft-06/9/input-not-trusted'], () => {
  const { length } = headTo('server');
  const options = optionsOf('server', { ...keep, maxHead: length });
  const flood: Input = { type: 'bytes', bytes: new Uint8Array(length) };
  const [full, effects] = after(options, bytes(headTo('server')), flood);
  expect(full.state).toBe('connecting.deciding');
  expect(effects).toEqual([]);
  const [over, refusal] = step(full, { type: 'bytes', bytes: new Uint8Array(1) });
  expect(over.state).toBe('connecting.aborting');
  expect(refusal[0]).toEqual({ type: 'violation', violation: { code: 'head-too-large', offset: 2 * length } });
});

law('ordinary HTTP is handed over, with the bytes behind its head', ['draft-06/5.1/upgrade'], () => {
  const [server, effects] = after(optionsOf('server'), bytes('POST /form HTTP/1.1\r\nHost: a\r\n\r\nx=1'));
  expect(server.state).toBe('closed.http');
  expect(effects).toMatchObject([
    { type: 'disarm-timer', timer: 'handshake' },
    { type: 'http', head: { method: 'POST', target: '/form' }, rest: bytesFromLatin1('x=1') },
  ]);
  expect(step(server, bytes('&y=2'))).toEqual([server, []]);
});
