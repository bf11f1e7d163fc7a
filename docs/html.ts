/** Markup of the site: the same tag as that of the reports, which lie on a lower floor. */
export { escapeText, markup, type Markup, type MarkupValue, verbatim } from '../properties/report/markup.js';
