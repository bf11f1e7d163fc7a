import { createHash } from 'node:crypto';
import { acceptOfKey, keyOfNonce, nonceOfKey } from '../../model/accept.js';
import { hexOf } from '../../model/explain.js';
import { acceptGuid } from '../../spec/wire.js';
import { type Markup, markup } from '../html.js';
import { table } from '../page.js';
import { clauseList } from './frames-examples.js';
import { sampleKey } from './handshake-example.js';

/** What is between a key and its Sec-WebSocket-Accept. */
export interface AcceptSteps {
  readonly key: string;
  readonly nonce: Uint8Array;
  readonly joined: string;
  /** 20 bytes. */
  readonly digest: Uint8Array;
  readonly accept: string;
}

/** The nonce of the example in draft-06 section 5.1. */
const countedNonce = Uint8Array.from({ length: 16 }, (_, at) => at + 1);

/** The keys of the page: that of the text, and two that stand for one nonce. */
export const keys = {
  sample: sampleKey,
  written: 'AQIDBAUGBwgJCgsMDQ4PEC==',
  canonical: keyOfNonce(countedNonce),
} as const;

/** Each step on its own; the hash is that of the platform, and the last is what the model computes in one. */
export function acceptSteps(key: string): AcceptSteps {
  const joined = key + acceptGuid;
  const digest = Uint8Array.from(createHash('sha1').update(joined, 'latin1').digest());
  return { key, nonce: nonceOfKey(key) ?? new Uint8Array(), joined, digest, accept: acceptOfKey(key) };
}

/** How Sec-WebSocket-Accept comes about. */
export function acceptPart(): Markup {
  const { key, joined, digest, accept } = acceptSteps(keys.sample);
  const rows = [keys.sample, keys.written, keys.canonical].map(acceptSteps).map(
    (
      steps,
    ) => markup`<tr><th scope="row"><code class="unbroken">${steps.key}</code></th><td><code>${spaced(steps.nonce)}</code></td><td><code>${spaced(steps.digest)}</code></td><td><code class="unbroken">${steps.accept}</code></td></tr>
`,
  );
  return markup`<ol class="accept-steps">
<li>The key as it stands in the header field, not decoded: <code>${key}</code> ${clauseList(['draft-06/5.2.2/key-used-as-sent'])}</li>
<li>The GUID, always the same: <code>${acceptGuid}</code></li>
<li>One behind the other, ${joined.length} characters: <code>${joined}</code></li>
<li>SHA-1 of them, ${digest.length} bytes: <code>${spaced(digest)}</code></li>
<li>Base64 of these bytes: <code>${accept}</code> ${clauseList(['draft-06/5.2.2/accept'])}</li>
</ol>
<p>The second and the third key below decode to the same nonce, which is that of the example in section 5.1. They differ in bits that base64 has to spare, and so do their answers: the server hashes the characters, not the nonce. ${clauseList(['draft-06/5.2.2/key-need-not-be-decoded'])}</p>
${table('Keys and their answers', ['Sec-WebSocket-Key', 'Nonce', 'SHA-1 of key and GUID', 'Sec-WebSocket-Accept'], rows)}`;
}

const spaced = (bytes: Uint8Array): string => (hexOf(bytes).match(/../g) ?? []).join(' ');
