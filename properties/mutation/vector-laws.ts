import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { defaultReadings, type ReadingChoices, readings } from '../../spec/readings.js';
import { accepts } from '../vectors/generate/accepts.js';
import { closeBodies } from '../vectors/generate/close-bodies.js';
import { extensionHeaders } from '../vectors/generate/extension-headers.js';
import { frames } from '../vectors/generate/frames.js';
import { openingRequests } from '../vectors/generate/requests.js';
import { openingResponses } from '../vectors/generate/responses.js';
import { subprotocolHeaders } from '../vectors/generate/subprotocol-headers.js';
import { utf8 } from '../vectors/generate/texts.js';
import { timeoutHeaders } from '../vectors/generate/timeout-headers.js';
import { uris } from '../vectors/generate/uris.js';
import type { Subject, Vector } from '../vectors/generate/vector.js';

interface Document {
  readonly groups: readonly { readonly given: unknown; readonly vectors: readonly Vector[] }[];
}

/** The options that a vector names, by the names that the model knows their readings by. */
function choicesFrom(options: Readonly<Record<string, string>>): ReadingChoices {
  const named = Object.entries(readings).flatMap(([name, { number }]) => {
    const option = options[number];
    return option === undefined ? [] : [[name, option] as const];
  });
  return { ...defaultReadings, ...Object.fromEntries(named) };
}

/**
 * The committed vectors of a subject against the model, under the usual readings and those under which a vector says that
 * something else happens: one test for each subject, so that a mutant meets those of its own.
 */
function vectorsHold<Given, Input>({ name, judge }: Subject<Given, Input>): void {
  test(`the model agrees with the committed vectors of ${name}`, () => {
    const text = readFileSync(`properties/vectors/${name}.json`, 'utf8');
    for (const { given, vectors } of (JSON.parse(text) as Document).groups) {
      for (const { id, input, expect: usual, otherwise = [] } of vectors) {
        for (const { choices, expect: expected } of [{ choices: {}, expect: usual }, ...otherwise]) {
          const judged = judge(given as Given, input as Input, choicesFrom(choices)).expect;
          if (JSON.stringify(judged) !== JSON.stringify(expected)) expect(judged, id).toEqual(expected);
        }
      }
    }
  });
}

vectorsHold(accepts);
vectorsHold(closeBodies);
vectorsHold(extensionHeaders);
vectorsHold(subprotocolHeaders);
vectorsHold(timeoutHeaders);
vectorsHold(uris);
vectorsHold(utf8);
vectorsHold(openingResponses);
vectorsHold(openingRequests);
vectorsHold(frames);
