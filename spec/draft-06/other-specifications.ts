import { nobody, otherSpecifications, protocol, type Chapter } from '../rule.js';

const authors = nobody('binds the authors of other specifications');

/** Section 11: what another specification does that uses the protocol, for example one of an API for scripts. */
export const otherSpecificationClauses = {
  'draft-06/11/establishes': otherSpecifications.definition(
    'A specification that uses the protocol first establishes a WebSocket connection.',
    authors,
  ),
  'draft-06/11/destination': otherSpecifications.definition(
    'To establish a connection it provides a host and a port.',
    authors,
  ),
  'draft-06/11/resource-name': otherSpecifications.definition(
    'To establish a connection it provides a resource name, so that one host and port can have several services.',
    authors,
  ),
  'draft-06/11/secure-flag': otherSpecifications.definition(
    'To establish a connection it provides a secure flag, true if the connection is to be encrypted.',
    authors,
  ),
  'draft-06/11/origin': otherSpecifications.definition(
    'To establish a connection it provides the ASCII serialization of the origin that answers for the connection.',
    authors,
  ),
  'draft-06/11/subprotocol': otherSpecifications.may(
    'To establish a connection it optionally provides a string that names a subprotocol.',
    authors,
  ),
  'draft-06/11/from-a-uri': otherSpecifications.definition(
    'Host, port, resource name and secure flag usually come from a URI by the steps of section 3.1.',
    authors,
  ),
  'draft-06/11/steps-fail': protocol.definition('These steps fail if the URI is none of a WebSocket.', authors),
  'draft-06/11/is-established': protocol.definition(
    'The WebSocket connection is established if a connection can be established.',
    authors,
  ),
  'draft-06/11/closes': otherSpecifications.definition(
    'To close the connection at any time it uses the algorithm that closes the WebSocket connection.',
    authors,
  ),
  'draft-06/11/is-closed': protocol.definition(
    'The WebSocket connection is closed when the connection is closed for any reason, failure to establish it included.',
    authors,
  ),
  'draft-06/11/receives': otherSpecifications.definition(
    'While the connection is open it handles the case that a message of text has been received.',
    authors,
  ),
  'draft-06/11/sends': otherSpecifications.definition(
    'To send text to an open connection it sends the data using the WebSocket.',
    authors,
  ),
} as const satisfies Chapter;
