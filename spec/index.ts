export type { Answer } from './answers.js';
export { answers } from './answers.js';
export type { Clause, ClauseAddress, DocumentName, Level, Party, Seen } from './clause.js';
export { documentOf, documents, isUnder, sectionOf } from './clause.js';
export type { ClauseId } from './clauses.js';
export { clauseOf, clauses, isClauseId } from './clauses.js';
export type { ReadingChapter } from './readings/index.js';
export { allReadings, readingChapters, readingOf } from './readings/index.js';
export type { Change, Reading } from './readings/reading.js';
export type { ReadingChoices, ReadingName } from './readings.js';
export { defaultReadings, readings } from './readings.js';
export type { SectionCount } from './count.js';
export type { SectionCoverage, SectionName } from './section-counts.js';
export { sectionCounts, sectionCoverage } from './section-counts.js';
export type { StatusCodeName, StatusCodeRange } from './status-codes.js';
export { statusCodeRanges, statusCodes } from './status-codes.js';
export type { OpcodeName } from './wire.js';
export {
  acceptGuid,
  defaultPorts,
  firstReservedOpcode,
  headerBits,
  headerNames,
  lengthForms,
  maskingKeyLength,
  maxControlPayload,
  nonceLength,
  opcodes,
  protocolVersion,
} from './wire.js';
