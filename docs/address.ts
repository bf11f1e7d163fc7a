import type { Role } from '../model/role.js';
import { documentOf, sectionOf } from '../spec/clause.js';
import type { ClauseId } from '../spec/clauses.js';

/*
 * Where everything lies in the site. An address begins at the root of the site, without a slash, and does not change as
 * long as its thing exists: other sites, reports and `hybi` quote it.
 */

/** The page of a section's clauses. @param section `document/section` */
export const addressOfSection = (section: string): string => `clauses/${section}.html`;

/** The page and anchor of a clause: a page a section. */
export function addressOfClause(id: ClauseId): string {
  const section = `${documentOf(id)}/${sectionOf(id)}`;
  return `${addressOfSection(section)}#${id.slice(section.length + 1)}`;
}

/** The place of a reading. @param number such as `R-401` */
export const addressOfReading = (number: string): string => `readings.html#${number}`;

/** The page of a state. @param path the names from the outermost state to it, joined with dots */
export const addressOfState = (role: Role, path: string): string => `states/${role}/${path}.html`;

/** The place of a transition. @param id its id in the graph: `source/event`, and its outcome where there are several */
export const addressOfTransition = (role: Role, id: string): string => `${role}.html#about-${id}`;

/** The page of a run. @param name such as `close-by-client` */
export const addressOfRun = (name: string): string => `runs/${name}.html`;

/** The place of a case: a page for each first part of the ids. */
export function addressOfCase(id: string): string {
  const [chapter = '', ...rest] = id.split('/');
  return `cases/${chapter}.html#${rest.join('/')}`;
}

/** The place of a deliberate fault, or of an unusual peer. */
export const addressOfFault = (name: string): string => `faults.html#${name}`;

/** The place of a law. @param file the file that states it, from the root of the project */
export function addressOfLaw(file: string, name: string): string {
  const subject = file.slice(file.lastIndexOf('/') + 1).replace(/(\.test)?\.ts$/, '');
  return `laws.html#${slugOf(subject)}-${digestOf(name)}`;
}

/** Seven letters or digits that tell sentences apart (FNV-1a): names of laws are too long to be anchors. */
function digestOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash.toString(36).padStart(7, '0');
}

/** The place of a word of the glossary. */
export const addressOfTerm = (term: string): string => `terms.html#${slugOf(term)}`;

/** A word for an anchor: small letters, digits and single hyphens. */
export const slugOf = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const scheme = /(\s(?:href|src)=")~\/([^"]*)/g;

/**
 * Makes the links of a page relative to it: an address that begins with `~/` is one inside the site.
 * @param path the file that the markup is for, from the root of the site
 */
export function resolveLinks(markup: string, path: string): string {
  return markup.replace(scheme, (_, attribute: string, address: string) => {
    const [file = '', anchor] = address.split('#');
    const target = file === path && anchor !== undefined ? '' : relativeTo(path, file);
    return `${attribute}${target}${anchor === undefined ? '' : `#${anchor}`}`;
  });
}

/** The way from the file at one path to another, both from the root of the site: no folder is left to be entered again. */
function relativeTo(path: string, file: string): string {
  const from = path.split('/').slice(0, -1);
  const to = file.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return `${'../'.repeat(from.length - shared)}${to.slice(shared).join('/')}`;
}
