import type { OpeningReading } from '../read-opening.js';
import { ClauseLink } from './clause-link.js';
import { RefusalNote } from './refusal-note.js';

/** An opening handshake, line by line, and what the other side says of it. */
export function OpeningPart({ opening }: { readonly opening: OpeningReading }) {
  const { lines, verdict, says, refusal, rest } = opening;
  return (
    <section class="frame">
      <h3>{verdict === 'refused' ? `Refused. ${says}` : says}</h3>
      {refusal === undefined ? null : <RefusalNote refusal={refusal} />}
      {rest === 0 ? null : <p>{rest} octets follow the head: they are frames, and not read here.</p>}
      <div class="wide" role="region" aria-label="Lines of the opening handshake" tabIndex={0}>
        <table>
          <caption>Lines of the opening handshake</caption>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col">Meaning</th>
              <th scope="col">Clause</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ text, from, to, meaning, clause }) => {
              const isWrong = refusal !== undefined && from <= refusal.at && refusal.at < to;
              return (
                <tr key={from} class={isWrong ? 'wrong' : ''}>
                  <th scope="row" class="line">
                    <code>{text === '' ? '(empty line)' : text}</code>
                  </th>
                  <td class="says">
                    {meaning}
                    {isWrong ? <strong> — refused here</strong> : null}
                  </td>
                  <td class="clause">{clause === undefined ? null : <ClauseLink id={clause} />}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}
