import type { EndpointOptions } from '../../model/connection.js';
import { type GuardName, machineGuards } from '../../model/machine-setup.js';
import type { Role } from '../../model/role.js';
import { type ReadingName, readings } from '../../spec/readings.js';

/*
 * What can be chosen before a run begins: the readings that decide which way the machines go, and when each side answers
 * a Close. Whoever writes an address down writes options by their places, so options are only ever added at the end.
 */

/** What may be set, each with the names of its options, the default among them. */
export interface Setting {
  readonly key: string;
  readonly says: string;
  readonly options: readonly { readonly name: string; readonly says: string }[];
  readonly initial: number;
  /** The number of the reading, where it is one. */
  readonly number?: string;
}

/** The option chosen of each setting, by its place. */
export type Settings = readonly number[];

/** The readings that guards of the machines ask for, in the order of the guards, and some more. */
const shapingReadings: readonly ReadingName[] = [
  ...(Object.keys(machineGuards) as GuardName[]).flatMap((guard) => machineGuards[guard].reading ?? []),
  // What is looked at behind a Close decides which events come there.
  'pingBehindClose',
  'dataBehindClose',
  'secondClose',
];

function settingOfReading(name: ReadingName): Setting {
  const { number, question, options, chosen } = readings[name];
  const names = Object.keys(options);
  const texts: Readonly<Record<string, string>> = options;
  return {
    key: name,
    says: question,
    options: names.map((option) => ({ name: option, says: texts[option] ?? option })),
    initial: names.indexOf(chosen),
    number,
  };
}

function settingOfAnswers(role: Role): Setting {
  return {
    key: `${role}AnswersCloseAtOnce`,
    says: `When does the ${role} answer a Close?`,
    options: [
      { name: 'at-once', says: 'At once.' },
      { name: 'later', says: 'When its application says so.' },
    ],
    initial: 0,
  };
}

/** Everything that can be set. */
export const settingsList: readonly Setting[] = [
  settingOfAnswers('client'),
  settingOfAnswers('server'),
  ...shapingReadings.map(settingOfReading),
];

/** What holds unless something else is chosen. */
export const initialSettings: Settings = settingsList.map(({ initial }) => initial);

/** The options of an endpoint under some settings. */
export function endpointOptions(settings: Settings, role: Role): EndpointOptions {
  const chosen = Object.fromEntries(
    settingsList.map(({ key, options, initial }, at) => [key, options[settings[at] ?? initial]?.name]),
  );
  const readingsChosen = Object.fromEntries(shapingReadings.map((name) => [name, chosen[name]]));
  return {
    answersCloseAtOnce: chosen[`${role}AnswersCloseAtOnce`] === 'at-once',
    readings: readingsChosen,
  };
}

/** The options that differ from the defaults, for those who write them down. */
export function changedReadings(settings: Settings): Readonly<Record<string, string>> {
  return Object.fromEntries(
    settingsList.flatMap(({ key, options, initial, number }, at) => {
      const place = settings[at] ?? initial;
      const option = options[place];
      return number === undefined || place === initial || option === undefined ? [] : [[key, option.name]];
    }),
  );
}
