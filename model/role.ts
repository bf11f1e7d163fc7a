/** Which end of the connection an endpoint is. */
export type Role = 'client' | 'server';

/** The role at the other end. */
export function otherRole(role: Role): Role {
  return role === 'client' ? 'server' : 'client';
}
