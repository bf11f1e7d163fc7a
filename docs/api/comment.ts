import type { Comment, CommentDisplayPart, Reflection, SignatureReflection } from 'typedoc';
import { documentOf, documents, sectionOf } from '../../spec/clause.js';
import { clauses, isClauseId } from '../../spec/clauses.js';
import { addressOfSection } from '../address.js';
import { type Markup, markup, verbatim } from '../html.js';
import { richText } from '../rich-text.js';
import { type AddressOf, parameterName } from './type-code.js';

/** Turns comments into markup: names of the reference, clauses, cases, faults and readings become links to their places. */
export function createCommentWriter(addressOf: AddressOf, addressOfName: (name: string) => string | undefined) {
  const markdownOf = (part: CommentDisplayPart): string => {
    if (part.kind === 'text') return part.text.replace(clauseIds, quoteClause).replace(sections, linkSection);
    if (part.kind === 'code') {
      const address = addressOfName(part.text.replace(/^`|`$/g, ''));
      return address === undefined ? part.text : `[${part.text}](${address})`;
    }
    if (part.kind === 'relative-link' || typeof part.target !== 'object') return part.text;
    const address = 'project' in part.target ? addressOf(part.target) : undefined;
    return address === undefined ? part.text : `[${part.text}](${address})`;
  };

  /** A text; one that is a single paragraph stands without the tags of one. */
  function prose(parts: readonly CommentDisplayPart[]): Markup {
    // A text of the site begins with a heading and a paragraph, which a comment has not.
    const text = parts.map(markdownOf).join('').trim();
    const written = richText(`# .\n\n.\n\n${text}`, (href) =>
      addresses.test(href) ? href : undefined,
    ).body.markup.trim();
    const [, only = written] = /^<p>((?:(?!<p>|<pre|<ul)[^])*)<\/p>$/.exec(written) ?? [];
    return verbatim(only);
  }

  /**
   * What a comment says.
   * @param about the function that it is about, whose parameters have comments of their own
   */
  function docs(comment: Comment | undefined, about?: SignatureReflection): Markup | undefined {
    const told = [...(about?.typeParameters ?? []), ...(about?.parameters ?? [])].filter(({ comment: says }) =>
      says?.hasVisibleComponent(),
    );
    const tags = (comment?.blockTags ?? []).filter(({ tag }) => !hidden.has(tag));
    const facts = [
      ...told.map((each) => fact(markup`<code>${nameOf(each)}</code>`, prose(each.comment?.summary ?? []))),
      ...tags
        .filter(({ tag }) => tag !== '@example')
        .map(({ tag, content }) => fact(markup`${titleOf(tag)}`, prose(content))),
    ];
    const examples = tags.filter(({ tag }) => tag === '@example').map(({ content }) => prose(content));
    const summary = comment === undefined ? '' : prose(comment.summary).markup;
    if (summary === '' && facts.length + examples.length === 0) return undefined;
    return markup`${paragraph(summary)}${
      facts.length === 0
        ? undefined
        : markup`<dl>${facts}</dl>
`
    }${examples}`;
  }

  return { docs, prose };
}

const texts = Object.keys(documents).join('|');

const clauseIds = new RegExp(`\\b(?:${texts})/[\\d.]+/[\\w-]+(?:\\.[\\w-]+)*`, 'g');

/** The id of a clause as code, which becomes a link to it. */
const quoteClause = (id: string): string => (isClauseId(id) ? `\`${id}\`` : id);

const sections = new RegExp(`\\b(${texts})\\s+sections?\\s+(\\d+(?:\\.\\d+)*)`, 'g');

const known = new Set(clauses.map(({ id }) => `${documentOf(id)}/${sectionOf(id)}`));

/** A section of a text as a link to the page of its clauses, if it has some. */
function linkSection(says: string, document: string, number: string): string {
  const section = `${document}/${number}`;
  return known.has(section) ? `[${says}](${addressOfSection(section)})` : says;
}

/** What writes comments. */
export type CommentWriter = ReturnType<typeof createCommentWriter>;

const paragraph = (text: string): Markup | undefined =>
  text === '' ? undefined : verbatim(text.startsWith('<p>') ? `${text}\n` : `<p>${text}</p>\n`);

const fact = (term: Markup, says: Markup): Markup => markup`<dt>${term}</dt><dd>${says}</dd>
`;

const nameOf = (parameter: Reflection): string => (parameter.isParameter() ? parameterName(parameter) : parameter.name);

/** Links that are ours: comments that lead elsewhere keep their words. */
const addresses = /^(?:api|clauses)\//;

const hidden = new Set<string>(['@packageDocumentation', '@module', '@param', '@typeParam']);

/** The word for a block tag: its own. */
const titleOf = (tag: string): string => `${tag.charAt(1).toUpperCase()}${tag.slice(2)}`;
