/**
 * The verifier as a library.
 * @packageDocumentation
 */
export type { CaptureCounts, ConnectionsOptions } from './capture/connections.js';
export { traceHeader, traceLines } from './capture/json-lines.js';
export { CaptureError } from './capture/packet.js';
export {
  createTraceReader,
  readTrace,
  type TraceFacts,
  type TraceFormat,
  type TraceReader,
} from './capture/read-trace.js';
export { createTraceFile, type TraceFile } from './capture/record.js';
export { recordEndpoint } from './capture/record-endpoint.js';
export { type Relay, type RelayOptions, type Rewriter, startRelay } from './capture/relay.js';
export { clientCases } from './conformance/client/index.js';
export { casesFor, secureServerCases, serverCases } from './conformance/index.js';
export { echoingClient, memoryClient, type MemoryClientOptions } from './drivers/memory-client.js';
export { echoApplication, memoryServer } from './drivers/memory-server.js';
export { socketServer } from './drivers/socket-server.js';
export { type SpawnedClient, spawnClient } from './drivers/spawn-client.js';
export { createJudge, judge, type Judge, type Judgement, type JudgeOptions, type SideSummary } from './judge/judge.js';
export type { JudgeFinding } from './judge/ledger.js';
export { judgeReport, type JudgeReportFacts } from './judge/report.js';
export {
  createTraceJudge,
  type JudgedConnection,
  type TraceJudge,
  type TraceJudgeOptions,
} from './judge/trace-judge.js';
export type { TakeRecord, TraceEvent, TraceRecord } from './judge/trace.js';
export {
  compareWithExpectations,
  type Comparison,
  type ExpectedFindings,
  expectationsOf,
  type KnownFinding,
  parseExpectations,
} from './report/expectations.js';
export { htmlReport, matrixPages, type ReportFile } from './report/html/report-pages.js';
export { junitXml } from './report/junit.js';
export type { Implementation, Matrix } from './report/matrix.js';
export { type Merged, mergeReports, type NamedReport } from './report/merge.js';
export { type PageAddresses, withPages } from './report/pages.js';
export { parseReport } from './report/read-report.js';
export {
  type CaseReport,
  type ClauseReport,
  type ClauseStatus,
  createReport,
  exitStatusOf,
  type Report,
  type ReportFacts,
} from './report/report.js';
export { isInShard, parseShard, type Shard } from './report/shard.js';
export { noPaint, type Paint, summarize, totals } from './report/summary.js';
export type { EchoChoice } from './verifier/baseline.js';
export type { ClientCase, ConformanceCase, Need } from './verifier/case.js';
export type { ClientRun, ClientTarget, ClientTester, Opening } from './verifier/client-tester.js';
export { examineKeys, type KeySuspicion } from './verifier/key-statistics.js';
export type { Finding, Verdict, Weight } from './verifier/finding.js';
export {
  type Arrival,
  type ClientPeer,
  type Line,
  type LineEvent,
  type OtherTls,
  type Peer,
  PeerUnreachable,
  type Visit,
} from './verifier/line.js';
export {
  type Bench,
  type CaseResult,
  clientBench,
  runCase,
  runCases,
  runClientCase,
  type RunOptions,
  type Selection,
  serverBench,
} from './verifier/run.js';
export { Inconclusive, type Target, type Tester } from './verifier/tester.js';
export { verifyClient, type VerifyClientOptions } from './verify-client.js';
export { runCampaign, type CampaignOptions, type CampaignResult } from './campaign/campaign.js';
export type { Piece, Script, ScriptStep } from './campaign/script.js';
export { brokenScripts, legalScripts } from './campaign/script-arbitrary.js';
export { type ParsedScript, parseScript, writeScript } from './campaign/script-text.js';
export { type SegmentationName, segmented, type SegmentedOptions } from './campaign/segmented.js';
export { transcriptOf } from './campaign/transcript.js';
export { freshSeed, type Progress, type Verification, verify, type VerifyOptions } from './verify.js';
