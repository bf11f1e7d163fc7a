import { type Contents, exportsOf } from './contents.js';
import { firstSentence } from './remark.js';

/** Letters of a sentence that stands beside a name in the list of what was found. */
const most = 70;

const mark = '/* API */';

/**
 * Puts what the reference describes into the index of the search.
 * @param index the script that holds the index by kinds; what was put into it before is replaced
 */
export function withApi(index: string, { entries }: Contents): string {
  const pages = entries.flatMap(({ chapters }) =>
    chapters.map((chapter) => {
      const found = exportsOf(chapter).map(({ anchor, reflection: { name, comment, signatures } }) => {
        const says = firstSentence(comment ?? signatures?.[0]?.comment, most);
        return anchor === name ? [name, says] : [name, says, anchor];
      });
      return [chapter.path, found];
    }),
  );
  const [before = ''] = index.split(mark);
  const unfold = '.flatMap(([page,all])=>all.map(([name,says,anchor=name])=>[name,says,`${page}#${anchor}`]))';
  return `${before}${mark}hybiSearchIndex.api=${JSON.stringify(pages)}${unfold};\n`;
}
