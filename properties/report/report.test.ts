import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { validateXML } from 'xmllint-wasm';
import { alteredServer, onSend, withBody } from '../conformance/altered-server.js';
import { serverCases } from '../conformance/index.js';
import { memoryServer } from '../drivers/memory-server.js';
import { verify, type VerifyOptions } from '../verify.js';
import { compareWithExpectations, expectationsOf, parseExpectations } from './expectations.js';
import { htmlReport, matrixPages } from './html/report-pages.js';
import { junitXml } from './junit.js';
import { mergeReports } from './merge.js';
import { withPages } from './pages.js';
import { markup, type Markup } from './markup.js';
import { parseReport } from './read-report.js';
import { createReport, exitStatusOf, type Report } from './report.js';
import { isInShard, parseShard, type Shard, shardName } from './shard.js';
import { noPaint, summarize } from './summary.js';

const uri = { host: '127.0.0.1', port: 8006, resourceName: '/', secure: false };
const target = { uri, subprotocols: [], fields: [], timeout: 1000 };

async function judge(peer: VerifyOptions['peer'], options: Partial<VerifyOptions> = {}): Promise<Report> {
  const facts = { target, shownTarget: 'ws://127.0.0.1:8006/', version: '0', seed: 5, only: ['control', 'masking'] };
  const run = await verify({ ...facts, ...(peer === undefined ? {} : { peer }), ...options });
  if (run.kind !== 'report') throw new Error(run.why);
  return run.report;
}

/** A server whose Pongs come back empty. */
const withEmptyPongs = (): VerifyOptions['peer'] =>
  alteredServer({ sends: onSend('pong', (frame) => [withBody(frame, new Uint8Array())]) });

const timeless = (report: Report): unknown => ({
  ...report,
  startedAt: '',
  durationMs: 0,
  cases: report.cases.map((result) => ({ ...result, durationMs: 0 })),
});

const textOf = (file: string): string => readFileSync(`properties/report/${file}`, 'utf8');
const schemaOf = (file: string) =>
  new Ajv({ strict: true, allowUnionTypes: true }).compile(JSON.parse(textOf(file)) as object);

let right: Report;
let wrong: Report;
beforeAll(async () => {
  right = await judge(memoryServer());
  wrong = await judge(withEmptyPongs());
});

/** The wrong report with texts that mean something in markup, in XML and to a terminal, wherever a peer has a say. */
function hostile(words: string): Report {
  const spoil = { observed: words, allowed: words };
  const cases = wrong.cases.map((result) => ({
    ...result,
    title: words,
    id: `control/${words}`,
    findings: result.findings.map((finding) => ({ ...finding, ...spoil })),
    wire: result.wire.map((entry) => ({ ...entry, note: words })),
  }));
  return { ...wrong, target: words, baseline: words, cases: cases.slice(0, 6) };
}

describe('JUnit', () => {
  const errorsOf = async (contents: string): Promise<readonly unknown[]> => {
    const { errors } = await validateXML({
      xml: [{ fileName: 'report.xml', contents }],
      schema: [{ fileName: 'junit.xsd', contents: textOf('junit.xsd') }],
    });
    return errors;
  };

  test('every report is valid by the schema, whatever the peer has sent', async () => {
    const words = '<a href="x">]]>&amp;\u0000\u0007\u001b[31m\ud800\ufffe\n\t</a>';
    for (const report of [right, wrong, hostile(words)]) expect(await errorsOf(junitXml(report))).toEqual([]);
  });

  test('any text keeps it to the characters of XML', () => {
    /** Production 2 of XML 1.0. */
    const isCharacter = (code: number): boolean =>
      [0x9, 0xa, 0xd].includes(code) ||
      (code >= 0x20 && code < 0xd800) ||
      (code >= 0xe000 && code !== 0xfffe && code !== 0xffff);
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), (units) => {
        const words = String.fromCharCode(...units);
        const wrongOnes = Array.from(junitXml(hostile(words)), (character) => character.codePointAt(0) ?? 0);
        expect(wrongOnes.filter((code) => !isCharacter(code))).toEqual([]);
      }),
      { numRuns: 5 },
    );
  });

  test('a failure is a broken MUST, and a known one is skipped', () => {
    const failures = (xml: string): number => xml.match(/<failure /g)?.length ?? 0;
    expect(failures(junitXml(right))).toBe(0);
    expect(failures(junitXml(wrong))).toBe(wrong.summary.fail);
    const known = compareWithExpectations(wrong, expectationsOf(wrong, '1'));
    expect(failures(junitXml(wrong, known))).toBe(0);
    expect(junitXml(wrong, known)).toContain('a known finding');
  });
});

describe('known findings', () => {
  test('what was written is no news, and the status is 0', () => {
    const expected = parseExpectations(JSON.stringify(expectationsOf(wrong, '1')));
    const comparison = compareWithExpectations(wrong, expected);
    expect(comparison).toEqual({ fresh: [], gone: [] });
    expect([exitStatusOf(wrong), exitStatusOf(wrong, comparison), wrong.summary.fail > 0]).toEqual([1, 0, true]);
    expect(summarize(wrong, noPaint, comparison)).toContain(`${wrong.summary.fail} failed as expected`);
  });

  test('what is new fails, and what unexpectedly passes is named', () => {
    const none = compareWithExpectations(wrong, { version: '1', findings: {} });
    expect(exitStatusOf(wrong, none)).toBe(1);
    const gone = compareWithExpectations(right, expectationsOf(wrong, '1'));
    expect([exitStatusOf(right, gone), gone.fresh, gone.gone.length > 0]).toEqual([0, [], true]);
    expect(summarize(right, noPaint, gone)).toContain('passes unexpectedly  control/');
  });

  test('cases that did not run say nothing', async () => {
    const part = await judge(memoryServer(), { only: ['masking'] });
    expect(compareWithExpectations(part, expectationsOf(wrong, '1')).gone).toEqual([]);
  });

  test.each(['', '[]', '{"version":1}', '{"version":"1","findings":{"a":"b"}}'])('%j is refused', (text) => {
    expect(() => parseExpectations(text)).toThrow(RangeError);
  });
});

describe('shards', () => {
  test('each case falls to exactly one, and none is empty or holds most', () => {
    for (const of of [2, 3, 5, 8]) {
      const sizes = Array.from({ length: of }, (_, at) => {
        const shard: Shard = { index: at + 1, of };
        return serverCases.filter(({ id }) => isInShard(id, shard)).length;
      });
      expect(sizes.reduce((sum, size) => sum + size)).toBe(serverCases.length);
      expect(Math.max(...sizes)).toBeLessThan((2 * serverCases.length) / of);
      expect(Math.min(...sizes)).toBeGreaterThan(serverCases.length / of / 2);
    }
  });

  test('2/5 is read and written; nothing else is a shard', () => {
    expect(shardName(parseShard('2/5') ?? { index: 0, of: 0 })).toBe('2/5');
    for (const text of ['0/5', '6/5', '1', '1/0', '-1/2', '1/1001', '1/2/3', ''])
      expect(parseShard(text)).toBeUndefined();
  });

  test('merged, in any order, they are the report of the whole run', async () => {
    const parts: Report[] = [];
    for (const index of [3, 1, 2]) parts.push(await judge(withEmptyPongs(), { shard: { index, of: 3 } }));
    const { result, missing } = mergeReports(parts.map((report, at) => ({ name: `part ${at}`, report })));
    expect(missing).toEqual([]);
    expect(result.kind === 'report' && timeless(result.report)).toEqual(timeless(wrong));
    expect(mergeReports([{ name: 'a', report: parts[0] ?? wrong }]).missing).toHaveLength(2);
    const [first] = parts;
    const twice = [first, first].map((report) => ({ name: 'a', report: report ?? wrong }));
    expect(() => mergeReports(twice)).toThrow('stands in two shards');
  });
});

describe('the matrix', () => {
  const both = (): ReturnType<typeof mergeReports>['result'] =>
    mergeReports([
      { name: 'a', report: right },
      { name: 'a', report: wrong },
    ]).result;

  test('puts implementations side by side, by its schema', () => {
    const result = both();
    if (result.kind !== 'matrix') throw new Error('two implementations are a matrix');
    const validate = schemaOf('report-matrix.schema.json');
    expect(validate(result.matrix) ? [] : validate.errors).toEqual([]);
    expect(result.matrix.implementations.map(({ name }) => name)).toEqual(['a', 'a (2)']);
    const differing = result.matrix.clauses.filter(
      ({ statuses }) => statuses[0] === 'held' && statuses[1] === 'broken',
    );
    expect(differing.map(({ id }) => id)).toContain('draft-06/4.5.2/pong-echoes-body');
    expect([...matrixPages(result.matrix)].map(({ path }) => path)).toContain('index.html');
  });
});

describe('the report', () => {
  test('is read back as it was written, by its schema, with what is optional', async () => {
    const pages = { clause: (id: string) => id, case: (id: string) => id, reading: (number: string) => number };
    const part = withPages(await judge(memoryServer(), { shard: { index: 1, of: 2 } }), pages);
    const validate = schemaOf('report.schema.json');
    expect(validate(part) ? [] : validate.errors).toEqual([]);
    expect(part).toMatchObject({ shard: '1/2', baseline: 'echoes text and binary' });
    expect(parseReport(JSON.stringify(part))).toEqual(part);
  });

  test('anything else is refused with a reason', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(() => parseReport(text)).toThrow(RangeError);
      }),
    );
    expect(() => parseReport(JSON.stringify({ ...right, cases: [{}] }))).toThrow('"cases", item 0: "id" is no string');
  });

  test('what a page would show is refused where it is not what it should be', () => {
    const forged = { markup: '<script>' };
    const [first] = right.cases;
    const wrongs = [
      { ...right, baseline: forged },
      { ...right, readings: { 'R-401': forged } },
      { ...right, readings: null },
      { ...right, summary: { pass: forged } },
      { ...right, cases: [{ ...first, reason: forged }] },
      { ...right, cases: [{ ...first, reason: null }] },
    ];
    for (const some of wrongs) expect(() => parseReport(JSON.stringify(some))).toThrow(RangeError);
  });

  test('data that looks like markup is none', () => {
    const forged = JSON.parse('{"markup":"<script>"}') as Markup;
    expect(markup`<p>${forged}</p>`.markup).not.toContain('<script>');
  });

  test('findings of one cause are told once', () => {
    const text = summarize(wrong, noPaint);
    expect(text.match(/^FAIL /gm)?.length ?? 0).toBeLessThan(wrong.summary.fail);
    expect(text).toMatch(/the same in \d+: control\//);
  });

  test('with --bail nothing begins behind the first failure', async () => {
    const report = await judge(withEmptyPongs(), { bail: true, jobs: 1 });
    const failed = report.cases.findIndex(({ verdict }) => verdict === 'fail');
    expect(report.cases.slice(failed + 1).every(({ verdict }) => verdict === 'skipped')).toBe(true);
    expect(report.summary.fail).toBe(1);
  });

  test('without an echo the cases that need one are skipped, with the reason', async () => {
    const report = await judge(memoryServer(), { echo: 'no', only: ['fragmentation'] });
    const reasons = new Set(report.cases.flatMap(({ reason }) => reason ?? []));
    expect([...reasons].join()).toMatch(/needs an echo of text/);
    expect(report.summary.fail).toBe(0);
  });
});

describe('the pages', () => {
  const pagesOf = (report: Report): ReadonlyMap<string, string> =>
    new Map([...htmlReport(report)].map(({ path, text }) => [path, text]));

  test('every link leads to a page of the report, and none to the network', () => {
    const pages = pagesOf(wrong);
    for (const [path, text] of pages) {
      if (!path.endsWith('.html')) continue;
      for (const [, link = ''] of text.matchAll(/(?:href|src)="([^"]*)"/g)) {
        if (link.startsWith('#') || link === 'data:,') continue;
        const base = path.startsWith('cases/') ? link.replace(/^\.\.\//, '') : link;
        expect(pages.has(base), `${path} links to ${link}`).toBe(true);
      }
    }
    expect(pages.size).toBe(wrong.cases.length + 3);
  });

  test('what a peer has sent is text, never markup', () => {
    const words = '</pre><script src="https://evil.example/x.js">alert(1)</script>"\'>';
    const pages = pagesOf(hostile(words));
    for (const [path, text] of pages) {
      if (path.endsWith('.html')) expect(text).not.toMatch(/<script src="(?!report\.js")|alert\(1\)<\/script>/);
      expect(path).toMatch(/^[\w.-]+(?:\/[\w.-]+)?$/);
    }
  });

  test('a masked frame shows its key, the masked and the clear form', () => {
    const [page = ''] = [...pagesOf(right)]
      .filter(([path]) => path.startsWith('cases/masking'))
      .map(([, text]) => text);
    expect(page).toContain('title="masking key"');
    expect(page).toContain('title="masked"');
    expect(page).toMatch(/<i>clear<\/i><span class="head" title="header">8[45] /);
  });

  test('a report of nothing is a page as well', () => {
    const facts = { version: '1', target: 'nobody', seed: 1, startedAt: new Date(0), durationMs: 0, sameOptions: '' };
    expect(pagesOf(createReport([], facts)).get('index.html')).toContain('0 cases');
  });
});
