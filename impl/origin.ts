/**
 * Whether a server that accepts only certain origins takes a request (draft-06/9/verify-origin). A request without an
 * origin does not come from a browser (draft-06/5.2.1/no-origin-no-browser), whom alone the list is to hold off.
 *
 * @param origin of the request, in lower case
 * @param allowed serialized origins in any ASCII case; an empty list allows all
 */
export function isOriginAllowed(origin: string | undefined, allowed: readonly string[]): boolean {
  if (allowed.length === 0 || origin === undefined) return true;
  return allowed.some((known) => known.toLowerCase() === origin);
}
