import { concatBytes, noBytes } from '../../model/bytes.js';
import { serializeHead } from '../../model/http-head.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import type { Role } from '../../model/role.js';
import { forward, type Intermediary } from '../../model/timeout-intermediary.js';
import type { Rewriter } from './relay.js';

/** The longest head that is rewritten; a longer one passes as it is. */
const maxHead = 64 * 1024;

/**
 * Makes the first head of a side what an intermediary of http-timeout-00 makes of it: of its header fields only those
 * of that text change, and what stands between them. Everything behind the head passes as it is, and so does a head that
 * cannot be read.
 */
export function timeoutRewriter(from: Role, intermediary: Intermediary): Rewriter {
  let reader = createHeadReader(from === 'client' ? 'request' : 'response', { maxBytes: maxHead });
  let held = noBytes;
  let isDone = false;
  return {
    take: (bytes) => {
      if (isDone) return bytes;
      held = concatBytes([held, bytes]);
      const read = readHead(reader, bytes);
      if (read.kind === 'need-more') {
        reader = read.reader;
        return noBytes;
      }
      isDone = true;
      if (read.kind === 'violation') return held;
      return concatBytes([serializeHead(forward(read.head, intermediary)), read.rest]);
    },
    rest: () => (isDone ? noBytes : held),
  };
}
