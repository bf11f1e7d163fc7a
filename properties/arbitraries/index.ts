/**
 * The arbitraries: what a peer may say, what it may not, and the ways to say it, for the tests of an implementation with
 * fast-check. Each shrinks, so that what fails is small. “Doubtful” is what may be right or wrong, “wrong” what breaks one
 * clause as the model reads it by default, “lawless” and “hostile” what anybody might send. Whole conversations are `legalScripts` and `brokenScripts`
 * of `hybi-spec/properties`.
 *
 * They belong to fast-check 4; a test that imports both needs it among its own dependencies.
 * @packageDocumentation
 */
export { closeReasons, doubtfulCloseBodies, sendableStatusCodes, unusedStatusCodes } from './close.js';
export { deflated } from './deflate.js';
export { doubtfulUtf8 } from './doubtful-utf8.js';
export { extensionLists, type SpelledExtensionList, spelledExtensionLists } from './extension-header.js';
export { fragmentationsOf, withControlFrames } from './fragmentation.js';
export {
  controlFrames,
  dataFrames,
  doubtfulFrames,
  type ExtendedFrame,
  extendedFrames,
  frameExtensions,
  frames,
  type FrameStream,
  frameStreams,
  type LaidOutFrame,
  layoutsOf,
  type PayloadConstraints,
  payloads,
} from './frame.js';
export { doubtfulValues, type SpelledWordList, spelledWordLists, tokens } from './header-list.js';
export { hostileBytes, lawlessFrameBytes, lawlessFrames } from './hostile-bytes.js';
export { absurdLengths, hostileFrames } from './hostile-frames.js';
export {
  doubtfulHeads,
  headerFields,
  requestHeads,
  responseHeads,
  type SpelledHead,
  spelledHeads,
} from './http-head.js';
export { maskingKeys } from './masking-key.js';
export { binaryMessages, messages, type OutgoingMessage, textMessages, texts } from './message.js';
export {
  nonces,
  type OpeningAnswer,
  openingAnswers,
  openingOffers,
  openingRequests,
  origins,
  respelled,
  subprotocolLists,
} from './opening-handshake.js';
export {
  type RequestMistake,
  type ResponseMistake,
  type WrongOpeningRequest,
  wrongOpeningRequests,
  type WrongOpeningResponse,
  wrongOpeningResponses,
} from './opening-mistakes.js';
export { readingChoices } from './reading-choices.js';
export { segmentationsOf } from './segmentation.js';
export { chains, clientTimeouts, intermediaries, timeoutFields } from './timeout.js';
export { hosts, hostileUris, ports, type SpelledUri, spelledUris, webSocketUris } from './uri.js';
