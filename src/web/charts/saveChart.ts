/** A chart as a file: the picture as it stands, with its finding above and its source below. */
import { saveBlob } from '../components/exportTable.js';

interface Caption {
  /** The finding. */
  readonly title: string;
  /** Source and knowledge date. */
  readonly source: string;
}

/** What a style sheet gives an element of a drawing, to be written into the file. */
const STYLES = [
  'fill',
  'fill-opacity',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'paint-order',
  'dominant-baseline',
];
const SPACE = { side: 16, top: 40, bottom: 30 };
const XMLNS = 'http://www.w3.org/2000/svg';

export function saveSvg(drawing: SVGSVGElement, caption: Caption, name: string): void {
  const { text } = svgText(drawing, caption);
  saveBlob(new Blob([text], { type: 'image/svg+xml' }), `${name}.svg`);
}

/** Twice the size on the screen, so that it stays sharp on paper. */
export async function savePng(drawing: SVGSVGElement, caption: Caption, name: string): Promise<void> {
  const { text, width, height } = svgText(drawing, caption);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width * 2, height * 2];
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
  if (blob !== null) saveBlob(blob, `${name}.png`);
}

function svgText(drawing: SVGSVGElement, { title, source }: Caption) {
  const box = drawing.getBoundingClientRect();
  const [width, height] = [box.width + 2 * SPACE.side, box.height + SPACE.top + SPACE.bottom];
  const page = getComputedStyle(document.documentElement);
  const [ground, ink, muted] = ['--surface', '--ink', '--muted'].map((name) => page.getPropertyValue(name));
  const font = getComputedStyle(document.body).fontFamily;
  const copy = styledCopy(drawing);
  copy.setAttribute('x', String(SPACE.side));
  copy.setAttribute('y', String(SPACE.top));
  copy.setAttribute('width', String(box.width));
  copy.setAttribute('height', String(box.height));
  const outer = document.createElementNS(XMLNS, 'svg');
  outer.setAttribute('viewBox', `0 0 ${width} ${height}`);
  outer.setAttribute('width', String(width));
  outer.setAttribute('height', String(height));
  outer.append(
    element('rect', { width, height, fill: ground }),
    element('text', { x: SPACE.side, y: 25, fill: ink, 'font-family': font, 'font-size': 15 }, title),
    copy,
    element(
      'text',
      { x: SPACE.side, y: height - 11, fill: muted, 'font-family': font, 'font-size': 11 },
      source,
    ),
  );
  return { text: new XMLSerializer().serializeToString(outer), width, height };
}

function element(
  tag: string,
  attributes: Readonly<Record<string, string | number>>,
  text?: string,
): SVGElement {
  const made = document.createElementNS(XMLNS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, String(value));
  if (text !== undefined) made.textContent = text;
  return made;
}

function styledCopy(drawing: SVGSVGElement): SVGSVGElement {
  const copy = drawing.cloneNode(true) as SVGSVGElement;
  const copies = [copy, ...copy.querySelectorAll('*')];
  [drawing, ...drawing.querySelectorAll('*')].forEach((original, i) => {
    if (!(original instanceof SVGElement)) return;
    const style = getComputedStyle(original);
    const written = STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    copies[i].setAttribute('style', written);
  });
  for (const own of copy.querySelectorAll('style')) own.remove();
  return copy;
}
