import type { Role } from '../../model/role.js';
import type { GraphTransition } from '../graph.js';

/* How the page names the parts of its two pictures, and how the script finds them again. */

/** The id of a part of the picture of a role: both pictures stand on one page. */
export const placeOf = (role: Role, id: string): string => `${role}-${id}`;

/** The name of the way of an arrow: transitions between the same two states share it. */
export const wayOf = ({ source, rests }: GraphTransition): string => `${source}~${rests}`;

/**
 * The picture of a role as a part of a page: its ids are its own, and each way has its name.
 * @param ways the names of the ways, in the order in which they are drawn; the first of all is that to the start
 */
export function placedPicture(role: Role, picture: string, ways: readonly string[]): string {
  let drawn = -1;
  return picture
    .replace(/ id="((?:state|transition)-[^"]*)"/g, (_, id: string) => ` id="${placeOf(role, id)}"`)
    .replace(/<path class="line"/g, (path) => {
      const way = ways[drawn++];
      return way === undefined ? path : `${path} data-way="${way}"`;
    });
}
