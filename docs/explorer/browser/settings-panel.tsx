import { addressOfReading } from '../../address.js';
import { type Settings, settingsList } from '../settings.js';

/** What holds for the whole run: readings, and when a Close is answered. */
export function SettingsPanel({
  settings,
  onChange,
}: {
  readonly settings: Settings;
  readonly onChange: (settings: Settings) => void;
}) {
  const changed = settingsList.filter(({ initial }, place) => settings[place] !== initial).length;
  return (
    <details class="settings">
      <summary>Settings of the run{changed === 0 ? '' : ` (${changed} changed)`}</summary>
      <p>Where the text leaves a question open, both sides can be given another answer.</p>
      {settingsList.map(({ key, says, options, initial, number }, place) => (
        <div key={key} class="setting">
          <label>
            {says}
            <select
              value={settings[place] ?? initial}
              onChange={({ currentTarget }) => {
                onChange(settings.map((option, index) => (index === place ? Number(currentTarget.value) : option)));
              }}
            >
              {options.map((option, index) => (
                <option key={option.name} value={index}>
                  {option.says}
                </option>
              ))}
            </select>
          </label>
          {number === undefined ? null : <a href={addressOfReading(number)}>{number}</a>}
        </div>
      ))}
    </details>
  );
}
