/**
 * The verifier as a library.
 * @packageDocumentation
 */
export { casesFor, secureServerCases, serverCases } from './conformance/index.js';
export { echoApplication, memoryServer } from './drivers/memory-server.js';
export { socketServer } from './drivers/socket-server.js';
export { type CaseReport, type ClauseReport, type ClauseStatus, exitStatusOf, type Report } from './report/report.js';
export { summarize, totals } from './report/summary.js';
export type { ConformanceCase, Need } from './verifier/case.js';
export { examineKeys, type KeySuspicion } from './verifier/key-statistics.js';
export type { Finding, Verdict, Weight } from './verifier/finding.js';
export { type Line, type LineEvent, type OtherTls, type Peer, PeerUnreachable } from './verifier/line.js';
export { type CaseResult, runCase, runCases, type RunOptions, type Selection } from './verifier/run.js';
export { Inconclusive, type Target, type Tester } from './verifier/tester.js';
export { freshSeed, type Progress, type Verification, verify, type VerifyOptions } from './verify.js';
