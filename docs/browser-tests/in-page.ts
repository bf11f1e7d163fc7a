/*
 * What is asked of a page from inside it, as scripts: the project's own types know no document. Each gives plain data.
 */

/** What a page has that one can tell at once. */
export interface PageFacts {
  /** Addresses that it links to or loads, absolute. */
  readonly targets: readonly string[];
  readonly ids: readonly string[];
  /** The width that the page needs: more than the screen has means that it scrolls sideways. */
  readonly width: number;
}

/** Gives `PageFacts`. */
export const factsScript = `({
  targets: [...new Set([...document.querySelectorAll('a[href],link[href]')].map((one) => one.getAttribute('href'))
    .concat([...document.querySelectorAll('[src]')].map((one) => one.getAttribute('src'))))]
    .map((href) => new URL(href, document.baseURI).href),
  ids: [...document.querySelectorAll('[id]')].map(({ id }) => id),
  width: document.documentElement.scrollWidth,
})`;

/** Gives whether a browser makes the same document of two texts, white space between elements apart. */
export const sameDocumentScript = (one: string, other: string): string => `(() => {
  const [first, second] = ${JSON.stringify([one, other]).replaceAll('<', '\\u003c')}.map((text) => {
    const made = new DOMParser().parseFromString(text, 'text/html');
    const texts = made.createTreeWalker(made, NodeFilter.SHOW_TEXT);
    const blank = [];
    while (texts.nextNode()) {
      texts.currentNode.data = texts.currentNode.data.trimEnd();
      if (texts.currentNode.data === '') blank.push(texts.currentNode);
    }
    for (const node of blank) node.remove();
    return made;
  });
  return first.isEqualNode(second);
})()`;

/** Gives what is cut off: content that is wider than a box which does not show it all. Pictures may scroll. */
export const clippedScript = `[...document.querySelectorAll('body *')].filter((one) => {
  if (one.closest('svg') || one.scrollWidth <= one.clientWidth + 1 || one.clientWidth === 0) return false;
  const { overflowX, display } = getComputedStyle(one);
  return overflowX !== 'visible' && display !== 'inline' && !one.querySelector('svg') && !one.matches('pre,.wide:has(pre),textarea,input');
}).map((one) => one.tagName + '.' + one.className + ' ' + (one.getAttribute('aria-label') ?? one.textContent.slice(0, 60)) + ': ' + one.scrollWidth + ' in ' + one.clientWidth)`;

/**
 * Gives what is wrong with the pictures of a page, measured: texts that meet, texts outside their picture, and lines or
 * borders that go through a text.
 */
export const pictureScript = `(() => {
  const wrong = [];
  const shrunk = (rect) => ({ left: rect.left + 0.5, right: rect.right - 0.5, top: rect.top + rect.height * 0.2, bottom: rect.bottom - rect.height * 0.2 });
  const meet = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  for (const svg of document.querySelectorAll('svg')) {
    const room = svg.getBoundingClientRect();
    if (room.width === 0) continue;
    const name = svg.querySelector('title')?.textContent ?? svg.className.baseVal;
    const runs = [...svg.querySelectorAll('text')].flatMap((text) => {
      const placed = [...text.querySelectorAll('tspan[x],tspan[y],tspan[dy]')];
      const start = document.createRange();
      if (placed.length === 0) return [{ says: text.textContent, box: shrunk(text.getBoundingClientRect()) }];
      start.setStart(text, 0);
      start.setEndBefore(placed[0]);
      const first = start.toString().trim() === '' ? [] : [{ says: start.toString(), box: shrunk(start.getBoundingClientRect()) }];
      return [...first, ...placed.map((part) => ({ says: part.textContent, box: shrunk(part.getBoundingClientRect()) }))];
    }).filter(({ says, box }) => says.trim() !== '' && box.right > box.left);
    runs.forEach(({ says, box }, at) => {
      for (const other of runs.slice(at + 1)) if (meet(box, other.box)) wrong.push(name + ': “' + says + '” meets “' + other.says + '”');
      if (box.left < room.left || box.right > room.right || box.top < room.top || box.bottom > room.bottom) wrong.push(name + ': “' + says + '” leaves the picture');
    });
    for (const rect of svg.querySelectorAll('rect')) {
      if (getComputedStyle(rect).stroke === 'none') continue;
      const { left, right, top, bottom } = rect.getBoundingClientRect();
      for (const { says, box } of runs) {
        const isInside = box.left >= left && box.right <= right && box.top >= top && box.bottom <= bottom;
        if (meet(box, { left, right, top, bottom }) && !isInside) wrong.push(name + ': a border goes through “' + says + '”');
      }
    }
    for (const path of svg.querySelectorAll('path')) {
      if (getComputedStyle(path).stroke === 'none') continue;
      const length = path.getTotalLength();
      const matrix = path.getScreenCTM();
      for (let at = 0; at <= length; at += 2) {
        const point = path.getPointAtLength(at).matrixTransform(matrix);
        const hit = runs.find(({ box }) => point.x > box.left && point.x < box.right && point.y > box.top && point.y < box.bottom);
        if (hit) { wrong.push(name + ': a line goes through “' + hit.says + '”'); break; }
      }
    }
  }
  return [...new Set(wrong)];
})()`;

/** Leaves a dozen of each long row of siblings: the hundredth is as accessible as the tenth, and axe looks at each. */
export const trimScript = `for (const list of document.querySelectorAll('tbody,ul,ol,dl,main,section,svg,svg g')) {
  const seen = {};
  for (const child of [...list.children]) {
    const kind = child.tagName + child.className;
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (seen[kind] > 12) child.remove();
  }
}`;

/** Runs axe-core, which must have been loaded, and gives the violations, one line each. */
export function axeScript(rules: 'all' | 'contrast'): string {
  const only =
    rules === 'contrast'
      ? "{ type: 'rule', values: ['color-contrast'] }"
      : "{ type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }";
  return `axe.run(document, { runOnly: ${only}, resultTypes: ['violations'], preload: false }).then(({ violations }) =>
    violations.flatMap(({ id, help, nodes }) => nodes.slice(0, 3).map(({ target, failureSummary }) =>
      id + ': ' + help + ' at ' + target.join(' ') + ' (' + (failureSummary ?? '').split('\\n').slice(1).join(' ').trim().slice(0, 160) + ')')))`;
}

/** Gives what has the focus, and whether one can see that it has. */
export const focusScript = `(() => {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  return { tag: one.tagName.toLowerCase(), href: one.getAttribute('href') ?? '', role: one.getAttribute('role') ?? one.type ?? '', isSeen: outlineStyle !== 'none' && outlineWidth !== '0px' };
})()`;
