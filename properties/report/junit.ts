import { create } from 'xmlbuilder2';
import { type Comparison, isKnown } from './expectations.js';
import type { CaseReport, Report } from './report.js';
import { sectionsOf } from './sections.js';
import { describeCase, noPaint } from './summary.js';

/** What xmlbuilder2 makes elements of: a name with `@` is an attribute, `#` is text. */
type Xml = Readonly<Record<string, unknown>>;

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/**
 * The report as JUnit XML, in the form that build servers read: a suite for each section, a test case for each case. A
 * failure is a broken MUST, and nothing else: advice that was not followed, and what the text leaves open, pass with
 * their words in `system-out`; what could not be told is skipped.
 * @param comparison where known findings were given: these are skipped, and say so
 * @example
 * ```ts
 * import { createReport, junitXml } from 'hybi-spec/properties';
 *
 * const facts = { version: '1', target: 'nobody', seed: 1, startedAt: new Date(0), durationMs: 0, sameOptions: '' };
 * console.assert(junitXml(createReport([], facts)).includes('tests="0"'));
 * ```
 * @returns the document, in UTF-8, of characters that XML allows
 */
export function junitXml(report: Report, comparison?: Comparison): string {
  const suites = [...sectionsOf(report.cases)].map(([section, cases]) => suiteOf(section, cases, report, comparison));
  const total = (name: string): number => suites.reduce((sum, suite) => sum + Number(suite[name]), 0);
  const root = {
    testsuites: {
      '@name': `hybi-spec: ${report.target}`,
      '@tests': total('@tests'),
      '@failures': total('@failures'),
      '@errors': 0,
      '@time': seconds(report.durationMs),
      testsuite: suites,
    },
  };
  const document = create({ version: '1.0', encoding: 'UTF-8', invalidCharReplacement: '\ufffd' }, root);
  return `${document.end({ prettyPrint: true })}\n`;
}

function suiteOf(section: string, cases: readonly CaseReport[], report: Report, comparison?: Comparison): Xml {
  const tests = cases.map((result) => caseOf(section, result, report, comparison));
  const property = (name: string, value: string | number): Xml => ({ '@name': name, '@value': value });
  return {
    '@name': `hybi-spec.${report.role}.${section}`,
    '@tests': tests.length,
    '@failures': tests.filter((test) => 'failure' in test).length,
    '@errors': 0,
    '@skipped': tests.filter((test) => 'skipped' in test).length,
    '@time': seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0)),
    // Without the fraction and the zone, which some readers do not know.
    '@timestamp': report.startedAt.slice(0, 19),
    properties: {
      property: [
        property('document', report.document),
        property('target', report.target),
        property('seed', report.seed),
        property('hybi-spec', report.version),
      ],
    },
    testcase: tests,
  };
}

function caseOf(section: string, result: CaseReport, { role }: Report, comparison?: Comparison): Xml {
  const words = describeCase(result, noPaint).join('\n');
  const test = {
    '@name': result.id,
    '@classname': `hybi-spec.${role}.${section}`,
    '@time': seconds(result.durationMs),
  };
  const output = { 'system-out': words };
  switch (result.verdict) {
    case 'fail':
      return comparison !== undefined && isKnown(result, comparison)
        ? { ...test, skipped: { '@message': 'a known finding' }, ...output }
        : { ...test, failure: failureOf(result, words) };
    case 'skipped':
      return { ...test, skipped: { '@message': oneLine(result.reason ?? '') } };
    case 'inconclusive':
      return {
        ...test,
        skipped: { '@message': oneLine(`could not tell: ${result.reason ?? 'see the output'}`) },
        ...output,
      };
    case 'advisory':
    case 'informational':
      return { ...test, ...output };
    case 'pass': {
      const gone = comparison?.gone.filter(({ id }) => id === result.id) ?? [];
      if (gone.length === 0) return test;
      return { ...test, 'system-out': `passes unexpectedly: ${gone.map(({ finding }) => finding).join('; ')}` };
    }
  }
}

function failureOf({ findings }: CaseReport, words: string): Xml {
  const broken = findings.find(({ verdict }) => verdict === 'fail');
  return { '@type': broken?.clause ?? '', '@message': oneLine(broken?.observed ?? ''), '#': words };
}

/** An attribute would lose its line breaks anyway. */
const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 500);
