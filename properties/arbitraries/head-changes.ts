import type { HeaderField, RequestHead, ResponseHead } from '../../model/http-head.js';

type Head = RequestHead | ResponseHead;

/** The head without the header fields of a name, in any case. */
export function without<Kind extends Head>(head: Kind, name: string): Kind {
  return { ...head, fields: head.fields.filter((field) => field.name.toLowerCase() !== name.toLowerCase()) };
}

/** The head with further header fields behind its own. */
export function adding<Kind extends Head>(head: Kind, ...fields: readonly (readonly [string, string])[]): Kind {
  const added = fields.map(([name, value]): HeaderField => ({ name, value }));
  return { ...head, fields: [...head.fields, ...added] };
}

/** The head with one header field of a name, whatever it had before. */
export function setting<Kind extends Head>(head: Kind, name: string, value: string): Kind {
  return adding(without(head, name), [name, value]);
}
