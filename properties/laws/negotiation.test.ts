import fc from 'fast-check';
import { expect } from 'vitest';
import type { Extension } from '../../model/extension-header.js';
import { selectExtensions, selectSubprotocol, type SupportedExtension } from '../../model/negotiation.js';
import { readOpeningRequest, writeOpeningRequest } from '../../model/opening-request.js';
import { readOpeningResponse, writeOpeningResponse } from '../../model/opening-response.js';
import { extensionLists } from '../arbitraries/extension-header.js';
import { openingOffers, subprotocolLists } from '../arbitraries/opening-handshake.js';
import { law } from './law.js';

const names = ['a', 'b', 'c', 'd'] as const;

/** Offers of few names, so that they repeat, with parameters that tell them apart. */
function offers(): fc.Arbitrary<readonly Extension[]> {
  const offer = fc.record({
    name: fc.constantFrom(...names),
    parameters: fc.array(
      fc.nat(3).map((number) => ({ name: `p${number}` })),
      { maxLength: 2 },
    ),
  });
  return fc.array(offer, { maxLength: 8 });
}

/** An extension that declines offers with more parameters than it likes and answers the others with how many it saw. */
function picky(name: string, most: number): SupportedExtension {
  return {
    name,
    answer: (parameters) =>
      parameters.length > most ? undefined : [{ name: 'seen', value: String(parameters.length) }],
  };
}

function servers(): fc.Arbitrary<readonly SupportedExtension[]> {
  const supported = fc.tuple(fc.constantFrom(...names), fc.integer({ min: -1, max: 2 }));
  return fc
    .uniqueArray(supported, { selector: ([name]) => name })
    .map((list) => list.map(([name, most]) => picky(name, most)));
}

law(
  'the subprotocol is the one that the client prefers among those that the server speaks',
  ['draft-06/5.2.1/subprotocols-optional', 'draft-06/5.2.2/subprotocol-selected'],
  () => {
    const few = fc.uniqueArray(fc.constantFrom(...names));
    const lists: fc.Arbitrary<readonly string[]> = fc.oneof(few, subprotocolLists());
    fc.assert(
      fc.property(lists, lists, (offered, spoken) => {
        const selected = selectSubprotocol(offered, spoken);
        const better = selected === undefined ? offered : offered.slice(0, offered.indexOf(selected));
        for (const name of better) expect(spoken).not.toContain(name);
        if (selected !== undefined) expect(spoken).toContain(selected);
      }),
    );
  },
);

law(
  'each extension is accepted at most once, for the first offer that it does not decline',
  ['draft-06/8/server-may-accept', 'draft-06/8/no-unrequested-extension', 'draft-06/8/parameters-by-extension'],
  () => {
    fc.assert(
      fc.property(offers(), servers(), (offered, supported) => {
        const accepted = selectExtensions(offered, supported);
        expect(new Set(accepted.map(({ name }) => name)).size).toBe(accepted.length);
        for (const name of names) {
          const answers = offered
            .filter((offer) => offer.name === name)
            .map(({ parameters }) => supported.find((known) => known.name === name)?.answer(parameters))
            .filter((answer) => answer !== undefined);
          expect(accepted.find((one) => one.name === name)?.parameters).toEqual(answers[0]);
        }
      }),
    );
  },
);

law(
  'extensions are accepted in the order of the offers that they took',
  ['draft-06/8.1/order-is-preference', 'draft-06/5.2.2/extensions-selected'],
  () => {
    fc.assert(
      fc.property(fc.shuffledSubarray([...names]), fc.shuffledSubarray([...names]), (offered, known) => {
        const list = offered.map((name) => ({ name, parameters: [] }));
        const supported = known.map((name) => picky(name, 2));
        const accepted = selectExtensions(list, supported).map(({ name }) => name);
        expect(accepted).toEqual(offered.filter((name) => known.includes(name)));
      }),
    );
  },
);

law(
  'whatever is negotiated may be answered, and the client agrees',
  ['draft-06/5.2.2/no-unlisted-extension', 'draft-06/5.2.2/extensions-selected', 'draft-06/5.1/response-validated'],
  () => {
    fc.assert(
      fc.property(openingOffers(), subprotocolLists(), extensionLists(), (offer, spoken, known) => {
        const reading = readOpeningRequest(writeOpeningRequest(offer));
        if (reading.kind !== 'opening') throw new Error(`not an opening handshake but ${reading.kind}`);
        const { request } = reading;
        const supported = known.map(({ name, parameters }) => ({ name, answer: () => parameters }));
        const selected = selectSubprotocol(request.subprotocols, spoken);
        const extensions = selectExtensions(request.extensions, supported);
        const agreement = selected === undefined ? { extensions } : { extensions, subprotocol: selected };
        const head = writeOpeningResponse(request, agreement);
        expect(readOpeningResponse(head, request)).toEqual({ kind: 'accepted', agreement });
      }),
    );
  },
);
