import type { RequestHead, ResponseHead } from '../model/http-head.js';
import { serializeHead } from '../model/http-head.js';
import { encodeUtf8 } from '../model/utf8.js';
import { protocolVersion } from '../spec/wire.js';
import { type Behaviour, behaviours } from './behaviours.js';

/** The answer of the port to ordinary HTTP: the page at `/`, and errors elsewhere. */
export function answerHttp(head: RequestHead): Uint8Array {
  const path = head.target.replace(/[?#].*$/s, '');
  if (head.method !== 'GET' && head.method !== 'HEAD') {
    return respond(405, 'Method Not Allowed', 'text/plain', 'only GET and HEAD are answered here\n', head, [
      { name: 'Allow', value: 'GET, HEAD' },
    ]);
  }
  if (path === '/') return respond(200, 'OK', 'text/html', page(), head);
  if (behaviours.some((behaviour) => behaviour.path === path)) {
    return respond(
      426,
      'Upgrade Required',
      'text/plain',
      `${path} speaks WebSocket, version ${protocolVersion}\n`,
      head,
      [
        { name: 'Upgrade', value: 'websocket' },
        { name: 'Sec-WebSocket-Version', value: protocolVersion },
      ],
    );
  }
  return respond(404, 'Not Found', 'text/plain', 'there is nothing here\n', head);
}

function respond(
  status: number,
  reason: string,
  type: string,
  text: string,
  request: RequestHead,
  more: ResponseHead['fields'] = [],
): Uint8Array {
  const body = encodeUtf8(text);
  const head = serializeHead({
    kind: 'response',
    version: { major: 1, minor: 1 },
    status,
    reason,
    fields: [
      { name: 'Content-Type', value: `${type}; charset=utf-8` },
      { name: 'Content-Length', value: String(body.length) },
      { name: 'Connection', value: 'close' },
      ...more,
    ],
  });
  return request.method === 'HEAD' ? head : Buffer.concat([head, body]);
}

function page(): string {
  const rows = behaviours.map(
    (behaviour) => `<tr><td><code>${example(behaviour)}</code></td><td>${behaviour.says}</td></tr>`,
  );
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>hybi-spec reference server</title>
<style>:root{color-scheme:light dark}body{font:1rem/1.5 system-ui;max-width:50rem;margin:2rem auto;padding:0 1rem}td{padding:.2rem 1rem .2rem 0;vertical-align:top}</style>
<h1>hybi-spec reference server</h1>
<p>This port speaks the WebSocket protocol as draft-ietf-hybi-thewebsocketprotocol-06 describes it
(Sec-WebSocket-Version: ${protocolVersion}), not RFC 6455: browsers of today cannot connect.
Try <code>hybi connect ws://127.0.0.1:8006/</code>.</p>
<table>
<caption>What it does at which path</caption>
${rows.join('\n')}
</table>
</html>
`;
}

function example(behaviour: Behaviour): string {
  const query = new URLSearchParams(behaviour.parameters).toString();
  return query === '' ? behaviour.path : `${behaviour.path}?${query.replaceAll('&', '&amp;')}`;
}
