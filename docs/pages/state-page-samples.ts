import { bytesFromLatin1 } from '../../model/bytes.js';
import { writeCloseBody } from '../../model/close-body.js';
import type { Input } from '../../model/connection.js';
import { frameOf } from '../../model/frame.js';
import type { MachineEventType } from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import { encodeUtf8 } from '../../model/utf8.js';
import { bytesTo, headTo } from '../../properties/simulation/reach.js';

const key = Uint8Array.of(0x37, 0xfa, 0x21, 0x3d);

/** An input that brings about an event, where the state knows it: bytes of the other side, a wish, or what TCP tells. */
export function sampleOf(role: Role, event: MachineEventType): Input {
  const frame = (...made: Parameters<typeof frameOf>): Input => ({
    type: 'bytes',
    bytes: bytesTo(role, frameOf(...made), key),
  });
  const latin1 = (text: string): Input => ({ type: 'bytes', bytes: bytesFromLatin1(text) });
  switch (event) {
    case 'handshake.requested':
    case 'handshake.accepted':
      return { type: 'bytes', bytes: headTo(role) };
    case 'handshake.malformed':
      return latin1('nonsense\r\n\r\n');
    case 'handshake.refused':
      return latin1('HTTP/1.1 403 Forbidden\r\n\r\n');
    case 'handshake.http':
      return latin1('GET / HTTP/1.1\r\nHost: example.com\r\n\r\n');
    case 'remote.message':
      return frame('text', encodeUtf8('Hello'));
    case 'remote.ping':
      return frame('ping', encodeUtf8('?'));
    case 'remote.pong':
      return frame('pong');
    case 'remote.close':
      return frame('close', writeCloseBody({ status: 1000 }));
    case 'remote.violation':
      return { type: 'bytes', bytes: bytesTo(role, { ...frameOf('ping'), rsv1: true }, key) };
    case 'local.send':
      return { type: 'local.send', kind: 'text', data: encodeUtf8('Hello') };
    case 'local.close':
      return { type: 'local.close', close: { status: 1000 } };
    case 'local.reject':
      return { type: 'local.reject', rejection: { status: 403, reason: 'Forbidden' } };
    default:
      return { type: event };
  }
}
