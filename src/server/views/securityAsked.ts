/** The security that a request names, among those that the data of an index hold. */
import { securityId, type IndexData, type SecurityId } from '../../core/index.js';
import { codeWithSuffix } from '../../cli/format.js';
import { nearest } from '../../data/nearest.js';
import { inputError } from '../http/failures.js';

/** @throws InputError `unknown_security` with the nearest code; a suffix of another exchange is one */
export function securityAsked({ market }: IndexData, asked: string): SecurityId {
  const id = securityId(asked.slice(0, 6));
  const found = market.securities.find((security) => security.id === id);
  const code = found && codeWithSuffix(found.id, found.market);
  if (found !== undefined && (asked.length === 6 || asked === code)) return found.id;
  const near =
    code ??
    nearest(
      asked,
      market.securities.map((security) => security.id),
    );
  throw inputError('unknown_security', 'no closes of this security are held', {
    path: 'security',
    value: asked,
    expected: `a code of the data set${near === undefined ? '' : `, nearest: ${near}`}`,
  });
}
