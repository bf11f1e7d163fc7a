import type { Comment, CommentDisplayPart } from 'typedoc';

/** The words of a part of a comment, without marks. */
export const plainText = (parts: readonly CommentDisplayPart[]): string =>
  parts
    .map(({ kind, text }) => (kind === 'code' ? text.replace(/^`+|`+$/g, '') : text))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

/** What a comment says of a member inside a type, on one line; block tags have no room there. */
export function remarkOn(comment: Comment | undefined): string | undefined {
  const text = comment === undefined ? '' : plainText(comment.summary);
  return text === '' ? undefined : text;
}

/** The first sentence of a comment. @param most letters that it has at most; what is cut off leaves an ellipsis */
export function firstSentence(comment: Comment | undefined, most: number): string {
  const [sentence = ''] = /^.*?[.:](?=\s|$)|^.*$/s.exec(remarkOn(comment) ?? '') ?? [];
  const bare = sentence.replace(/[.:]$/, '');
  return bare.length <= most ? bare : `${bare.slice(0, bare.lastIndexOf(' ', most - 1))} …`;
}
