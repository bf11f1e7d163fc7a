/** What has an address of its own: entries with a heading, and laws. */
const addressed = 'main article[id]>:is(h2,h3),main article>:is(h2,h3)[id],main ul.laws>li[id]';

/**
 * Makes a link to itself of the beginning of each heading that can be linked to, so that its address can be copied. The
 * pages would be larger by a thirtieth with these links in them.
 */
export function addPermalinks(): void {
  for (const place of document.querySelectorAll(addressed)) {
    const id = place.id || place.parentElement?.id;
    const [first] = place.childNodes;
    if (id === undefined || first === undefined) continue;
    const link = document.createElement('a');
    link.href = `#${id}`;
    if (place.querySelector(':scope>a') === null) {
      place.replaceChild(link, first);
      link.append(first);
    } else {
      // There are links in it already, such as to readings.
      link.textContent = '#';
      link.setAttribute('aria-label', `Link to ${id}`);
      place.prepend(link, ' ');
    }
  }
}
