/**
 * Scrolls each picture of the states that is wider than its box to where a connection begins: on a phone its left edge
 * is empty.
 */
export function showStartOfPictures(): void {
  for (const dot of document.querySelectorAll('.wide > svg.states > circle.tip')) {
    const box = dot.closest('.wide');
    if (box === null) continue;
    const { left, width } = dot.getBoundingClientRect();
    const frame = box.getBoundingClientRect();
    box.scrollLeft += left + width / 2 - (frame.left + frame.width / 2);
  }
}
