/**
 * Text from outside on its way to a terminal. A name, a path or an argument may hold characters that move the
 * cursor, recolour the screen or turn the reading direction; they are shown as escapes and never obeyed.
 */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16).padStart(4, '0');
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex}`;
}
