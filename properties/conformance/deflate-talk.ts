import { deflateStreamName, parseExtensions } from '../../model/extension-header.js';
import { fieldValues } from '../../model/http-head.js';
import type { Frame } from '../../model/frame.js';
import { headerNames } from '../../spec/wire.js';
import { createDeflater, createInflater, type DeflateChoices, type Flush, inflateAll } from '../drivers/deflate.js';
import type { ClientCase, ConformanceCase } from '../verifier/case.js';
import type { ClientTester } from '../verifier/client-tester.js';
import type { Conversation } from '../verifier/conversation.js';
import type { Randomness } from '../verifier/randomness.js';
import { describeAnswer, Inconclusive, NotApplicable, type Tester } from '../verifier/tester.js';
import type { Judge } from './expectations.js';
import { withField } from './head-lines.js';

/** A connection that is compressed in both directions, and what a case of either role works with. */
export interface CompressedTalk {
  readonly tester: Judge & { readonly randomness: Randomness };
  /** Frames go through the compression; bytes go out as they are given. */
  readonly conversation: Conversation;
  /** Compresses bytes as a part of the same stream. */
  readonly deflate: (clear: Uint8Array, flush?: Flush) => Uint8Array;
  /** Sends frames compressed together. */
  readonly sendFrames: (frames: readonly Frame[], flush?: Flush) => void;
}

/** A case on a compressed connection, for both roles. */
export interface CompressedCase extends Omit<ConformanceCase, 'id' | 'run'> {
  readonly name: string;
  /** How the tester compresses. */
  readonly choices?: DeflateChoices;
  readonly run: (talk: CompressedTalk) => Promise<void>;
}

const extension = { name: deflateStreamName, parameters: [] };

const notNegotiated = (why: string): NotApplicable =>
  new NotApplicable(`needs an extension that was not negotiated: ${why} ${deflateStreamName}`);

/** The case for servers: the tester offers the extension. */
export function serverCaseOf({ name, run, choices, ...facts }: CompressedCase): ConformanceCase {
  return {
    ...facts,
    id: `deflate/${name}`,
    run: async (tester) => run(compress(tester, await compressedServer(tester), choices)),
  };
}

/** The case for clients: the tester accepts the extension if the client offers it. */
export function clientCaseOf({ name, run, choices, needs = [], ...facts }: CompressedCase): ClientCase {
  return {
    ...facts,
    id: `client-deflate/${name}`,
    needs: [...needs, 'offer of extensions'],
    run: async (tester) => run(compress(tester, await compressedClient(tester), choices)),
  };
}

async function compressedServer(tester: Tester): Promise<Conversation> {
  const request = withField(tester.request(), headerNames.extensions, deflateStreamName);
  const { conversation, answer } = await tester.handshake(request);
  if (answer.type !== 'response' || answer.head.status !== 101) {
    throw new Inconclusive(`the server did not accept a right opening handshake: ${describeAnswer(answer)}`);
  }
  const accepted = parseExtensions(fieldValues(answer.head, headerNames.extensions)) ?? [];
  if (!accepted.some((one) => one.name === deflateStreamName)) throw notNegotiated('the server did not accept');
  return conversation;
}

async function compressedClient(tester: ClientTester): Promise<Conversation> {
  const opening = await tester.accept();
  const { conversation, request } = opening;
  if (!request.extensions.some((one) => one.name === deflateStreamName && one.parameters.length === 0)) {
    throw notNegotiated('the client did not offer');
  }
  await conversation.sendResponse(tester.response(opening, { extensions: [extension] }), true);
  return conversation;
}

function compress(
  tester: Judge & { readonly randomness: Randomness },
  conversation: Conversation,
  choices?: DeflateChoices,
): CompressedTalk {
  const deflate = createDeflater(choices);
  const inflate = createInflater();
  conversation.codeBy({ encode: (clear) => deflate(clear), decode: (coded) => inflateAll(inflate, coded) });
  return {
    tester,
    conversation,
    deflate,
    sendFrames: (frames, flush) => {
      conversation.sendBytes(deflate(conversation.bytesOf(frames), flush), `${frames.length} frames, compressed`);
    },
  };
}
