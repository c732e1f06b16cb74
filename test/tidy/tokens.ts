/**
 * A small tokenizer for TypeScript: enough to tell code from comments, strings and regular expressions, so
 * that a house rule never trips over a word in a sentence. It does not parse; rules look at runs of tokens.
 */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'template' | 'regex' | 'punctuation';
  /** As written; for strings the content without quotes. */
  readonly text: string;
  /** 1-based. */
  readonly line: number;
}

const SPACE = /\s+/y;
const COMMENT = /\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|^#![^\n]*/y;
const NAME = /[\p{ID_Start}$_#@][\p{ID_Continue}$\u200c\u200d]*/uy;
const NUMBER = /\.?\d(?:[eE][+-]|[\w.])*/y;
const STRING = /'(?:[^'\\\n]|\\[\s\S])*'|"(?:[^"\\\n]|\\[\s\S])*"/y;
const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
const TEMPLATE_PART = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*/y;
const PUNCTUATION = /\?\.(?!\d)|=>|\.\.\.|[\s\S]/uy;

const BEFORE_REGEX = new Set(
  'return typeof case in of void delete throw new do else await yield instanceof'.split(' '),
);

export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  // For each open brace whether it belongs to a template's `${`.
  const braces: boolean[] = [];
  let at = 0;
  let line = 1;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined || found === '') return undefined;
    at += found.length;
    return found;
  };
  const push = (kind: Token['kind'], raw: string, shown = raw) => {
    tokens.push({ kind, text: shown, line });
    line += newlines(raw);
  };
  const template = () => {
    push('template', take(TEMPLATE_PART) ?? '');
    const closed = text[at] === '`';
    at += closed ? 1 : 2;
    if (!closed) braces.push(true);
  };

  while (at < text.length) {
    let found: string | undefined;
    if ((found = take(SPACE) ?? take(COMMENT)) !== undefined) line += newlines(found);
    else if ((found = take(NAME)) !== undefined) push('name', found);
    else if ((found = take(NUMBER)) !== undefined) push('number', found);
    else if ((found = take(STRING)) !== undefined) push('string', found, found.slice(1, -1));
    else if (text[at] === '/' && regexMayFollow(tokens.at(-1)) && (found = take(REGEX)) !== undefined) {
      push('regex', found);
    } else {
      const mark = take(PUNCTUATION) ?? '';
      if (mark === '`') template();
      else if (mark === '}' && braces.pop() === true) template();
      else {
        if (mark === '{') braces.push(false);
        push('punctuation', mark);
      }
    }
  }
  return tokens;
}

/** In `</div>` the slash closes an element. */
function regexMayFollow(before: Token | undefined): boolean {
  if (before === undefined) return true;
  if (before.kind === 'name') return BEFORE_REGEX.has(before.text);
  return before.kind === 'punctuation' && !')]}<'.includes(before.text);
}

const newlines = (text: string): number => text.split('\n').length - 1;
