import { type ComponentChild, render } from 'preact';
import type { Example } from '../octets-form.js';
import { OctetsTool } from './octets-tool.js';
import { SteppingTool } from './stepping-tool.js';

/** The examples that the page brings along. */
function examplesOf(place: Element): readonly Example[] {
  return JSON.parse(place.getAttribute('data-examples') ?? '[]') as readonly Example[];
}

/** Puts a tool where the page has left a place for it, in the stead of what stands there without a script. */
function mount(id: string, tool: (place: Element) => ComponentChild): void {
  const place = document.getElementById(id);
  if (place === null) return;
  place.textContent = '';
  render(tool(place), place);
}

mount('octets-tool', (place) => <OctetsTool examples={examplesOf(place)} />);
mount('stepping-tool', () => <SteppingTool />);
