import type { ExpectedFindings } from '../properties/report/expectations.js';
import type { VerifyClientFacts } from '../properties/verify-client.js';
import type { RunOptions } from './run-options.js';
import type { Terminal } from './terminal.js';

/** Where clients are waited for where the command line says nothing. */
export const usualPlace = { host: '127.0.0.1', port: 9001 } as const;

/** What the command line of `hybi verify-client` says. */
export interface ClientOptions extends RunOptions {
  readonly host: string;
  readonly port: number;
  readonly spawn?: string | undefined;
  readonly stay?: true | undefined;
}

/** What both ways to judge clients work with. */
export interface ClientTask {
  readonly options: ClientOptions;
  readonly facts: Omit<VerifyClientFacts, 'shownTarget' | 'command'>;
  readonly terminal: Terminal;
  readonly signal: AbortSignal;
  readonly expected: ExpectedFindings | undefined;
}
