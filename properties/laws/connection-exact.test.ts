import { describe, expect } from 'vitest';
import { blankConnection, type Connection, type Input, machineContextOf } from '../../model/connection.js';
import { noExtensionsInUse } from '../../model/extension-registry.js';
import { createDecoder, defaultMaxPayload } from '../../model/frame-decoder.js';
import { createHeadReader } from '../../model/http-head-reader.js';
import { createAssembler } from '../../model/message.js';
import type { Role } from '../../model/role.js';
import { createConnection } from '../../model/step.js';
import { transitionTable } from '../../model/transition-table.js';
import { defaultReadings } from '../../spec/readings.js';
import { after, headTo, optionsOf, sampleOffer } from '../simulation/reach.js';
import { law } from './law.js';
import { under } from './under.js';

const tableOf = (role: Role) => transitionTable(role, machineContextOf());

/** What a connection of either role has not met before its first step. */
const nothingYet: Partial<Connection> = {
  headLength: 0,
  request: undefined,
  agreement: undefined,
  inUse: noExtensionsInUse,
  expansion: { coded: 0, clear: 0 },
  early: new Uint8Array(0),
  unread: new Uint8Array(0),
  outgoing: 'nothing',
  closeSent: undefined,
  closeReceived: undefined,
  firstClose: undefined,
  isDeaf: false,
  isReported: false,
};

describe('a connection begins', () => {
  law(
    'with the limits that are documented, and nobody said or read anything',
    ['draft-06/5.1/handshake-sent', 'draft-06/4.1/client-frames-masked', 'draft-06/4.1/server-frames-clear'],
    () => {
      for (const role of ['client', 'server'] as const) {
        const table = tableOf(role);
        const readings = defaultReadings;
        expect(blankConnection(optionsOf(role), table)).toEqual({
          ...nothingYet,
          role,
          settings: {
            readings,
            pausesAtMessages: false,
            maxMessage: 16 * 1024 * 1024,
            maxExpansion: 128,
            maxHead: 16 * 1024,
            extensions: [],
            authorities: [],
            offer: role === 'client' ? sampleOffer : undefined,
            table,
          },
          state: role === 'client' ? 'connecting.awaiting-transport' : 'connecting.awaiting-request',
          head: createHeadReader(role === 'client' ? 'response' : 'request'),
          decoder: createDecoder({ masked: role === 'server', maxPayload: defaultMaxPayload, readings }),
          assembler: createAssembler({ role, maxMessage: defaultMaxPayload, readings }),
        });
      }
    },
  );

  law('with what it was told', ['draft-06/9/input-not-trusted', 'draft-06/5.2.1/host'], () => {
    for (const role of ['client', 'server'] as const) {
      const readings = { hostOfRequest: 'match', bytesAboveAscii: 'refuse' } as const;
      const told = { maxMessage: 7, maxHead: 99, maxExpansion: 3, pausesAtMessages: true, readings };
      const options = optionsOf(role, told);
      const authorities = ['a.test'];
      const { settings, head, decoder, assembler } = blankConnection(
        options.role === 'server' ? { ...options, authorities } : options,
        tableOf(role),
      );
      const all = under(readings);
      expect(settings).toMatchObject({ ...told, readings: all, authorities: role === 'server' ? authorities : [] });
      expect(head).toMatchObject({ maxBytes: 99, readings: all });
      expect(decoder.options).toMatchObject({ maxPayload: 7, readings: all, masked: role === 'server' });
      expect(assembler.options).toMatchObject({ maxMessage: 7, readings: all, role });
    }
  });
});

describe('the opening handshake of a connection', () => {
  law('may come in any two pieces', ['draft-06/5.2.1/parse-request', 'draft-06/5.1/response-validated'], () => {
    for (const role of ['client', 'server'] as const) {
      const head = headTo(role);
      const before: readonly Input[] = role === 'client' ? [{ type: 'transport.opened' }] : [];
      for (const at of [1, head.length >> 1, head.length - 1]) {
        const [then] = after(
          optionsOf(role),
          ...before,
          { type: 'bytes', bytes: head.subarray(0, at) },
          { type: 'bytes', bytes: head.subarray(at) },
        );
        expect(then.state).toBe(role === 'client' ? 'open' : 'connecting.deciding');
        expect(then.headLength).toBe(head.length);
      }
    }
  });

  law(
    'is refused at once where the readings of a client rule its offer out',
    ['draft-06/5.1/subprotocols-unique'],
    () => {
      const offer = { ...sampleOffer, subprotocols: ['chat', 'CHAT'] };
      expect(createConnection({ role: 'client', offer })[0].state).toBe('connecting.awaiting-transport');
      const strict = { role: 'client', offer, readings: { subprotocolCase: 'none' } } as const;
      expect(() => createConnection(strict)).toThrow(RangeError);
    },
  );
});
