import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
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
import { conclude, type Subject, type Vector } from '../vectors/generate/vector.js';

interface Document {
  readonly groups: readonly { readonly given: unknown; readonly vectors: readonly Vector[] }[];
}

/** The committed vectors of a subject against the model: one test for each subject, so that a mutant meets those of its own. */
function vectorsHold<Given, Input>(subject: Subject<Given, Input>): void {
  test(`the model agrees with the committed vectors of ${subject.name}`, () => {
    const text = readFileSync(`properties/vectors/${subject.name}.json`, 'utf8');
    for (const { given, vectors } of (JSON.parse(text) as Document).groups) {
      for (const vector of vectors) {
        const { clauses, result, readings, expect: expected, otherwise } = vector;
        const conclusion = conclude(subject, given as Given, { ...vector, input: vector.input as Input });
        expect(conclusion).toEqual({
          result,
          clauses,
          ...(readings === undefined ? {} : { readings }),
          expect: expected,
          ...(otherwise === undefined ? {} : { otherwise }),
        });
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
