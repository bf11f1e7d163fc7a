import type { FuzzTarget } from '../target.js';
import { framesTarget } from './frames.js';
import { httpBodyTarget, requestHeadTarget, responseHeadTarget } from './heads.js';
import { inflateTarget } from './inflate.js';
import { clientStepTarget, serverStepTarget } from './steps.js';
import { judgeTarget, traceFileTarget } from './traces.js';
import { closeBodyTarget, listHeaderTarget, timeoutTarget, uriTarget, utf8Target } from './values.js';

/** Everything that takes bytes from outside. */
export const fuzzTargets: readonly FuzzTarget[] = [
  framesTarget,
  requestHeadTarget,
  responseHeadTarget,
  httpBodyTarget,
  listHeaderTarget,
  timeoutTarget,
  closeBodyTarget,
  utf8Target,
  uriTarget,
  inflateTarget,
  traceFileTarget,
  judgeTarget,
  serverStepTarget,
  clientStepTarget,
];
