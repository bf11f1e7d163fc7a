import { describe, expect, test } from 'vitest';
import { concatBytes, noBytes } from '../../model/bytes.js';
import { type Frame, frameOf, isControl } from '../../model/frame.js';
import { mask } from '../../model/masking.js';
import { parseUri } from '../../model/uri.js';
import { encodeUtf8, utf8Text } from '../../model/utf8.js';
import type { ClauseId } from '../../spec/clauses.js';
import { type ReadingChoices, readings } from '../../spec/readings.js';
import { opcodes } from '../../spec/wire.js';
import { echoApplication, memoryServer } from '../drivers/memory-server.js';
import type { ConformanceCase } from '../verifier/case.js';
import type { Verdict } from '../verifier/finding.js';
import { type Peer, PeerUnreachable } from '../verifier/line.js';
import { runCase } from '../verifier/run.js';
import type { Target } from '../verifier/tester.js';
import { type Alteration, alteredServer, asClient, laidOut, onSend } from './altered-server.js';
import { closingCases } from './closing.js';
import { closingDisorderCases } from './closing-disorder.js';
import { controlFrameCases } from './control-frames.js';
import { controlFrameLimitCases } from './control-frame-limits.js';
import { fragmentationCases } from './fragmentation.js';
import { fragmentOrderCases } from './fragment-order.js';
import { framingLengthCases } from './framing-lengths.js';
import { framingReservedCases } from './framing-reserved.js';
import { maskingCases } from './masking.js';
import { segmentationCases } from './segmentation.js';
import { statusCodeCases } from './status-codes.js';
import { utf8Cases } from './utf8.js';

const cases: readonly ConformanceCase[] = [
  ...framingLengthCases,
  ...framingReservedCases,
  ...maskingCases,
  ...fragmentationCases,
  ...fragmentOrderCases,
  ...controlFrameCases,
  ...controlFrameLimitCases,
  ...closingCases,
  ...closingDisorderCases,
  ...statusCodeCases,
  ...utf8Cases,
  ...segmentationCases,
];

const target: Target = { uri: uriOf('ws://server.example/'), subprotocols: [], fields: [], timeout: 1000 };
const seed = 6;

function uriOf(text: string): Target['uri'] {
  const parsed = parseUri(text);
  if (parsed.kind !== 'uri') throw new Error(text);
  return parsed.uri;
}

test('ids are unique, kebab-case and under a section', () => {
  const ids = cases.map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  const sections = 'framing|masking|fragmentation|control|closing|status-codes|utf-8|segmentation';
  for (const id of ids) expect(id).toMatch(new RegExp(`^(${sections})/[a-z0-9]+(-[a-z0-9]+)*$`));
});
