/**
 * The fan of a forecast flow over its knowledge dates, as SVG text: bands, then the median, then printed figures as
 * points and the outcome as a line. Colours come from CSS with a dark variant, so that one file reads in both themes.
 */
interface FanDay {
  readonly date: string;
  /** 5, 25, 50, 75 and 95 %. */
  readonly quantiles: readonly number[];
}

export interface FanChart {
  /** The finding, not the variables. */
  readonly title: string;
  readonly unit: string;
  readonly days: readonly FanDay[];
  readonly points: readonly { readonly date: string; readonly value: number; readonly label: string }[];
  readonly outcome: number;
  readonly outcomeLabel: string;
  /** Dates to mark, with a word each. */
  readonly marks: readonly { readonly date: string; readonly label: string }[];
  readonly source: string;
}

const [WIDTH, HEIGHT] = [860, 440];
const PLOT = { left: 64, right: 720, top: 56, bottom: 372 };

const STYLE = `
  svg { background: #fff; font: 12px system-ui, sans-serif; }
  text { fill: #222; } .quiet { fill: #666; } .title { font-size: 16px; font-weight: 600; }
  .grid { stroke: #ddd; } .zero { stroke: #888; } .wide { fill: #9ec5e8; } .narrow { fill: #5a9bd4; }
  .median { stroke: #1b4f86; } .outcome { stroke: #b3261e; } .mark { stroke: #999; } .point { fill: #b35c00; stroke: #fff; }
  @media (prefers-color-scheme: dark) {
    svg { background: #16181d; } text { fill: #e6e6e6; } .quiet { fill: #a0a0a0; } .grid { stroke: #33363d; }
    .zero { stroke: #888; } .wide { fill: #27486b; } .narrow { fill: #3f76ab; } .median { stroke: #b9d8f5; }
    .outcome { stroke: #ff8a80; } .mark { stroke: #777; } .point { fill: #ffb74d; stroke: #16181d; }
  }`;

export function fanChart(chart: FanChart): string {
  const { days } = chart;
  const values = [
    ...days.flatMap((day) => [...day.quantiles]),
    ...chart.points.map(({ value }) => value),
    chart.outcome,
    0,
  ];
  const step = niceStep((Math.max(...values) - Math.min(...values)) / 6);
  const low = Math.floor(Math.min(...values) / step) * step;
  const high = Math.ceil(Math.max(...values) / step) * step;
  const at = new Map(days.map(({ date }, i) => [date, i]));
  const x = (i: number): number => PLOT.left + ((PLOT.right - PLOT.left) * i) / Math.max(1, days.length - 1);
  const y = (value: number): number =>
    PLOT.bottom - ((PLOT.bottom - PLOT.top) * (value - low)) / (high - low);
  const point = (i: number, value: number): string => `${x(i).toFixed(1)},${y(value).toFixed(1)}`;
  const band = (from: number, to: number): string =>
    [
      ...days.map(({ quantiles }, i) => point(i, quantiles[from])),
      ...days.map((_, i) => point(days.length - 1 - i, days[days.length - 1 - i].quantiles[to])),
    ].join(' ');
  const grid = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, k) => low + k * step);
  const lines = [
    ...grid.map(
      (value) =>
        `<line class="${Math.abs(value) < step / 2 ? 'zero' : 'grid'}" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(value).toFixed(1)}" y2="${y(value).toFixed(1)}"/>` +
        `<text x="${PLOT.left - 8}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${tidy(value)}</text>`,
    ),
    ...chart.marks.flatMap(({ date, label }) => {
      const i = at.get(date);
      if (i === undefined) return [];
      return [
        `<line class="mark" stroke-dasharray="3 3" x1="${x(i).toFixed(1)}" x2="${x(i).toFixed(1)}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>`,
        `<text class="quiet" x="${x(i).toFixed(1)}" y="${PLOT.bottom + 34}" text-anchor="middle">${safe(label)}</text>`,
      ];
    }),
    `<polygon class="wide" points="${band(0, 4)}"/>`,
    `<polygon class="narrow" points="${band(1, 3)}"/>`,
    `<polyline class="median" fill="none" stroke-width="2" points="${days.map(({ quantiles }, i) => point(i, quantiles[2])).join(' ')}"/>`,
    `<line class="outcome" stroke-width="2" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(chart.outcome).toFixed(1)}" y2="${y(chart.outcome).toFixed(1)}"/>`,
    `<text x="${PLOT.right + 8}" y="${(y(chart.outcome) + 4).toFixed(1)}">${safe(chart.outcomeLabel)}</text>`,
    ...chart.points.flatMap(({ date, value, label }) => {
      const i = at.get(date);
      if (i === undefined) return [];
      return [
        `<circle class="point" r="5" cx="${x(i).toFixed(1)}" cy="${y(value).toFixed(1)}"/>`,
        `<text x="${(x(i) - 9).toFixed(1)}" y="${(y(value) + 4).toFixed(1)}" text-anchor="end">${safe(label)}</text>`,
      ];
    }),
    ...ticks(days).map(
      (i) =>
        `<text x="${x(i).toFixed(1)}" y="${PLOT.bottom + 18}" text-anchor="middle">${days[i].date.slice(5)}</text>`,
    ),
  ];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${safe(chart.title)}">`,
    `<style>${STYLE}\n</style>`,
    `<text class="title" x="${PLOT.left}" y="26">${safe(chart.title)}</text>`,
    `<text class="quiet" x="${PLOT.left}" y="44">${safe(chart.unit)}</text>`,
    ...lines,
    `<text class="quiet" x="${PLOT.left}" y="${HEIGHT - 10}">${safe(chart.source)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

/** A handful of days, the last among them. */
function ticks(days: readonly FanDay[]): number[] {
  const every = Math.max(1, Math.ceil(days.length / 8));
  return days.map((_, i) => i).filter((i) => (days.length - 1 - i) % every === 0);
}

function niceStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough));
  return ([1, 2, 5, 10].find((unit) => unit * power >= rough) ?? 10) * power;
}

const tidy = (value: number): string => String(Number(value.toFixed(6)));

const safe = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
