import TurndownService from 'turndown';

/** Turns markup into Markdown. */
export type Turn = (markup: string) => string;

/** The service of a library, with what the pages of the site need beside it. */
export function createTurn(): Turn {
  const service = new TurndownService({
    headingStyle: 'atx',
    bulletListMarker: '-',
    codeBlockStyle: 'fenced',
    emDelimiter: '_',
  });
  addTables(service);
  // A `<` that stands in the text begins no tag.
  const escape = service.escape.bind(service);
  service.escape = (text) => escape(text).replaceAll('<', '\\<');
  service.addRule('anchor', {
    filter: (node: unknown) => isBareAnchor(node as TreeNode),
    replacement: (_, node) => `<a id="${(node as unknown as TreeNode).getAttribute('id') ?? ''}"></a>`,
  });
  service.addRule('term', { filter: ['dt', 'summary'], replacement: (content) => `\n\n**${content.trim()}**\n\n` });
  service.addRule('description', { filter: ['dd'], replacement: (content) => `\n\n${content.trim()}\n\n` });
  // One item is one line: long lists of links stay close together.
  service.addRule('item', {
    filter: 'li',
    replacement: (content, node) => {
      const isNumbered = (node as unknown as TreeNode).parentNode?.nodeName === 'OL';
      const marker = isNumbered ? '1. ' : '- ';
      const text = content
        .trim()
        .replace(/\n{2,}/g, '\n\n')
        .replaceAll('\n', `\n${' '.repeat(marker.length)}`);
      return `${marker}${text}\n`;
    },
  });
  return (markup) => service.turndown(markup);
}

/**
 * Tables as the pages have them: one row of heads, no cell over several columns. (The known plugin asks every cell for
 * the whole table, which takes seconds for one of a thousand rows.)
 */
function addTables(service: TurndownService): void {
  service.addRule('cell', {
    filter: ['th', 'td'],
    replacement: (content) =>
      ` ${content
        .trim()
        .replace(/\s*\n\s*/g, '<br>')
        .replaceAll('|', '\\|')} |`,
  });
  service.addRule('row', {
    filter: 'tr',
    replacement: (content, node) => {
      const isHead = (node as unknown as TreeNode).parentNode?.nodeName === 'THEAD';
      const border = isHead ? `\n|${' --- |'.repeat((node as unknown as TreeNode).cells?.length ?? 0)}` : '';
      return `|${content.replace(/\n/g, '')}${border}\n`;
    },
  });
  service.addRule('rows', { filter: ['thead', 'tbody'], replacement: (content) => content });
  service.addRule('table', { filter: 'table', replacement: (content) => `\n\n${content.trim()}\n\n` });
}

/** What is asked of a node: the library's types lean on those of a browser, which are not here. */
interface TreeNode {
  readonly nodeName: string;
  readonly parentNode?: TreeNode | null;
  readonly cells?: { readonly length: number };
  readonly getAttribute: (name: string) => string | null;
}

const isBareAnchor = (node: TreeNode): boolean =>
  node.nodeName === 'A' && node.getAttribute('href') === null && node.getAttribute('id') !== null;
