/** Checks the terms of corporate actions at the edge, every fault at once. */
import { InputError, type Issue } from '../base/errors.js';
import { formatDay } from '../calendar/day.js';
import type { CorporateAction } from './actionKinds.js';

/** @throws InputError `invalid_actions` with every issue */
export function checkActions(actions: readonly CorporateAction[]): void {
  const issues: Issue[] = [];
  for (const action of actions) {
    const fault = faultOf(action);
    if (fault !== undefined) {
      issues.push({
        code: 'invalid_terms',
        path: `${action.id} ${formatDay(action.exDay)} ${action.kind}.${fault[0]}`,
        value: fault[1],
        expected: fault[2],
      });
    }
  }
  if (issues.length > 0) throw new InputError('invalid_actions', 'corporate actions cannot be used', issues);
}

type Fault = readonly [field: string, value: unknown, expected: string] | undefined;

function faultOf(action: CorporateAction): Fault {
  switch (action.kind) {
    case 'bonus':
      return above0('perShare', action.perShare);
    case 'split':
      return action.ratio > 1 ? undefined : ['ratio', action.ratio, 'a number above 1'];
    case 'consolidation':
      return action.ratio > 0 && action.ratio < 1
        ? undefined
        : ['ratio', action.ratio, 'a number between 0 and 1'];
    case 'rights':
      return above0('perShare', action.perShare) ?? atLeast0('subscription', action.subscription);
    case 'dividend':
    case 'special-dividend':
      return atLeast0('cashPerShare', action.cashPerShare);
    case 'spin-off':
      return above0('perShare', action.perShare) ?? keptFault(action.keepUntil, action.exDay);
    case 'merger':
      return atLeast0('perShare', action.perShare) ?? atLeast0('cashPerShare', action.cashPerShare);
    case 'share-change':
      return above0('shares', action.shares);
    case 'suspension':
    case 'delisting':
      return action.at === 'last' ? undefined : atLeast0('at', action.at);
    case 'currency':
      return action.rate === undefined ? undefined : above0('rate', action.rate);
  }
}

const above0 = (field: string, value: number): Fault =>
  value > 0 && Number.isFinite(value) ? undefined : [field, value, 'a number above 0'];

const atLeast0 = (field: string, value: number): Fault =>
  value >= 0 && Number.isFinite(value) ? undefined : [field, value, 'a number, 0 or above'];

const keptFault = (keepUntil: number | 'rebalance', exDay: number): Fault =>
  keepUntil === 'rebalance' || keepUntil > exDay
    ? undefined
    : ['keepUntil', keepUntil, 'a day after the ex-day'];
