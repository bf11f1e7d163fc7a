const nameOf = (line) => line.slice(0, line.indexOf(':')).toLowerCase();
/** The text of a head. */
export function headText({ start, fields }) {
    return [start, ...fields, '', ''].join('\r\n');
}
/** The head without a header field. */
export function without(head, name) {
    return { ...head, fields: head.fields.filter((line) => nameOf(line) !== name.toLowerCase()) };
}
/** The head with these lines in the place of those of the same name, or at the end. */
export function withLines(head, name, ...lines) {
    const at = head.fields.findIndex((line) => nameOf(line) === name.toLowerCase());
    const rest = without(head, name).fields;
    const place = at === -1 ? rest.length : at;
    return { ...head, fields: [...rest.slice(0, place), ...lines, ...rest.slice(place)] };
}
/** The head with one value for a header field. */
export function withField(head, name, value) {
    return withLines(head, name, `${name}: ${value}`);
}
