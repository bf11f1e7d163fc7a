import type { ClientCase } from '../../verifier/case.js';
import { clientClosingCases } from './closing.js';
import { clientControlFrameCases } from './control-frames.js';
import { clientDeflateStreamCases } from './deflate-stream.js';
import { clientFramingCases } from './framing.js';
import { clientMaskingCases } from './masking.js';
import { clientMaskingKeyCases } from './masking-keys.js';
import { clientMessageCases } from './messages.js';
import { clientNegotiationCases } from './negotiation.js';
import { clientRequestCases } from './request.js';
import { clientResponseFieldCases } from './response-fields.js';
import { clientResponseStatusCases } from './response-status.js';
import { clientResponseSyntaxCases } from './response-syntax.js';
import { clientResponseTimingCases } from './response-timing.js';
import { clientTlsCases } from './tls.js';
import { clientUriCases } from './uri.js';
import { clientUtf8Cases } from './utf8.js';
import { clientTimeoutCases } from './timeouts.js';

/**
 * Every case for clients, in the order of the chapters. Ids begin with `client-`, so that they never meet those of the
 * cases for servers.
 */
export const clientCases: readonly ClientCase[] = [
  ...clientUriCases,
  ...clientRequestCases,
  ...clientResponseStatusCases,
  ...clientResponseFieldCases,
  ...clientResponseSyntaxCases,
  ...clientResponseTimingCases,
  ...clientNegotiationCases,
  ...clientMaskingCases,
  ...clientMaskingKeyCases,
  ...clientFramingCases,
  ...clientMessageCases,
  ...clientControlFrameCases,
  ...clientClosingCases,
  ...clientUtf8Cases,
  ...clientDeflateStreamCases,
  ...clientTimeoutCases,
];

/** Cases for clients that know wss URLs; for the others they have nothing to ask. */
export const secureClientCases: readonly ClientCase[] = clientTlsCases;
