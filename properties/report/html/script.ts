/**
 * What filters rows in the browser. Without it all rows show. It knows attributes alone: a row has `data-verdict`,
 * `data-section` and its text, the form has check boxes, a list and a search field; what was chosen stays in the address.
 */
export const script = `(() => {
  'use strict';
  const form = document.querySelector('form[data-filter]');
  if (!form) return;
  const rows = [...document.querySelectorAll('[data-row]')];
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const boxes = [...form.querySelectorAll('input[type=checkbox][name=verdict]')];
  const section = form.querySelector('select[name=section]');
  const text = form.querySelector('input[name=text]');
  const differing = form.querySelector('input[name=differing]');
  const count = document.querySelector('[data-count]');
  const groups = [...document.querySelectorAll('[data-group]')];
  const apply = () => {
    const verdicts = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const words = text.value.toLowerCase().split(/\\s+/).filter(Boolean);
    let shown = 0;
    rows.forEach((row, at) => {
      const { verdict, section: of, differs } = row.dataset;
      const isIn = (boxes.length === 0 || verdicts.has(verdict)) && (!section || section.value === '' || section.value === of) &&
        (!differing || !differing.checked || differs === 'yes') && words.every((word) => texts[at].includes(word));
      row.hidden = !isIn;
      if (isIn) shown++;
    });
    for (const group of groups) group.hidden = !group.querySelector('[data-row]:not([hidden])');
    count.textContent = shown + ' of ' + rows.length + ' shown';
    const state = new URLSearchParams();
    for (const box of boxes) if (!box.checked) state.append('without', box.value);
    if (section && section.value) state.set('section', section.value);
    if (differing && differing.checked) state.set('differing', 'yes');
    if (text.value) state.set('text', text.value);
    try { history.replaceState(null, '', '#' + state); } catch { /* some browsers forbid it on file: */ }
  };
  const restore = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    const without = state.getAll('without');
    for (const box of boxes) box.checked = !without.includes(box.value);
    if (section) section.value = state.get('section') || '';
    if (section && section.selectedIndex < 0) section.value = '';
    if (differing) differing.checked = state.get('differing') === 'yes';
    text.value = state.get('text') || '';
  };
  form.hidden = false;
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  if (/^#(without|section|text|differing)=/.test(location.hash)) restore();
  apply();
})();
`;
