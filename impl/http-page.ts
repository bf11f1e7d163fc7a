import { protocolVersion } from '../spec/wire.js';
import { type Behaviour, behaviours } from './behaviours.js';

/**
 * The page at `GET /`.
 * @param further what the port answers to ordinary HTTP besides it, with `says` as HTML
 */
export function pageOf(further: readonly { readonly path: string; readonly says: string }[]): string {
  const row = (path: string, says: string): string => `<tr><td><code>${path}</code></td><td>${says}</td></tr>`;
  const rows = [
    ...behaviours.map((behaviour) => row(example(behaviour), behaviour.says)),
    ...further.map(({ path, says }) => row(`GET ${path}`, `${says} (ordinary HTTP)`)),
  ];
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
