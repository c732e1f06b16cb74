/** `net --security ID --effective D`: what all indices and their trackers force in one security, netted. */
import { InputError, plainName, securityId, type EnhancedFunds, type Security } from '../../core/index.js';
import { publishedLegs } from '../../data/legs.js';
import { amountArgument, argumentError, numberArgument, type Context } from '../context.js';
import { emit } from '../output.js';
import { netResult } from '../results/netResult.js';
import { openSession, runSession, type ReviewOptions } from '../session.js';

export interface NetOptions extends ReviewOptions {
  readonly security: string;
  readonly enhanced?: string;
  readonly fraction?: string;
}

/** The index whose basket is in the bundle; legs of others are printed ones. */
const COMPUTED = 'star-50';

export async function netCommand(options: NetOptions, context: Context): Promise<void> {
  const enhanced = enhancedOf(options);
  const session = await openSession(COMPUTED, options, context);
  const { data } = session;
  const id = securityId(options.security.replace(/\.(SH|SZ)$/i, ''));
  if (!data.market.securities.some((security) => security.id === id)) {
    const meant = securityNamed(data.market.securities, options.security);
    throw new InputError('unknown_security', `${options.security} is not in the data set`, [
      {
        code: 'unknown_security',
        path: '--security',
        value: options.security,
        expected: meant === undefined ? 'a code such as 688256' : `a code; ${options.security} is ${meant}`,
      },
    ]);
  }
  const printed = await publishedLegs(context.bundleFolder, id);
  await emit(
    netResult(data, runSession(session), { security: id, printed, enhanced }, context.language),
    context,
  );
}

/** The code of the one security of that name, either language, in whole or short. */
function securityNamed(securities: readonly Security[], name: string): string | undefined {
  const asked = name.trim().toLowerCase();
  const found = securities.filter((one) =>
    [one.nameEn, one.nameShort, one.nameZh, plainName(one)].some((called) => called.toLowerCase() === asked),
  );
  return found.length === 1 ? found[0].id : undefined;
}

/** @throws InputError `invalid_argument` when one is given without the other */
function enhancedOf({ enhanced, fraction }: NetOptions): EnhancedFunds | undefined {
  if (enhanced === undefined && fraction === undefined) return undefined;
  if (enhanced === undefined) throw argumentError('--enhanced', '', 'their assets, such as 12bn');
  if (fraction === undefined)
    throw argumentError('--fraction', '', 'a share of the passive trade, such as 0.8');
  return {
    assets: amountArgument('--enhanced', enhanced),
    fraction: numberArgument('--fraction', fraction, 0, 1),
  };
}
