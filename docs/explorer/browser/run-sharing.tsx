import { useState } from 'preact/hooks';
import { exportTest } from '../export-test.js';
import type { Session } from '../session.js';
import { shareRun } from '../share.js';

/** The run as an address, and as a test. */
export function RunSharing({ session }: { readonly session: Session }) {
  const [isOpen, setOpen] = useState(false);
  const run = shareRun(session);
  const address =
    run === undefined ? 'This run is too long for an address.' : `${location.href.split('#')[0] ?? ''}#run=${run}`;
  return (
    <section aria-labelledby="panel-share">
      <h3 id="panel-share">Keep it</h3>
      <Kept label="Address of this run" text={address} rows={2} />
      <details
        onToggle={({ currentTarget }) => {
          setOpen(currentTarget.open);
        }}
      >
        <summary>As a test for vitest</summary>
        <p>
          It needs the package alone, and says what both sides got and did. Save it as <code>run.test.ts</code>.
        </p>
        {isOpen ? <Kept label="Test of this run" text={exportTest(session)} rows={16} /> : null}
      </details>
    </section>
  );
}

/** A text to copy. */
function Kept({ label, text, rows }: { readonly label: string; readonly text: string; readonly rows: number }) {
  const [copied, setCopied] = useState('');
  const copy = (): void => {
    navigator.clipboard.writeText(text).then(
      () => {
        setCopied(text);
      },
      () => {
        setCopied('');
      },
    );
  };
  return (
    <div class="kept">
      <label>
        {label}
        <textarea
          readOnly
          rows={rows}
          spellcheck={false}
          value={text}
          onFocus={({ currentTarget }) => {
            currentTarget.select();
          }}
        />
      </label>
      <button
        type="button"
        aria-label={`${copied === text ? 'Copied' : 'Copy'}: ${label.toLowerCase()}`}
        onClick={copy}
      >
        {copied === text ? 'Copied' : 'Copy'}
      </button>
    </div>
  );
}
