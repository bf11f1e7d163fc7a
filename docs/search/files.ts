import { deflateRawSync } from 'node:zlib';
import type { SiteFile } from '../chapter.js';
import { builtAsset } from '../scripts.js';
import { pack, type SearchEntry } from './entry.js';

/**
 * The script and its index. The index is a script as well, since a page that lies on the disk may load those and nothing
 * else; it is loaded when somebody begins to search. Deflated it is a third as long.
 */
export function searchFiles(entries: readonly SearchEntry[]): readonly SiteFile[] {
  const deflated = deflateRawSync(JSON.stringify(pack(entries)), { level: 9 }).toString('base64');
  const index = `globalThis.hybiSearchIndex={deflated:"${deflated}"};\n`;
  return [builtAsset('search.js'), { path: 'assets/search-index.js', text: index }];
}
