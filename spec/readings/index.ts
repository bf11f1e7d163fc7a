import { closingParameters } from '../parameters/closing.js';
import { controlFrameParameters } from '../parameters/control-frames.js';
import { extensionParameters } from '../parameters/extensions.js';
import { fragmentationParameters } from '../parameters/fragmentation.js';
import { framingParameters } from '../parameters/framing.js';
import { httpParameters } from '../parameters/http.js';
import { maskingParameters } from '../parameters/masking.js';
import { openingRequestParameters } from '../parameters/opening-request.js';
import { openingResponseParameters } from '../parameters/opening-response.js';
import { openingServerParameters } from '../parameters/opening-server.js';
import { registrationParameters } from '../parameters/registrations.js';
import { statusCodeParameters } from '../parameters/status-codes.js';
import { timeoutParameters } from '../parameters/timeouts.js';
import { uriCharacterParameters } from '../parameters/uri-characters.js';
import { uriParameters } from '../parameters/uri.js';
import { utf8Parameters } from '../parameters/utf-8.js';
import { readings } from '../readings.js';
import { failureReadings } from './closing-failures.js';
import { statusCodeReadings } from './closing-status-codes.js';
import { closingReadings } from './closing.js';
import { conformanceReadings } from './conformance.js';
import { controlFrameReadings } from './control-frames.js';
import { compressionReadings } from './extensions-compression.js';
import { extensionReadings } from './extensions.js';
import { fragmentationReadings } from './fragmentation.js';
import { maskingReadings } from './framing-masking.js';
import { framingReadings } from './framing.js';
import { connectingReadings } from './opening-client-connecting.js';
import { requestFieldReadings } from './opening-client-request-fields.js';
import { openingRequestReadings } from './opening-client-request.js';
import { openingResponseReadings } from './opening-client-response.js';
import { openingAnswerReadings } from './opening-server-answers.js';
import { openingServerReadings } from './opening-server.js';
import type { Reading } from './reading.js';
import { registrationReadings } from './registrations.js';
import { requirementReadings } from './requirements.js';
import { securityReadings } from './security.js';
import { connectionTimeoutReadings } from './timeouts-connection.js';
import { timeoutEdgeReadings } from './timeouts-edges.js';
import { requestTimeoutReadings } from './timeouts-request.js';
import { uriReadings } from './uris.js';
import { utf8Readings } from './utf-8.js';

/** A chapter of readings, for those who read or list them. */
export interface ReadingChapter {
  readonly title: string;
  /** The hundreds that its numbers lie in. */
  readonly hundreds: readonly number[];
  /** Sorted by number; those that are parameters of the model stand among them. */
  readonly readings: readonly Reading[];
}

/** The number of a reading as a number. */
function valueOf({ number }: Reading): number {
  return Number(number.slice('R-'.length));
}

function chapter(
  title: string,
  hundreds: readonly number[],
  ...parts: readonly (readonly Reading[])[]
): ReadingChapter {
  return { title, hundreds, readings: parts.flat().sort((one, other) => valueOf(one) - valueOf(other)) };
}

/** Those of section 10.1 on hosts have their numbers in the hundred of the registrations. */
const { std3Hosts, ...uriCharacters } = uriCharacterParameters;
const registrations: readonly Reading[] = [std3Hosts, ...Object.values(registrationParameters)];

/** All readings by chapter, in the order of the texts. */
export const readingChapters: readonly ReadingChapter[] = [
  chapter('Conformance', [1], conformanceReadings),
  chapter('WebSocket URIs', [3], uriReadings, Object.values(uriParameters), Object.values(uriCharacters)),
  chapter(
    'Framing and masking',
    [4],
    Object.values(framingParameters),
    Object.values(maskingParameters),
    framingReadings,
    maskingReadings,
  ),
  chapter(
    'Fragmentation and control frames',
    [4],
    Object.values(fragmentationParameters),
    Object.values(controlFrameParameters),
    fragmentationReadings,
    controlFrameReadings,
  ),
  chapter(
    'Opening handshake: client',
    [5],
    [readings.connectionOfResponse, readings.subprotocolOfResponse, readings.extensionOfResponse],
    Object.values(openingRequestParameters),
    Object.values(openingResponseParameters),
    connectingReadings,
    openingRequestReadings,
    requestFieldReadings,
    openingResponseReadings,
  ),
  chapter(
    'Opening handshake: server',
    [5],
    [readings.upgradeOfRequest, readings.keyOfRequest, readings.earlyData, readings.abortResponse],
    [readings.hostOfRequest],
    Object.values(openingServerParameters),
    Object.values(httpParameters),
    openingServerReadings,
    openingAnswerReadings,
  ),
  chapter('UTF-8', [6], Object.values(utf8Parameters), utf8Readings),
  chapter(
    'Closing',
    [7],
    Object.values(closingParameters),
    Object.values(statusCodeParameters),
    closingReadings,
    failureReadings,
    statusCodeReadings,
  ),
  chapter('Extensions', [8], Object.values(extensionParameters), extensionReadings, compressionReadings),
  chapter('Security and registrations', [9, 10, 11], registrations, securityReadings, registrationReadings),
  chapter('Requirements', [20], requirementReadings),
  chapter(
    'HTTP timeouts',
    [30],
    Object.values(timeoutParameters),
    requestTimeoutReadings,
    connectionTimeoutReadings,
    timeoutEdgeReadings,
  ),
];

/** Every reading, those that are parameters included, sorted by number. */
export const allReadings: readonly Reading[] = readingChapters
  .flatMap((each) => each.readings)
  .sort((one, other) => valueOf(one) - valueOf(other));

const byNumber = new Map(allReadings.map((reading) => [reading.number, reading]));

/** The reading with a number, such as `R-401`; `undefined` when there is none. */
export function readingOf(number: string): Reading | undefined {
  return byNumber.get(number as Reading['number']);
}
