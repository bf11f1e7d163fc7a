import type { ConformanceCase } from '../verifier/case.js';
import { handshakeExtensionsCases } from './handshake-extensions.js';
import { handshakeHostUpgradeCases } from './handshake-host-upgrade.js';
import { handshakeKeyCases } from './handshake-key.js';
import { handshakeRequestCases } from './handshake-request.js';
import { handshakeResponseCases } from './handshake-response.js';
import { handshakeSubprotocolCases } from './handshake-subprotocol.js';
import { handshakeTimingCases } from './handshake-timing.js';
import { handshakeVersionCases } from './handshake-version.js';

/** Every case for servers, in the order of the chapters. */
export const serverCases: readonly ConformanceCase[] = [
  ...handshakeRequestCases,
  ...handshakeHostUpgradeCases,
  ...handshakeKeyCases,
  ...handshakeVersionCases,
  ...handshakeSubprotocolCases,
  ...handshakeExtensionsCases,
  ...handshakeResponseCases,
  ...handshakeTimingCases,
];
