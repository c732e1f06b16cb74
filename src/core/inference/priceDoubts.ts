/** What to doubt about the prices behind an X-ray: closes carried through suspensions, and closes not seen raw. */
import type { Day, SecurityId } from '../base/brand.js';
import type { Finding } from '../base/finding.js';
import { lastRow, PRICE_QUALITIES, type PricePanel } from '../market/prices.js';
import { rowOf } from './equations.js';

export function priceDoubts(panel: PricePanel, ids: readonly SecurityId[], days: readonly Day[]): Finding[] {
  const findings = ids.flatMap((id) => doubtsOf(panel, id, days));
  const rebuilt = ids.filter((id) => countOf(panel, id, days, 'reconstructed') > 0);
  if (rebuilt.length === 0) return findings;
  const closes = rebuilt.reduce((total, id) => total + countOf(panel, id, days, 'reconstructed'), 0);
  findings.push({
    code: 'price_reconstructed',
    subject: 'prices',
    message: `${closes} of ${ids.length * days.length} closes were rebuilt from adjusted prices, to about a cent; part of the residual is theirs`,
  });
  return findings;
}

function doubtsOf(panel: PricePanel, id: SecurityId, days: readonly Day[]): Finding[] {
  const carried = rowsOf(panel, id, days).filter((row, i) => panel.day[row] !== days[i]).length;
  const adjusted = countOf(panel, id, days, 'adjusted');
  const findings: Finding[] = [];
  if (carried > 0) {
    const message = `did not trade on ${carried} of ${days.length} sessions; its last close stands in`;
    findings.push({ code: 'stale_price', subject: id, message });
  }
  if (adjusted > 0) {
    const message = `${adjusted} of ${days.length} closes are known only adjusted for later dividends; its units are distorted by them`;
    findings.push({ code: 'adjusted_price', subject: id, message });
  }
  return findings;
}

const countOf = (
  panel: PricePanel,
  id: SecurityId,
  days: readonly Day[],
  quality: (typeof PRICE_QUALITIES)[number],
): number =>
  rowsOf(panel, id, days).filter((row) => panel.quality[row] === PRICE_QUALITIES.indexOf(quality)).length;

function rowsOf(panel: PricePanel, id: SecurityId, days: readonly Day[]): number[] {
  const security = rowOf(panel.ids, id);
  return days.map((day) => lastRow(panel, security, day)).filter((row) => row >= 0);
}
