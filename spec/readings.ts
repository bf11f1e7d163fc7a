import { closingParameters } from './parameters/closing.js';
import { controlFrameParameters } from './parameters/control-frames.js';
import { extensionParameters } from './parameters/extensions.js';
import { fragmentationParameters } from './parameters/fragmentation.js';
import { framingParameters } from './parameters/framing.js';
import { httpParameters } from './parameters/http.js';
import { maskingParameters } from './parameters/masking.js';
import { openingRequestParameters } from './parameters/opening-request.js';
import { openingResponseParameters } from './parameters/opening-response.js';
import { openingServerParameters } from './parameters/opening-server.js';
import { openingParameters } from './parameters/opening.js';
import { registrationParameters } from './parameters/registrations.js';
import { statusCodeParameters } from './parameters/status-codes.js';
import { timeoutParameters } from './parameters/timeouts.js';
import { uriCharacterParameters } from './parameters/uri-characters.js';
import { uriParameters } from './parameters/uri.js';
import { utf8Parameters } from './parameters/utf-8.js';

export type { Reading } from './readings/reading.js';

/** The readings that are parameters of the model, by the name of the parameter. */
export const readings = {
  ...uriParameters,
  ...uriCharacterParameters,
  ...framingParameters,
  ...maskingParameters,
  ...fragmentationParameters,
  ...controlFrameParameters,
  ...openingParameters,
  ...openingRequestParameters,
  ...openingResponseParameters,
  ...openingServerParameters,
  ...httpParameters,
  ...utf8Parameters,
  ...closingParameters,
  ...statusCodeParameters,
  ...extensionParameters,
  ...registrationParameters,
  ...timeoutParameters,
} as const;

/** The name of a reading that is a parameter. */
export type ReadingName = keyof typeof readings;

/** One option chosen for each reading. */
export type ReadingChoices = { readonly [Name in ReadingName]: keyof (typeof readings)[Name]['options'] };

/** The options that hold unless others are asked for. */
export const defaultReadings: ReadingChoices = Object.fromEntries(
  Object.entries(readings).map(([name, reading]) => [name, reading.chosen]),
) as unknown as ReadingChoices;
