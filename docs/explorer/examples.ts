import { packageFileOf } from '../package-files.js';
import type { Example } from './octets-form.js';

/** The vectors that the page offers, under names that say what there is to see. */
const chosen: readonly (readonly [id: string, name: string])[] = [
  ['frames/masking-keys/48656c6c-opcode-4', 'a masked text'],
  ['frames/draft-examples/text-hello', 'the text of section 4.7'],
  ['frames/draft-examples/text-in-fragments', 'the text of section 4.7, in fragments'],
  ['frames/draft-examples/ping', 'the Ping of section 4.7'],
  ['frames/fragmentation-from-client/ping-between', 'a Ping between two fragments'],
  ['frames/fragmentation-from-client/close-between', 'a Close inside a message'],
  ['frames/masking-keys/00ff00ff-opcode-13', 'a reserved opcode'],
  ['frames/reserved-bits-from-client/opcode-0-fin-rsv-0100-length-5', 'a reserved bit'],
  ['frames/orders-of-two/t-t', 'a text inside a text'],
  ['frames/first-bytes/02', 'a fragmented Ping'],
  ['frames/fragmentation-from-client/long-control-between', 'a Ping of 126 octets'],
  ['frames/long-lengths-from-server/binary-80', 'a length with its highest bit set'],
  ['frames/truncations-from-client/hello-cut-at-6', 'a frame that is cut'],
  ['opening-requests/draft-examples/overview', 'the request of section 1.2'],
  ['opening-requests/version/sec-websocket-version-13', 'a request of a later version'],
  ['opening-requests/request-line/post', 'a request by POST'],
  ['opening-requests/http/get', 'ordinary HTTP'],
  ['opening-responses/draft-examples/overview', 'the response of section 1.2'],
  ['opening-responses/presence/upgrade-missing', 'a response without Upgrade'],
];

/** What is needed of a file of vectors. */
interface VectorFile {
  readonly groups: readonly {
    readonly given: { readonly from?: 'client' | 'server' };
    readonly vectors: readonly { readonly id: string; readonly input: VectorInput }[];
  }[];
}

interface VectorInput {
  readonly wire?: WireText;
  readonly head?: string;
}

type WireText = string | readonly (string | { readonly repeat: string; readonly times: number })[];

/** Hexadecimal digits, of which some may be repeated. */
function digitsOf(wire: WireText): string {
  if (typeof wire === 'string') return wire;
  return wire.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('');
}

/**
 * The examples of the page, from the vectors that are published with the package.
 * @throws RangeError when one of them is there no more
 */
export function chosenExamples(): readonly Example[] {
  const files = new Map<string, VectorFile>();
  return chosen.map(([id, name]): Example => {
    const [subject = ''] = id.split('/');
    const file = files.get(subject) ?? (JSON.parse(packageFileOf(`properties/vectors/${subject}.json`)) as VectorFile);
    files.set(subject, file);
    for (const { given, vectors } of file.groups) {
      const found = vectors.find((vector) => vector.id === id);
      if (found !== undefined) return exampleOf(name, subject, given.from ?? 'client', found.input);
    }
    throw new RangeError(`there is no vector ${id} any more: choose another for the explorer`);
  });
}

function exampleOf(name: string, file: string, from: 'client' | 'server', { wire, head }: VectorInput): Example {
  if (file === 'frames') {
    const text = digitsOf(wire ?? '').replace(/..(?=.)/g, '$& ');
    return { name: `${name} (${from})`, subject: `${from}-frames`, notation: 'hex', text };
  }
  const subject = file === 'opening-requests' ? 'client-opening' : 'server-opening';
  return { name, subject, notation: 'text', text: (head ?? '').replaceAll('\r\n', '\n').replaceAll('\\', '\\\\') };
}
