import { noBytes } from '../../model/bytes.js';
import { frameOf, isControl } from '../../model/frame.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { Peer } from '../verifier/line.js';
import { alteredServer, laidOut } from './altered-server.js';

/** Servers that keep every clause, each in a way of its own: to fail one of them is a defect of the verifier. */
export const unusualServers: Readonly<Record<string, () => Peer>> = {
  'spells lengths in 63 bits': () => alteredServer({ sends: (frame) => [laidOut(frame, { lengthForm: 63 })] }),
  'fragments its messages, with an empty fragment': () =>
    alteredServer({
      sends: (frame) =>
        isControl(frame.opcode)
          ? [laidOut(frame)]
          : [
              laidOut({ ...frame, fin: false, applicationData: frame.applicationData.subarray(0, 1) }),
              laidOut(frameOf('continuation', noBytes, false)),
              laidOut(frameOf('continuation', frame.applicationData.subarray(1))),
            ],
    }),
  'greets and pings': () =>
    memoryServer((effect) =>
      effect.type === 'opened'
        ? [{ type: 'local.send', kind: 'text', data: encodeUtf8('welcome') }, { type: 'local.ping' }]
        : echoApplication(effect),
    ),
};
