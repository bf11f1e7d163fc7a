import { describe, expect } from 'vitest';
import { chooseBehaviour } from '../../impl/behaviours.js';
import { frameOf } from '../../model/frame.js';
import { machineEvents, type MachineAction, type MachineEventType } from '../../model/machine-setup.js';
import { isClosed, stateIds } from '../../model/state-id.js';
import { transitionTable } from '../../model/transition-table.js';
import { allContexts } from '../simulation/machine-walk.js';
import { after, bytesTo, openingOf, optionsOf } from '../simulation/reach.js';
import { law } from './law.js';

/** What ends a connection, or begins to. */
const endings: readonly MachineAction[] = [
  'sendClose',
  'sendCloseForViolation',
  'answerClose',
  'endTransport',
  'destroyTransport',
];

/** Why a client may close: the application, a Close of the server, a failure, TCP itself, or a wait without end. */
const reasonsToClose =
  /^(?:local\.(?:close|answer|drop)|remote\.(?:close|violation)|handshake\.refused|transport\.\w+|timer\.\w+)$/;

describe('a client', () => {
  law(
    'closes for no other reason than the application, a Close, a failure, the end of TCP or a wait that is over',
    ['draft-06/7.1.4/no-other-close', 'draft-06/7.2.1/no-other-close', 'draft-06/7.3/client-not-arbitrarily'],
    () => {
      const closing = new Set<string>();
      for (const context of allContexts) {
        const table = transitionTable('client', context);
        for (const state of stateIds.client) {
          if (isClosed(state)) continue;
          for (const event of Object.keys(machineEvents) as MachineEventType[]) {
            const row = table.row(state, event);
            if (row?.actions.some((action) => endings.includes(action)) === true) closing.add(event);
          }
        }
      }
      for (const event of closing) expect(event).toMatch(reasonsToClose);
      expect(closing).toContain('local.close');
    },
  );

  law('reports what made it fail', ['draft-06/7.1.4/may-report', 'draft-06/7.2.1/may-report'], () => {
    const wrong = { ...frameOf('text'), rsv1: true };
    const [, effects] = after(optionsOf('client'), ...openingOf('client'), {
      type: 'bytes',
      bytes: bytesTo('client', wrong),
    });
    expect(effects).toContainEqual({
      type: 'violation',
      violation: expect.objectContaining({ code: 'rsv1-set' }) as unknown,
    });
    const [, refused] = after(
      optionsOf('client'),
      { type: 'transport.opened' },
      { type: 'bytes', bytes: Uint8Array.from(Buffer.from('HTTP/1.1 404 Not Found\r\n\r\n')) },
    );
    expect(refused.find(({ type }) => type === 'violation')).toMatchObject({ violation: { code: 'status-not-101' } });
  });
});

describe('a server', () => {
  law('derives its service from the Request-URI', ['draft-06/5.2.2/resource-name-derived'], () => {
    const services = ['/', '/close?status=1001', '/silent'].map((name) => chooseBehaviour(name));
    expect(services.map((service) => ('behaviour' in service ? service.behaviour.path : service.status))).toEqual([
      '/',
      '/close',
      '/silent',
    ]);
    expect(chooseBehaviour('/no-such-service')).toMatchObject({ status: 404 });
  });
});
