import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type Application,
  Converter,
  DefaultTheme,
  type DefaultThemeRenderContext,
  JSX,
  PageEvent,
  type Reflection,
  ReflectionKind,
  RendererEvent,
  UnknownType,
} from 'typedoc';
import { parts } from '../navigation.js';
import { typedocRules } from './typedoc-rules.js';

/*
 * Makes the reference of the API a part of the site: its header on every page, its colours, and no panel of settings,
 * because the site follows what the reader prefers. typedoc loads this from dist, by typedoc.json.
 */

const stylesheet = 'assets/site.css';

/** Called by typedoc. */
export function load(app: Application): void {
  app.renderer.defineTheme('site', SiteTheme);
  app.renderer.hooks.on('head.end', (context) =>
    JSX.createElement('link', { rel: 'stylesheet', href: context.relativeURL(stylesheet) }),
  );
  app.renderer.hooks.on('body.begin', (context) => siteHeader(context.page.url));
  app.renderer.on(PageEvent.END, (page) => {
    page.contents = page.contents?.replace(permalinks, '').replace(pictures, 'href="#') ?? '';
  });
  app.renderer.on(RendererEvent.END, ({ outputDirectory }: RendererEvent) => {
    writeFileSync(join(outputDirectory, stylesheet), typedocRules);
  });
  app.converter.on(Converter.EVENT_RESOLVE_BEGIN, ({ project }) => {
    for (const variable of project.getReflectionsByKind(ReflectionKind.Variable)) shorten(variable);
  });
}

class SiteTheme extends DefaultTheme {
  override getRenderContext(page: PageEvent<Reflection>): DefaultThemeRenderContext {
    const context = super.getRenderContext(page);
    const { index } = context;
    context.settings = nothing;
    // The index and the list of what is on a page say what the page says a third time; modules need theirs.
    context.pageNavigation = nothing;
    context.index = (reflection) =>
      reflection.kindOf([ReflectionKind.Project, ReflectionKind.Module]) ? index(reflection) : nothing();
    return context;
  }
}

function nothing(): JSX.Element {
  return JSX.createElement(JSX.Fragment, null);
}

/** A tenth of the bytes: links of members to themselves. */
const permalinks = /<a href="#[^"]*" aria-label="Permalink" class="tsd-anchor-icon">.*?<\/a>/gs;

/** Pictures in a file of their own, which a page that is opened from the disk may not load; a script has them all. */
const pictures = /href="[^"]*assets\/icons\.svg#/g;

/** The header of the site, as it looks from a page of the reference, which lies in a folder of the site. */
function siteHeader(url: string): JSX.Element {
  const root = '../'.repeat(url.split('/').length);
  const items = Object.values(parts).map(({ file, name }) =>
    JSX.createElement('li', null, JSX.createElement('a', { href: `${root}${file}` }, name)),
  );
  const here = JSX.createElement(
    'li',
    null,
    JSX.createElement(
      'a',
      { href: `${'../'.repeat(url.split('/').length - 1)}index.html`, 'aria-current': 'true' },
      'API',
    ),
  );
  const home = JSX.createElement('a', { href: `${root}${parts.home.file}` }, 'hybi-spec');
  return JSX.createElement(
    'header',
    { class: 'site-header' },
    JSX.createElement('strong', null, home),
    JSX.createElement('nav', { 'aria-label': 'Pages' }, JSX.createElement('ul', null, ...items, here)),
  );
}

/** Members that the type of a variable shows at most. */
const mostMembers = 40;

/** Leaves out the type of a table with many entries: the type of all readings alone would be 800 KB. */
function shorten(variable: Reflection): void {
  if (!variable.isDeclaration() || variable.type?.type !== 'reflection') return;
  const { declaration } = variable.type;
  const members = declaration.children?.length ?? 0;
  if (members <= mostMembers) return;
  variable.project.removeReflection(declaration);
  variable.type = new UnknownType(`{ … ${members} entries }`);
}
