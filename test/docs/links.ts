/** Links of a document and the places they may point to: files of the repository and headings in pages. */
import { posix } from 'node:path';
import type { Page } from './blocks.js';

/** Every relative link that leads nowhere: `path:line message`. `exists` answers for repository paths. */
export function linkProblems(
  page: Page,
  pages: readonly Page[],
  exists: (path: string) => boolean,
): string[] {
  return linksIn(page.text).flatMap(({ target, line }) => {
    const [file, anchor] = target.split('#');
    const path = file === '' ? page.path : posix.join(posix.dirname(page.path), decodeURIComponent(file));
    if (path.startsWith('..') || !exists(path))
      return [`${page.path}:${line} links to ${target}, which does not exist`];
    const other = [page, ...pages].find((candidate) => candidate.path === path);
    if (anchor === undefined || other === undefined) return [];
    if (anchorsIn(other.text).has(decodeURIComponent(anchor))) return [];
    return [`${page.path}:${line} links to ${target}, but ${path} has no such heading`];
  });
}

interface Link {
  readonly target: string;
  readonly line: number;
}

const LINK_FORMS = [
  // [text](target "title"), also ![image](target); the target may stand in <>.
  /\]\(\s*<?([^\s)>]+)>?(?:\s+["'(][^)]*)?\)/g,
  // [name]: target
  /^\s{0,3}\[[^\]]+\]:\s+<?(\S+?)>?(?:\s|$)/g,
  /\s(?:href|src)="([^"]+)"/g,
];

function linksIn(text: string): Link[] {
  return prose(text).flatMap((content, i) =>
    LINK_FORMS.flatMap((form) =>
      [...content.matchAll(form)].map((found) => ({ target: found[1], line: i + 1 })),
    ).filter(({ target }) => !/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(target)),
  );
}

/** Anchors as GitHub makes them from headings, and those written in HTML. */
export function anchorsIn(text: string): Set<string> {
  const anchors = new Set<string>();
  const lines = prose(text, (code) => code.slice(1, -1));
  for (const line of lines) {
    for (const [, id] of line.matchAll(/\s(?:id|name)="([^"]+)"/g)) anchors.add(id);
    const heading = /^#{1,6}\s+(.*?)(?:\s+#+)?\s*$/.exec(line)?.[1];
    if (heading === undefined) continue;
    const slug = slugOf(heading);
    let unique = slug;
    for (let n = 1; anchors.has(unique); n++) unique = `${slug}-${n}`;
    anchors.add(unique);
  }
  return anchors;
}

const slugOf = (heading: string): string =>
  heading
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/<[^>]+>/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '')
    .replaceAll(' ', '-');

/** The document's lines without fenced blocks and, unless `code` keeps it, without inline code. */
function prose(text: string, code: (span: string) => string = () => ''): string[] {
  let fence: string | undefined;
  return text.split('\n').map((line) => {
    const mark = /^[ \t>]*(`{3,}|~{3,})/.exec(line)?.[1];
    if (fence !== undefined) {
      if (mark?.startsWith(fence)) fence = undefined;
      return '';
    }
    if (mark === undefined) return line.replace(/`[^`]+`/g, code);
    fence = mark;
    return '';
  });
}
