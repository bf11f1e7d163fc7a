import { useState } from 'preact/hooks';
import { type Field, isRefused, type Part, type Refusal } from '../dissect.js';
import { hexLine } from '../entry.js';
import { ClauseLink } from './clause-link.js';
import { type Lit, OctetsStrip } from './octets-strip.js';

/** A frame: its octets, and a table of its fields. Whoever points at a field sees its octets. */
export function FramePart({
  part,
  bytes,
  refusal,
}: {
  readonly part: Part;
  readonly bytes: Uint8Array;
  readonly refusal: Refusal | undefined;
}) {
  const [pointed, point] = useState<Lit | undefined>(undefined);
  const [pinned, pin] = useState<Field | undefined>(undefined);
  const isHere = refusal !== undefined && part.from <= refusal.at && refusal.at <= part.to;
  const kept = pinned === undefined ? undefined : part.fields.find((field) => sameField(field, pinned));
  const title = `Octets ${part.from} to ${Math.max(part.from, part.to - 1)}`;
  return (
    <section class="frame">
      <h3>
        {title}: {part.says}
      </h3>
      <OctetsStrip part={part} bytes={bytes} lit={pointed ?? kept} wrong={isHere ? refusal.at : undefined} />
      <div class="wide" role="region" aria-label={`Fields of the frame, ${title}`} tabIndex={0}>
        <table>
          <caption>Fields, {title.toLowerCase()}. Point at one, or press its name, to see its octets above.</caption>
          <thead>
            <tr>
              <th scope="col">Field</th>
              <th scope="col">Bits</th>
              <th scope="col">Meaning</th>
              <th scope="col">On the wire</th>
              {part.key === undefined ? null : <th scope="col">Clear</th>}
              <th scope="col">Clause</th>
            </tr>
          </thead>
          <tbody>
            {part.fields.map((field) => (
              <FieldRow
                key={`${field.name} ${field.from}`}
                field={field}
                part={part}
                bytes={bytes}
                isPinned={kept === field}
                isWrong={isHere && isRefused(field, refusal)}
                onPoint={point}
                onPin={() => {
                  pin(kept === field ? undefined : field);
                }}
              />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

const sameField = (one: Field, other: Field): boolean => one.name === other.name && one.from === other.from;

function FieldRow({
  field,
  part,
  bytes,
  isPinned,
  isWrong,
  onPoint,
  onPin,
}: {
  readonly field: Field;
  readonly part: Part;
  readonly bytes: Uint8Array;
  readonly isPinned: boolean;
  readonly isWrong: boolean;
  readonly onPoint: (lit: Lit | undefined) => void;
  readonly onPin: () => void;
}) {
  const { name, from, to, bits, meaning, clause } = field;
  const start = part.to - part.clear.length;
  const clear = from < start ? '' : hexLine(part.clear.subarray(from - start, to - start), 8);
  const light = (): void => {
    onPoint({ from, to });
  };
  const dark = (): void => {
    onPoint(undefined);
  };
  return (
    <tr class={isWrong ? 'wrong' : ''} onMouseEnter={light} onMouseLeave={dark} onFocusIn={light} onFocusOut={dark}>
      <th scope="row">
        <button type="button" class="plain" aria-pressed={isPinned} onClick={onPin}>
          {name}
        </button>
      </th>
      <td>{bits === undefined ? '' : <code class="bits">{bits}</code>}</td>
      <td class="says">
        {meaning}
        {isWrong ? <strong> — refused here</strong> : null}
      </td>
      <td>
        <code>{hexLine(bytes.subarray(from, to), 8)}</code>
      </td>
      {part.key === undefined ? null : (
        <td>
          <code>{clear}</code>
        </td>
      )}
      <td class="clause">
        <ClauseLink id={clause} />
      </td>
    </tr>
  );
}
