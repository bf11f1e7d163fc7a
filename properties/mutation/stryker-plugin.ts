import { declareFactoryPlugin, declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { type Path, proseReason } from './prose.js';
import { createLawRunner } from './test-runner.js';

/** What Stryker loads: the runner `laws`, and the rule `prose` for what is not mutated. */
export const strykerPlugins = [
  declareFactoryPlugin(PluginKind.TestRunner, 'laws', createLawRunner),
  declareValuePlugin(PluginKind.Ignore, 'prose', { shouldIgnore: (path) => proseReason(path as unknown as Path) }),
];
