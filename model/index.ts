/**
 * The reference model of draft-06: pure, total and synchronous. It runs wherever JavaScript runs.
 * @packageDocumentation
 */
export { acceptOfKey, keyOfNonce, nonceOfKey } from './accept.js';
export type { ByteTransform, Decoded } from './byte-transform.js';
export { type CloseReason, isStatusCodeAllowed, readCloseBody, statusCodeRange, writeCloseBody } from './close-body.js';
export {
  type Attempt,
  type ConnectingQueue,
  createConnectingQueue,
  joinQueue,
  leaveQueue,
  type QueueStep,
  type RemoteHost,
} from './connecting-queue.js';
export type {
  ClientOptions,
  Connection,
  ConnectionOptions,
  Effect,
  EndpointOptions,
  Input,
  Outcome,
  ServerOptions,
  TimerName,
} from './connection.js';
export { type Extension, type ExtensionParameter, parseExtensions, serializeExtensions } from './extension-header.js';
export {
  checkExtensions,
  type ExtensionDefinition,
  type ExtensionsInUse,
  extensionsInUse,
  type FrameOperations,
  offersOf,
} from './extension-registry.js';
export { deflateStreamBy } from './deflate-stream.js';
export { type DataKind, fragmentMessage, nextFragment, type Outgoing } from './fragmentation.js';
export { type Frame, type FrameExtension, type FrameHeader, frameOf, type LengthForm, opcodeName } from './frame.js';
export {
  createDecoder,
  type DecodedFrame,
  decodeFrames,
  type Decoder,
  type DecoderOptions,
  type Decoding,
  isBetweenFrames,
} from './frame-decoder.js';
export { encodeFrame, type Layout, layOutFrame } from './frame-encoder.js';
export { fieldValues, type HeaderField, type RequestHead, type ResponseHead, serializeHead } from './http-head.js';
export { createHeadReader, type HeadReader, type HeadReading, readHead } from './http-head-reader.js';
export { clientMachine, machineOf, serverMachine } from './machine.js';
export {
  machineActions,
  machineEvents,
  machineGuards,
  type MachineAction,
  type MachineContext,
  type MachineEventType,
  type Meaning,
} from './machine-setup.js';
export { mask, type MaskingKey } from './masking.js';
export { assemble, type Assembler, type Assembly, createAssembler, type Message } from './message.js';
export {
  type ExtensionClaims,
  lacksSubprotocol,
  selectExtensions,
  selectSubprotocol,
  type SupportedExtension,
} from './negotiation.js';
export { type OpeningOffer, type OpeningRequest, readOpeningRequest, writeOpeningRequest } from './opening-request.js';
export {
  type Acceptance,
  type Agreement,
  readOpeningResponse,
  type Rejection,
  writeOpeningResponse,
} from './opening-response.js';
export { opensTunnel, type ProxyCredentials, writeProxyRequest } from './proxy-connect.js';
export { otherRole, type Role } from './role.js';
export { isClosed, type Phase, phaseOf, type StateId, stateIds } from './state-id.js';
export { createConnection, isPossible, readsFrames, type Step, step } from './step.js';
export { answerIn, type Chain, serverTimeIn, tellChain } from './timeout-chain.js';
export { isReusable, judgeEnd, keptFor, latestTold, toldAfterUpgrade } from './timeout-connection.js';
export { withTimeouts } from './timeout-fields.js';
export { faultOfForwarded, type Forwarded, forwardingFault } from './timeout-forwarding.js';
export {
  heardTimeouts,
  parseTimeout,
  readTimeouts,
  serializeTimeout,
  type TimeoutFault,
  type Timeouts,
} from './timeout-header.js';
export { forward, type Intermediary, type IntermediaryKind } from './timeout-intermediary.js';
export { createKnowledge, type Knowledge, learn, revised } from './timeout-knowledge.js';
export { requestTimeoutOf, serverTimeOf, waitOf } from './timeout-waiting.js';
export { transitionTable, type TransitionTable } from './transition-table.js';
export {
  authorityOf,
  constructUri,
  parseUri,
  type ParsedUri,
  type UriRefusal,
  validateUri,
  type WebSocketUri,
} from './uri.js';
export { decodeUtf8, encodeUtf8, isUtf8, utf8Start, utf8Text } from './utf8.js';
export {
  clauseOfViolation,
  describeViolation,
  statusOfViolation,
  type Violation,
  type ViolationCode,
} from './violation.js';
