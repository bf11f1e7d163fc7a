import { deflateStreamBy } from '../model/deflate-stream.js';
import type { ExtensionDefinition } from '../model/extension-registry.js';
import { deflateTransform } from './deflate.js';

/** The compression extension of draft-06 section 8.2.1, by node's zlib. */
export const deflateStream: ExtensionDefinition = deflateStreamBy(deflateTransform);

/** The extensions that the reference server and client can speak without being told how. */
export const knownExtensions: readonly ExtensionDefinition[] = [deflateStream];
