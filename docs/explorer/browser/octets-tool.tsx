import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { mostCharacters, type Notation, notations } from '../octets-input.js';
import {
  type Example,
  lookAt,
  type Look,
  type OctetsForm,
  restoreForm,
  shareForm,
  type Subject,
  subjects,
} from '../octets-form.js';
import { ClauseLink } from './clause-link.js';
import { FramePart } from './frame-part.js';
import { readHash, writeHash } from './hash.js';
import { OpeningPart } from './opening-part.js';
import { RefusalNote } from './refusal-note.js';

const shownParts = 40;

/** The tool that takes octets apart. */
export function OctetsTool({ examples }: { readonly examples: readonly Example[] }) {
  const first = examples[0] ?? { subject: 'client-frames', notation: 'hex', text: '' };
  const [form, setForm] = useState<OctetsForm>(() => formOfAddress() ?? first);
  const [isTouched, setTouched] = useState(false);
  const change = (next: OctetsForm): void => {
    const { subject, notation, text } = next;
    setForm({ subject, notation, text });
    setTouched(true);
  };
  useLayoutEffect(() => {
    if (isTouched) writeHash('octets', shareForm(form));
  }, [form]);
  useEffect(() => {
    const follow = (): void => {
      const told = formOfAddress();
      if (told !== undefined) setForm(told);
    };
    addEventListener('hashchange', follow);
    return () => {
      removeEventListener('hashchange', follow);
    };
  }, []);
  const look = lookAt(form);
  return (
    <div class="tool">
      <OctetsFields form={form} examples={examples} error={look.ok ? undefined : look} onChange={change} />
      <div role="status" class="outcome">
        {summaryOf(look)}
      </div>
      {look.ok ? <Looked look={look} /> : null}
    </div>
  );
}

function formOfAddress(): OctetsForm | undefined {
  const told = readHash('octets');
  return told === undefined ? undefined : restoreForm(told);
}

function OctetsFields({
  form,
  examples,
  error,
  onChange,
}: {
  readonly form: OctetsForm;
  readonly examples: readonly Example[];
  readonly error: { readonly says: string; readonly at: number } | undefined;
  readonly onChange: (form: OctetsForm) => void;
}) {
  const chosen = examples.findIndex(
    ({ subject, notation, text }) => subject === form.subject && notation === form.notation && text === form.text,
  );
  return (
    <div class="fields">
      <label>
        Example
        <select
          value={chosen}
          onChange={({ currentTarget }) => {
            const example = examples[Number(currentTarget.value)];
            if (example !== undefined) onChange(example);
          }}
        >
          <option value={-1}>your own</option>
          {examples.map(({ name }, index) => (
            <option key={name} value={index}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        What it is
        <select
          value={form.subject}
          onChange={({ currentTarget }) => {
            onChange({ ...form, subject: currentTarget.value as Subject });
          }}
        >
          {Object.entries(subjects).map(([key, { name }]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Written as
        <select
          value={form.notation}
          onChange={({ currentTarget }) => {
            onChange({ ...form, notation: currentTarget.value as Notation });
          }}
        >
          {Object.entries(notations).map(([key, name]) => (
            <option key={key} value={key}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="whole">
        Octets
        <textarea
          rows={form.notation === 'text' ? 9 : 3}
          spellcheck={false}
          autocomplete="off"
          // One more than are read, so that it is said when a text was too long.
          maxLength={mostCharacters + 1}
          value={form.text}
          aria-invalid={error === undefined ? undefined : 'true'}
          aria-describedby="octets-error"
          onInput={({ currentTarget }) => {
            onChange({ ...form, text: currentTarget.value });
          }}
        />
      </label>
      <p id="octets-error" class="refusal" hidden={error === undefined}>
        {error === undefined ? '' : `Character ${error.at + 1}: ${error.says}.`}
      </p>
    </div>
  );
}

/** One sentence about everything, for those who do not look. */
function summaryOf(look: Look): string {
  if (!look.ok) return 'These are no octets yet.';
  if (look.part === 'opening') return look.opening.says;
  const { parts, isComplete, refusal } = look.dissection;
  const count = parts.length === 1 ? '1 frame' : `${parts.length} frames`;
  const refusals = look.reception.refusals.length;
  if (look.bytes.length === 0) return 'No octets, no frame.';
  if (refusal !== undefined)
    return `${count}, ${parts.length > 1 ? 'the last of them ' : ''}refused at octet ${refusal.at}.`;
  if (!isComplete) return `${count}, ${parts.length > 1 ? 'the last of them ' : ''}not complete.`;
  return refusals === 0
    ? `${count}, all right.`
    : `${count}, right as such, but the ${look.reception.role} refuses what it says.`;
}

function Looked({ look }: { readonly look: Extract<Look, { readonly ok: true }> }) {
  if (look.part === 'opening') return <OpeningPart opening={look.opening} />;
  const { dissection, reception, bytes } = look;
  const { parts, refusal } = dissection;
  const refusals = refusal === undefined ? reception.refusals : [refusal];
  return (
    <>
      {refusals.map((one) => (
        <RefusalNote key={one.code} refusal={one} />
      ))}
      {parts.slice(0, shownParts).map((part) => (
        <FramePart key={part.from} part={part} bytes={bytes} refusal={refusals[0]} />
      ))}
      {parts.length > shownParts ? <p>And {parts.length - shownParts} more frames.</p> : null}
      <h3>What a {reception.role} makes of it</h3>
      <p>
        On an open connection, all octets read at once. It is then in <code>{reception.state}</code>.
      </p>
      <ul class="consequences">
        {reception.consequences.slice(0, 200).map(({ says, clause }, index) => (
          <li key={index}>
            It {says}
            {clause === undefined ? null : (
              <>
                {' '}
                <ClauseLink id={clause} />
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
