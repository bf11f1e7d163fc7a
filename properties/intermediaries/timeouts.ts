import assert from 'node:assert/strict';
import { latin1FromBytes } from '../../model/bytes.js';
import { type HeaderField, type RequestHead, serializeHead } from '../../model/http-head.js';
import { createHeadReader, readHead } from '../../model/http-head-reader.js';
import { judgeForwarder } from '../conformance/timeout-forwarders.js';
import { rawClient } from '../drivers/raw-client.js';
import type { Way } from './way.js';

/*
 * What becomes of the header fields of http-timeout-00 on the way through a real proxy. None of them knows these fields;
 * what each was seen to do stands in its description, so that a change shows.
 */

/** The last request head among bytes that the server behind a proxy read. */
function lastHead(bytes: Buffer): RequestHead {
  const whole = bytes.toString('latin1');
  const start = whole.lastIndexOf('\r\n\r\n', whole.length - 5);
  const read = readHead(createHeadReader('request', { maxBytes: 65_536 }), bytes.subarray(start < 0 ? 0 : start + 4));
  assert.ok(read.kind === 'head' && read.head.kind === 'request', `the server read no request: ${whole}`);
  return read.head;
}

/** Sends a request through the proxy, and tells what the server got. */
async function forwarded({ program, place, server, read }: Way, head: RequestHead): Promise<RequestHead> {
  const client = rawClient(place.port);
  // A forward proxy wants the whole address; the path is one that answers without a connection that stays.
  const target = program.kind === 'forward' ? `http://127.0.0.1:${server.port}/` : '/';
  const host = { name: 'Host', value: `127.0.0.1:${server.port}` };
  const fields: readonly HeaderField[] = [host, ...head.fields.filter(({ name }) => name !== 'Host')];
  client.send(latin1FromBytes(serializeHead({ ...head, target, fields })));
  await client.until(/^HTTP[^]*\r\n\r\n/);
  client.destroy();
  return lastHead(read());
}

/** Each kind of fault that the proxy commits on the probes, by its code, in alphabetical order. */
export async function timeoutFaultsOn(way: Way): Promise<readonly string[]> {
  const findings = await judgeForwarder((head) => forwarded(way, head));
  return [...new Set(findings.map(({ probe, code }) => `${probe} ${code}`))].sort();
}
