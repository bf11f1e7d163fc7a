import { accepts } from './accepts.js';
import { closeBodies } from './close-bodies.js';
import { extensionHeaders } from './extension-headers.js';
import { frames } from './frames.js';
import { openingRequests } from './requests.js';
import { openingResponses } from './responses.js';
import { subprotocolHeaders } from './subprotocol-headers.js';
import { utf8 } from './texts.js';
import { timeoutHeaders } from './timeout-headers.js';
import { uris } from './uris.js';
import { fileOf } from './vector.js';
/** All files of vectors, in the order of the texts. */
export function vectorFiles() {
    return [
        fileOf(uris),
        fileOf(frames),
        fileOf(closeBodies),
        fileOf(openingRequests),
        fileOf(openingResponses),
        fileOf(subprotocolHeaders),
        fileOf(extensionHeaders),
        fileOf(accepts),
        fileOf(utf8),
        fileOf(timeoutHeaders),
    ];
}
/** The text of a file: JSON with one vector on a line, so that a change shows as the vectors that it changes. */
export function textOf({ name, about, flags, groups }) {
    const count = groups.reduce((sum, { vectors }) => sum + vectors.length, 0);
    const lines = groups.map(({ name: group, about: what, given, vectors }) => `{"name": ${JSON.stringify(group)}, "about": ${JSON.stringify(what)}, "given": ${JSON.stringify(given)}, "vectors": [\n` +
        `${vectors.map((vector) => asciiJson(vector)).join(',\n')}\n]}`);
    return `{
"$schema": "./vectors.schema.json",
"subject": ${JSON.stringify(name)},
"about": ${JSON.stringify(about)},
"numberOfVectors": ${count},
"flags": ${JSON.stringify(flags, undefined, 1)},
"groups": [
${lines.join(',\n')}
]
}
`;
}
/** JSON in ASCII alone, so that nobody has to see the difference between characters that look alike. */
function asciiJson(value) {
    return JSON.stringify(value).replace(/[\u007f-\uffff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
