import { explainDecoded } from '../../model/explain.js';
import { otherRole, type Role } from '../../model/role.js';
import { type Markup, markup } from '../html.js';
import { linkToState } from '../links.js';
import { table } from '../page.js';
import { spacedHex, wordsOfEffect, wordsOfInput } from '../sequence-words.js';
import { listOfClauses } from './parts.js';
import { type Way, type WayStep, writtenBy } from './state-page-way.js';

/** The way into the state, with the bytes of both sides. */
export function transcript(role: Role, { steps, isPatient }: Way): Markup {
  const patience = isPatient
    ? markup`<p>The application answers a Close when it likes (<code>answersCloseAtOnce</code> is false); at once is the default.</p>
`
    : undefined;
  const rows = steps.map((step, index) => transcriptRow(role, step, index));
  return markup`${patience}${table(
    'What the model did, with the bytes of both sides',
    ['Step', 'What comes', 'What goes out', 'What is told', 'State then'],
    rows,
  )}`;
}

function transcriptRow(role: Role, { input, effects, after }: WayStep, index: number): Markup {
  const other = otherRole(role);
  const comes =
    input === undefined
      ? 'the connection is made'
      : input.type === 'bytes'
        ? markup`bytes of the ${other}: ${bytesShown(input.bytes)}${framesIn(role, effects)}`
        : wordsOfInput(input);
  const told = effects.map(wordsOfEffect).filter((text) => text !== undefined);
  const goes = [
    ...writtenBy(role, effects).map((bytes) => markup`${bytesShown(bytes)}`),
    ...effects.flatMap(({ type }) => (type === 'end-transport' ? [markup`<p>end of TCP in this direction</p>`] : [])),
  ];
  return markup`<tr><th scope="row">${index}</th><td class="says">${comes}</td><td class="says">${goes}</td><td>${told.length === 0 ? undefined : markup`<ul>${told.map((text) => markup`<li>${text}</li>`)}</ul>`}</td><td>${linkToState(role, after)}</td></tr>
`;
}

/** A head as text, and anything else in hexadecimal. */
function bytesShown(bytes: Uint8Array): Markup {
  const text = String.fromCharCode(...bytes);
  return /^[\x20-\x7e\r\n]+\r\n/.test(text)
    ? markup`<pre>${text.trimEnd()}</pre>`
    : markup`<code>${spacedHex(bytes)}</code>`;
}

function framesIn(role: Role, effects: WayStep['effects']): readonly Markup[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'frame-read') return [];
    const { says, clauses } = explainDecoded(effect.decoded, otherRole(role));
    return [markup`<p>${says}</p>${listOfClauses(clauses)}`];
  });
}
