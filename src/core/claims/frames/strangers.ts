/**
 * Names that no table knows. A word with a capital that stands between a known name and what is said may be another company's:
 * then nothing is said of the known one, and a claim that would be right of it must not be called right.
 */
import { around, meaningOf, segmentOf, type Piece, type Sentence, type WordPiece } from '../text/pieces.js';
import { entityOf } from '../text/tokens.js';

/** Words written with a capital that are no names of companies. */
const COMMON = new Set(
  (
    'the a an its it in on at by for from with this that these those their they he she we his her after before since while when as ' +
    'meanwhile however still yet also even only then there here both each all most some many such earlier later overall ' +
    'english german japanese korean french european british western local foreign china chinese beijing shanghai shenzhen hong kong us u.s american global asia asian europe a-share a-shares ashares ' +
    'corp corporation inc ltd limited co company group holdings technologies technology plc sa ag ai it ' +
    'reuters bloomberg yicai caixin wind lseg xinhua csi sse star market index indices etf etfs board exchange stock stocks fund funds ' +
    'trading investors traders analysts chip chips chipmaker chipmakers chipmaking semiconductor semiconductors designer maker ' +
    'biotechnology biotech pharma pharmaceutical pharmaceuticals electronics microelectronics information software medical healthcare imaging solar energy storage systems industries materials communications optoelectronics equipment office ' +
    'ceo cfo mr ms dr rmb gaap ttm yoy first second third fourth total annual quarterly according thanks due following despite ' +
    'based compared including excluding about nearly over roughly strong weak sharp heavy big bigger biggest'
  ).split(' '),
);

/** The unknown name that a number or event may be about, as printed. */
function strangerNear(sentence: Sentence, piece: Piece): string | undefined {
  const before = around(sentence, piece).filter(({ at }) => at < piece.at);
  const known = before.findIndex(({ token }) => entityOf(token) !== undefined);
  // Nearest first: only what stands between the known name and the claim.
  const between = known < 0 ? before : before.slice(0, known);
  return between.find((word) => isName(sentence, word))?.token.text;
}

/** What Chinese company names end with. */
const CHINESE_ENDS = [
  '科技',
  '股份',
  '集团',
  '电子',
  '半导体',
  '控股',
  '智能',
  '光电',
  '药业',
  '生物',
  '材料',
  '通信',
  '微电',
  '软件',
  '证券',
  '银行',
  '汽车',
  '能源',
  '精密',
  '实业',
];

const PLACED = ['-based', '-headquartered', 'shanghai-listed', 'shanghai-traded', 'mainland-listed'];

function isName(sentence: Sentence, { token, at }: WordPiece): boolean {
  if (
    token.meanings.length === 0 &&
    CHINESE_ENDS.some((end) => token.text.length > end.length + 1 && token.text.endsWith(end))
  )
    return true;
  if (token.proper !== true || COMMON.has(token.text.toLowerCase())) return false;
  // A share listed in another city is another share.
  if (PLACED.some((end) => token.text.toLowerCase().endsWith(end))) return false;
  // Any word begins a sentence with a capital; it is a name when what follows is a verb or another name.
  return at > 0 || says(sentence.pieces[1]);
}

const says = (piece: Piece | undefined): boolean =>
  piece?.kind === 'word' &&
  (piece.token.proper === true ||
    meaningOf(piece.token, 'move') !== undefined ||
    meaningOf(piece.token, 'event') !== undefined ||
    meaningOf(piece.token, 'metric') !== undefined);

/** A thing or name of the segment that the tables know and nothing is held about, or a name they do not know. */
export function unheldNear(sentence: Sentence, piece: Piece): string | undefined {
  return knownUnheld(sentence, piece) ?? strangerNear(sentence, piece);
}

/** "The STAR 50 ETF", 科创50ETF: a fund on the index, with a price of its own. */
export function productNear({ names, pieces }: Sentence, entity: string | undefined): string | undefined {
  const name = names.find(
    ({ id, index, at }) => index && id === entity && PRODUCTS.has(textAt(pieces, at + 1)),
  );
  return name === undefined ? undefined : textAt(pieces, name.at + 1);
}

const PRODUCTS = new Set(['etf', 'etfs', 'fund', 'funds', 'futures', 'feeder', '基金', '期货', '联接']);

function textAt(pieces: readonly Piece[], at: number): string {
  const one = pieces[at];
  return one?.kind === 'word' ? one.token.text.toLowerCase() : '';
}

/** The first of the two alone: whoever prints a figure about an index is not who it is about. */
export const knownUnheld = (sentence: Sentence, piece: Piece): string | undefined =>
  around(sentence, piece).find(
    ({ token }) =>
      meaningOf(token, 'unheld') !== undefined &&
      !(OWNERS.has(token.text.toLowerCase()) && attributed(sentence, piece)),
  )?.token.text;

/** "Net income attributable to Cambricon shareholders". */
const OWNERS = new Set(['shareholders', 'holders', 'equity']);

const attributed = (sentence: Sentence, piece: Piece): boolean =>
  segmentOf(sentence, piece).some(
    (one) => one.kind === 'word' && one.token.text.toLowerCase().endsWith('attributable'),
  );
