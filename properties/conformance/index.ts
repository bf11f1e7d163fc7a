import type { ConformanceCase } from '../verifier/case.js';
import { randomCasesFor } from '../campaign/cases.js';
import { closingCasesFor } from './closing.js';
import { closingDisorderCases } from './closing-disorder.js';
import { controlFrameRefusals } from './control-frame-limits.js';
import { controlFrameCases } from './control-frames.js';
import { deflateStreamCases } from './deflate-stream.js';
import { fragmentOrderCases } from './fragment-order.js';
import { fragmentationCases } from './fragmentation.js';
import { framingLengthCases } from './framing-lengths.js';
import { reservedCasesFor } from './framing-reserved.js';
import { furtherLayoutCases } from './further-layout.js';
import { furtherLengthCases } from './further-lengths.js';
import { furtherHeaderCases } from './further-headers.js';
import { furtherExtensionCases } from './further-extensions.js';
import { furtherControlCasesFor } from './further-control.js';
import { furtherFreedomCases } from './further-freedoms.js';
import { handshakeExtensionsCases } from './handshake-extensions.js';
import { handshakeHostUpgradeCases } from './handshake-host-upgrade.js';
import { handshakeKeyCases } from './handshake-key.js';
import { handshakeRequestCases } from './handshake-request.js';
import { handshakeResponseCases } from './handshake-response.js';
import { handshakeSubprotocolCases } from './handshake-subprotocol.js';
import { handshakeTimingCases } from './handshake-timing.js';
import { handshakeVersionCases } from './handshake-version.js';
import { maskingCases } from './masking.js';
import { segmentationCasesFor } from './segmentation.js';
import { refusals } from './shared-cases.js';
import { statusCodeCases } from './status-codes.js';
import { timeoutCases } from './timeouts.js';
import { tlsCases } from './tls.js';
import { utf8Cases } from './utf8.js';

/** Every case for servers of either scheme, in the order of the chapters. */
export const serverCases: readonly ConformanceCase[] = [
  ...handshakeRequestCases,
  ...handshakeHostUpgradeCases,
  ...handshakeKeyCases,
  ...handshakeVersionCases,
  ...handshakeSubprotocolCases,
  ...handshakeExtensionsCases,
  ...handshakeResponseCases,
  ...handshakeTimingCases,
  ...furtherHeaderCases,
  ...furtherExtensionCases,
  ...framingLengthCases,
  ...furtherLengthCases,
  ...furtherLayoutCases,
  ...reservedCasesFor('server'),
  ...maskingCases,
  ...fragmentationCases,
  ...fragmentOrderCases,
  ...controlFrameCases,
  ...refusals('server', controlFrameRefusals),
  ...furtherControlCasesFor('server'),
  ...closingCasesFor('server'),
  ...closingDisorderCases,
  ...statusCodeCases,
  ...utf8Cases,
  ...segmentationCasesFor('server'),
  ...furtherFreedomCases,
  ...deflateStreamCases,
  ...timeoutCases,
];

/** Cases for servers behind TLS alone. */
export const secureServerCases: readonly ConformanceCase[] = tlsCases;

/** The cases that concern a target. */
export function casesFor({ uri, runs = 0 }: Concern): readonly ConformanceCase[] {
  return [...serverCases, ...(uri.secure ? secureServerCases : []), ...(runs > 0 ? randomCasesFor('server') : [])];
}

interface Concern {
  readonly uri: { readonly secure: boolean };
  /** Random conversations for each generated case; without any there are no generated cases. */
  readonly runs?: number;
}
