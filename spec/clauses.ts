import type { Clause } from './clause.js';
import * as closing from './draft-06/closing.js';
import * as conformance from './draft-06/conformance.js';
import * as controlFrames from './draft-06/control-frames.js';
import * as extensions from './draft-06/extensions.js';
import * as frameLayout from './draft-06/frame-layout.js';
import * as headers from './draft-06/header-registrations.js';
import * as masking from './draft-06/masking.js';
import * as messages from './draft-06/messages.js';
import * as openingConnection from './draft-06/opening-connection.js';
import * as openingRequest from './draft-06/opening-request.js';
import * as openingServer from './draft-06/opening-server.js';
import * as otherSpecifications from './draft-06/other-specifications.js';
import * as schemes from './draft-06/scheme-registrations.js';
import * as security from './draft-06/security.js';
import * as statusCodes from './draft-06/status-codes.js';
import * as uri from './draft-06/uri.js';
import * as connectionTimeout from './http-timeout-00/connection-timeout.js';
import * as requestTimeout from './http-timeout-00/request-timeout.js';
import * as requirements from './requirements-02/requirements.js';
import * as requirementTerms from './requirements-02/terminology.js';
import type { Rule } from './rule.js';

/** The chapters in the order in which the texts are read. */
const chapters = [
  conformance.conformanceClauses,
  conformance.terminologyClauses,
  uri.uriParsingClauses,
  uri.uriConstructingClauses,
  uri.uriValidityClauses,
  masking.framingClauses,
  masking.maskingClauses,
  frameLayout.frameLayoutClauses,
  frameLayout.frameGrammarClauses,
  messages.fragmentationClauses,
  controlFrames.controlFrameClauses,
  controlFrames.closeFrameClauses,
  controlFrames.pingPongClauses,
  messages.dataFrameClauses,
  messages.extensibilityClauses,
  openingConnection.openingConnectionClauses,
  openingRequest.openingRequestClauses,
  openingRequest.openingResponseCheckClauses,
  openingServer.serverSideClauses,
  openingServer.readingRequestClauses,
  openingServer.serverInformationClauses,
  openingServer.openingResponseClauses,
  messages.utf8Clauses,
  closing.closingDefinitionClauses,
  closing.closureClauses,
  statusCodes.reasonClauses,
  statusCodes.definedStatusCodeClauses,
  statusCodes.statusCodeRangeClauses,
  extensions.extensionClauses,
  extensions.negotiationClauses,
  extensions.compressionClauses,
  security.securityClauses,
  schemes.wsSchemeClauses,
  schemes.wssSchemeClauses,
  schemes.upgradeTokenClauses,
  headers.keyHeaderClauses,
  headers.extensionsHeaderClauses,
  headers.acceptHeaderClauses,
  headers.originHeaderClauses,
  headers.protocolHeaderClauses,
  headers.versionHeaderClauses,
  otherSpecifications.otherSpecificationClauses,
  requirementTerms.requirementTermClauses,
  requirements.protocolRequirementClauses,
  requirements.partyRequirementClauses,
  requestTimeout.requestTimeoutClauses,
  requestTimeout.requestTimeoutIntermediaryClauses,
  connectionTimeout.connectionTimeoutClauses,
  connectionTimeout.connectionTimeoutIntermediaryClauses,
  connectionTimeout.upgradedConnectionClauses,
  connectionTimeout.timeoutRegistrationClauses,
] as const;

/** The keys of each record of a union, not only those that all have. */
type KeysOfEach<Chapters> = Chapters extends unknown ? keyof Chapters : never;

/** The id of a clause that exists: naming any other is a type error. */
export type ClauseId = KeysOfEach<(typeof chapters)[number]>;

/** Every clause of the catalogue, in the order of the texts. */
export const clauses: readonly Clause<ClauseId>[] = chapters.flatMap((chapter) =>
  Object.entries<Rule>(chapter).map(([id, rule]) => ({ id: id as ClauseId, ...rule })),
);

const byId = new Map<string, Clause<ClauseId>>(clauses.map((clause) => [clause.id, clause]));

/** Whether a string is the id of a clause. */
export function isClauseId(id: string): id is ClauseId {
  return byId.has(id);
}

/**
 * The clause with an id.
 * @throws RangeError when the catalogue has no such clause, which the type of the argument excludes.
 */
export function clauseOf(id: ClauseId): Clause<ClauseId> {
  const clause = byId.get(id);
  if (clause === undefined) throw new RangeError(`no clause has the id ${id}`);
  return clause;
}
