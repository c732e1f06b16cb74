/** Whom a number or event of a sentence is about: the name before it, or after it, or of the segments and sentences before. */
import { isMarked, meaningOf, type NamedAt, type Piece, type Sentence } from '../text/pieces.js';
import { entityOf } from '../text/tokens.js';
import type { Event } from '../words/meaning.js';

export interface Named {
  /** The nearest name: security, fund or index. */
  readonly entity: string | undefined;
  /** The nearest name that is no index. */
  readonly company: string | undefined;
  readonly index: string | undefined;
  /** Who it is compared with: named after the event, or in "ten times Nvidia's". */
  readonly other: string | undefined;
}

export function entityNames(sentence: Sentence, piece: Piece): Named {
  const { context } = sentence;
  const named = sentence.names;
  // Who was passed is not who the rest of the sentence is about, unless a relative clause goes on about it.
  const all = relative(sentence, piece) ? named : named.filter(({ at, object }) => !object || at > piece.at);
  const own = all.filter(({ segment }) => segment === piece.segment);
  const before = own.filter(({ at }) => at < piece.at);
  const after = own.filter(({ at }) => at > piece.at);
  const earlier = all.filter(({ at, segment }) => at < piece.at && segment !== piece.segment);
  const compared = comparedWith(sentence, piece, all);
  const usable = (list: readonly NamedAt[]): NamedAt[] => list.filter(({ id }) => id !== compared);
  // `a 14.45% drop in Cambricon` names it afterwards, for numbers only: an event has its object there.
  const nearest = (list: (of: readonly NamedAt[]) => readonly NamedAt[]): string | undefined =>
    list(usable(before)).at(-1)?.id ??
    (piece.kind === 'quantity' || piece.kind === 'streak'
      ? list(usable(after)).find(({ object }) => !object)?.id
      : undefined) ??
    list(usable(earlier)).at(-1)?.id;
  const companies = (of: readonly NamedAt[]): NamedAt[] => of.filter(({ index }) => !index);
  const owner = ownerOf(sentence, piece);
  const entity = owner?.id ?? nearest((of) => of);
  const company =
    (owner?.index === false ? owner.id : undefined) ??
    nearest(companies) ??
    companies(usable(after)).find(({ object }) => !object)?.id;
  const indices = all
    .filter(({ index }) => index)
    .toSorted((a, b) => Math.abs(a.at - piece.at) - Math.abs(b.at - piece.at));
  return {
    entity: entity ?? company ?? context.subject ?? context.index,
    company: company ?? context.subject,
    index: indices[0]?.id ?? context.index,
    other: compared ?? after.find(({ id }) => id !== entity)?.id,
  };
}

/** "Moutai's 1,448", 贵州茅台的1448元: the name right before the number, whoever else it is compared with. */
function ownerOf({ pieces, names }: Sentence, piece: Piece): NamedAt | undefined {
  const of = pieces[piece.at - 1];
  if (piece.kind !== 'quantity' || of?.kind !== 'word' || piece.quantity.unit === 'times') return undefined;
  const owned = of.token.text === '的' || isMarked(of.token, 'possessive');
  return owned ? names.find(({ at, object }) => object && at === piece.at - 2) : undefined;
}

/** Every name of a sentence, in order. */
export function namesIn(pieces: readonly Piece[], indices: ReadonlySet<string>): NamedAt[] {
  return pieces.flatMap((piece) => {
    const id = piece.kind === 'word' ? entityOf(piece.token) : undefined;
    return id === undefined
      ? []
      : [
          {
            id,
            at: piece.at,
            segment: piece.segment,
            index: indices.has(id),
            object: follows(pieces, piece.at) || isSucceeded(pieces, piece, indices),
          },
        ];
  });
}

/** `ten times Nvidia's`, `ten times that of Nvidia`, `英伟达的10倍`. */
function comparedWith({ pieces }: Sentence, piece: Piece, names: readonly NamedAt[]): string | undefined {
  if (piece.kind !== 'quantity' || piece.quantity.unit !== 'times' || piece.quantity.word === true)
    return undefined;
  const following = names.find(({ at }) => at > piece.at && at <= piece.at + 5);
  const between = following === undefined ? [] : pieces.slice(piece.at + 1, following.at);
  // "50 times for Nvidia" is Nvidia's own.
  const ownNumber = between.some((one) => one.kind === 'word' && one.token.text.toLowerCase() === 'for');
  if (following !== undefined && !ownNumber && !between.some(joins)) return following.id;
  const [of, name] = [pieces[piece.at - 1], names.find(({ at }) => at === piece.at - 2)];
  return of?.kind === 'word' && of.token.text === '的' ? name?.id : undefined;
}

const joins = (piece: Piece): boolean =>
  piece.kind !== 'word' || isMarked(piece.token, 'break') || isMarked(piece.token, 'open');

const COMPARING: ReadonlySet<Event> = new Set<Event>(['passed', 'below', 'outperformed', 'underperformed']);

/** "Moutai, unlike Cambricon, rose". */
const OTHERS = new Set([
  'not',
  'unlike',
  'like',
  'than',
  'more than',
  'less than',
  'faster than',
  '不同于',
  '不像',
  '像',
]);

/** Right after "overtook", "above" and the like. */
function follows(pieces: readonly Piece[], at: number): boolean {
  const [before, earlier] = [pieces[at - 1], pieces[at - 2]];
  const article = before?.kind === 'word' && ['the', '了'].includes(before.token.text.toLowerCase());
  const word = article ? earlier : before;
  if (word?.kind === 'word' && OTHERS.has(word.token.text.toLowerCase())) return true;
  const event = word?.kind === 'word' ? meaningOf(word.token, 'event')?.event : undefined;
  return event !== undefined && COMPARING.has(event);
}

/** "Hygon replaced Cambricon as the heaviest stock", whatever the verb: of the first of two is said what the other one was. */
function isSucceeded(pieces: readonly Piece[], piece: Piece, indices: ReadonlySet<string>): boolean {
  const { at, segment } = piece;
  const isNamed = (one: Piece): boolean => {
    const id = one.kind === 'word' ? entityOf(one.token) : undefined;
    return id !== undefined && !indices.has(id);
  };
  const next = pieces[at + 1];
  return (
    isNamed(piece) &&
    next?.kind === 'word' &&
    next.token.text.toLowerCase() === 'as' &&
    pieces.some((one) => one.at < at && one.segment === segment && isNamed(one))
  );
}

/** `Moutai, which closed at 1,448`. */
function relative({ pieces }: Sentence, piece: Piece): boolean {
  const first = pieces.find(({ segment }) => segment === piece.segment);
  return (
    first?.kind === 'word' && ['which', 'whose', 'who', '后者', '其'].includes(first.token.text.toLowerCase())
  );
}
