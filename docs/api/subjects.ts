/** A page of the reference: what of an entry point belongs together. */
export interface Subject {
  /** The file of the page, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly says: string;
  /** Which source files it has, by their path from the folder of the entry point. */
  readonly files: RegExp;
}

/**
 * The pages of each entry point, by its folder, in the order of reading. A file belongs to the first subject that takes
 * it; a file that none takes is put on a page of its folder.
 */
export const subjects: Readonly<Record<string, readonly Subject[]>> = {
  model: [
    {
      name: 'connection',
      title: 'Connections',
      says: 'A connection is a value: make one, let it step, and perform the effects that each step gives.',
      files: /^(?:connection|step|answers|role|state-id|violation|receive-frame)\.ts$/,
    },
    {
      name: 'frames',
      title: 'Frames and messages',
      says: 'Frames on the wire, their masking, fragments, messages, UTF-8, and the body of a Close.',
      files: /^(?:frame|mask|fragment|message|utf8|close-body)/,
    },
    {
      name: 'opening',
      title: 'Opening handshake',
      says: 'URIs, HTTP heads, the request and the response, Accept, subprotocols, proxies, and whose turn it is.',
      files: /^(?:uri|opening|accept|http-head|negotiation|proxy|connecting)/,
    },
    {
      name: 'extensions',
      title: 'Extensions',
      says: 'How extensions are told, offered and answered, and what they may do to frames and to the stream.',
      files: /^(?:extension|byte-transform|deflate)/,
    },
    {
      name: 'machine',
      title: 'Machines',
      says: 'The states of both roles as they run, the words of the machines, and the table compiled from them.',
      files: /^(?:machine|transition)/,
    },
    {
      name: 'timeouts',
      title: 'Timeouts',
      says: 'The header fields of http-timeout-00, what intermediaries do to them, and what may be inferred.',
      files: /^timeout/,
    },
  ],
  spec: [
    {
      name: 'clauses',
      title: 'Clauses',
      says: 'The normative sentences of the texts, each with an id, and how many a section has.',
      files: /^(?:clause|count|section|answers|draft|requirements|http)/,
    },
    {
      name: 'readings',
      title: 'Readings',
      says: 'The questions that the texts leave open, their options, and those that are chosen.',
      files: /^(?:readings|parameters)/,
    },
    {
      name: 'wire',
      title: 'Constants of the wire',
      says: 'Opcodes, bits, lengths, names of header fields, and status codes.',
      files: /^(?:wire|status)/,
    },
  ],
  impl: [
    {
      name: 'server',
      title: 'Server',
      says: 'The reference server, and how to put it on an HTTP server of your own.',
      files: /^(?:server|attach|behaviours|http|listener|tls-(?:server|certificate))/,
    },
    {
      name: 'client',
      title: 'Client',
      says: 'The reference client, by itself or in a line of those that connect to one host.',
      files: /^(?:client|connecting|tls-client|transport)/,
    },
    {
      name: 'endpoint',
      title: 'Both roles',
      says: 'What runs a connection of the model on a socket: entropy, timers, extensions, and who watches.',
      files: /^(?:endpoint|entropy|timers|watcher|websocket|extensions|deflate)/,
    },
  ],
  properties: [
    {
      name: 'verify',
      title: 'Verification',
      says: 'Judges a server or a client by all cases, as the commands do.',
      files: /^(?:verify|client-service)/,
    },
    {
      name: 'verifier',
      title: 'Cases and how they run',
      says: 'What a case is, what it gets to hold its conversation with, and what it finds.',
      files: /^(?:verifier|conformance)\//,
    },
    {
      name: 'drivers',
      title: 'Peers',
      says: 'What a case can talk to: the model in memory, a socket, a program that is started.',
      files: /^drivers\//,
    },
    {
      name: 'report',
      title: 'Reports',
      says: 'What a run came to: as data, as text, as pages, merged, and held against what was expected.',
      files: /^report\//,
    },
    {
      name: 'judge',
      title: 'Judging recorded traffic',
      says: 'Holds both sides of a trace against the text.',
      files: /^judge\//,
    },
    {
      name: 'capture',
      title: 'Recording traffic',
      says: 'Reads captures, writes traces, and stands between a client and a server.',
      files: /^capture\//,
    },
    {
      name: 'campaign',
      title: 'Generated conversations',
      says: 'Conversations made at random, legal and broken, and streams cut in other places.',
      files: /^campaign\//,
    },
  ],
  'properties/arbitraries': [
    {
      name: 'frames',
      title: 'Frames and messages at random',
      says: 'Frames, messages, bodies of a Close and UTF-8, right, doubtful and wrong, and where a stream may be cut.',
      files: /^(?:close|deflate|doubtful-utf8|fragment|frame|hostile|mask|message|segment)/,
    },
    {
      name: 'opening',
      title: 'Opening handshakes at random',
      says: 'URIs, HTTP heads, requests, responses and the values of their fields, in all spellings, and with mistakes.',
      files: /^(?:extension|header|http|opening|uri)/,
    },
    {
      name: 'further',
      title: 'What else is made at random',
      says: 'Options of readings, inputs of a connection, and chains of hosts that tell timeouts.',
      files: /^(?:input|reading|recorded|schedule|timeout)/,
    },
  ],
};
