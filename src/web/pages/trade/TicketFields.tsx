/** The fields of an order ticket: what, how much, at which price, when, and how the position is to be left. */
import type { ReactNode } from 'react';
import type { WordKey } from '../../words/en.js';
import { useWords } from '../../words/useWords.js';
import type { MarketKind } from '../../../core/index.js';
import {
  WHEN_KINDS,
  WITHIN_KINDS,
  type Draft,
  type Field,
  type How,
  type ReadDraft,
  type WhenKind,
} from './draft.js';

interface TicketFieldsProps {
  readonly draft: Draft;
  readonly problems: ReadDraft['problems'];
  /** What the venue says of the shares; shown under their field. */
  readonly sizeRule: string | undefined;
  readonly priceRule: string | undefined;
  /** What the board has within the session; `undefined` for an account that trades at closes. */
  readonly within: Within | undefined;
  readonly change: (change: Partial<Draft>) => void;
}

interface Within {
  readonly kinds: readonly MarketKind[];
  readonly afterHours: boolean;
}

const KINDS: Readonly<Record<WhenKind, WordKey>> = {
  now: 'kindNow',
  price: 'kindPrice',
  move: 'kindMove',
  trail: 'kindTrail',
  other: 'kindOther',
  index: 'kindIndex',
  time: 'kindTime',
  chance: 'kindChance',
  clock: 'kindClock',
  bid: 'kindBid',
  ask: 'kindAsk',
};

/** Said of a close where orders trade at closes, of the price where they trade within the session. */
const KINDS_WITHIN: Partial<Readonly<Record<WhenKind, WordKey>>> = {
  price: 'kindPriceWithin',
  trail: 'kindTrailWithin',
};

export function TicketFields({ draft, problems, sizeRule, priceRule, within, change }: TicketFieldsProps) {
  const { w } = useWords();
  const isSplit = Number(draft.parts) > 1;
  const isPair =
    draft.side === 'sell' && [draft.takeProfit, draft.stop, draft.trail].some((text) => text !== '');
  const text = (field: Field, label: WordKey, hint?: string, extra?: ReactNode) => (
    <TextField
      name={field}
      label={w(label)}
      value={String(draft[field])}
      hint={hint}
      problem={problems[field] === undefined ? undefined : w(problems[field])}
      onChange={(value) => change({ [field]: value })}
    >
      {extra}
    </TextField>
  );
  return (
    <>
      <div className="pills side" role="radiogroup" aria-label={w('sideLabel')}>
        {(['buy', 'sell'] as const).map((side) => (
          <label key={side} className={draft.side === side ? `chosen ${side}` : side}>
            <input type="radio" name="side" checked={draft.side === side} onChange={() => change({ side })} />
            {w(side === 'buy' ? 'buyIt' : 'sellIt')}
          </label>
        ))}
      </div>
      <div className="fields">
        {text('quantity', 'quantityLabel', sizeRule)}
        {!isPair &&
          text('limit', 'limitLabel', priceRule ?? w(within === undefined ? 'limitHint' : 'limitHintWithin'))}
        <label className="field">
          <span>{w('validityLabel')}</span>
          <select
            className="input"
            value={draft.validity}
            disabled={isPair || isSplit}
            onChange={({ target }) => change({ validity: target.value as Draft['validity'] })}
          >
            <option value="day">{w('dayOrder')}</option>
            <option value="open">{w('openOrder')}</option>
          </select>
        </label>
        <label className="field">
          <span>{w('perSession')}</span>
          <select
            className="input"
            value={draft.parts}
            onChange={({ target }) => change({ parts: target.value })}
          >
            {[1, 2, 3, 5, 10, 20].map((n) => (
              <option key={n} value={n}>
                {w(n === 1 ? 'oneSession' : 'sessionsParts', { n })}
              </option>
            ))}
          </select>
        </label>
      </div>
      {within !== undefined && !isPair && (
        <Session draft={draft} within={within} change={change} text={text} />
      )}
      {!isPair && !isSplit && <When draft={draft} within={within} change={change} text={text} />}
      {!isSplit && (
        <fieldset className="fields exits">
          <legend>{w('waysOut')}</legend>
          {text('takeProfit', 'exitGain')}
          {text('stop', within === undefined ? 'exitStop' : 'exitStopWithin')}
          {draft.stop === '' && text('trail', within === undefined ? 'exitTrail' : 'exitTrailWithin')}
        </fieldset>
      )}
    </>
  );
}

interface SessionProps {
  readonly draft: Draft;
  readonly within: Within;
  readonly change: (change: Partial<Draft>) => void;
  readonly text: (field: Field, label: WordKey, hint?: string) => ReactNode;
}

/** How an order goes to the exchange. */
function Session({ draft, within, change, text }: SessionProps) {
  const { w } = useWords();
  const parts: readonly How[] = [
    'any',
    'open',
    'close',
    ...(within.afterHours ? (['after-hours'] as const) : []),
  ];
  return (
    <fieldset className="fields within">
      <legend>{w('withinSession')}</legend>
      <label className="field">
        <span>{w('how')}</span>
        <select
          className="input"
          value={draft.how}
          onChange={({ target }) => change({ how: target.value as How })}
        >
          {[...parts, ...within.kinds].map((how) => (
            <option key={how} value={how}>
              {w(`how_${how}`)}
            </option>
          ))}
        </select>
      </label>
      {draft.how === 'any' && draft.limit !== '' && text('peak', 'peakLabel', w('peakHint'))}
    </fieldset>
  );
}

interface WhenProps {
  readonly draft: Draft;
  readonly within: Within | undefined;
  readonly change: (change: Partial<Draft>) => void;
  readonly text: (field: Field, label: WordKey, hint?: string) => ReactNode;
}

/** The condition, read as a sentence from left to right. */
function When({ draft, within, change, text }: WhenProps) {
  const { w } = useWords();
  const { when } = draft;
  const isMove = when === 'move' || when === 'trail';
  const units: Partial<Readonly<Record<WhenKind, WordKey>>> = {
    index: 'unitPoints',
    move: 'unitPercent',
    trail: 'unitPercent',
    chance: 'unitPercent',
    bid: 'unitShares',
    ask: 'unitShares',
  };
  const kinds: readonly WhenKind[] = within === undefined ? WHEN_KINDS : [...WHEN_KINDS, ...WITHIN_KINDS];
  return (
    <fieldset className="fields when">
      <legend>{w('condition')}</legend>
      <label className="field">
        <span className="unseen">{w('condition')}</span>
        <select
          className="input"
          value={when}
          onChange={({ target }) => change({ when: target.value as WhenKind })}
        >
          {kinds.map((kind) => (
            <option key={kind} value={kind}>
              {w((within && KINDS_WITHIN[kind]) ?? KINDS[kind])}
            </option>
          ))}
        </select>
      </label>
      {when === 'other' && text('other', 'code')}
      {when === 'chance' && (
        <label className="field">
          <span>{w('kindOfChance')}</span>
          <select
            className="input"
            value={draft.of}
            onChange={({ target }) => change({ of: target.value as Draft['of'] })}
          >
            <option value="capped">{w('chanceCappedShort')}</option>
            <option value="in">{w('chanceInShort')}</option>
            <option value="out">{w('chanceOutShort')}</option>
          </select>
        </label>
      )}
      {when !== 'now' && when !== 'time' && when !== 'clock' && (
        <>
          <label className="field">
            <span>{w('direction')}</span>
            <select
              className="input"
              value={draft.direction}
              onChange={({ target }) => change({ direction: target.value as Draft['direction'] })}
            >
              <option value="at-least">{w(isMove ? 'whenRises' : 'whenAtLeast')}</option>
              <option value="at-most">{w(isMove ? 'whenFalls' : 'whenAtMost')}</option>
            </select>
          </label>
          {text('amount', units[when] ?? 'unitCny')}
        </>
      )}
      {when === 'time' && text('date', 'date')}
      {when === 'clock' && text('time', 'timeOfWhen', w('clockHint'))}
    </fieldset>
  );
}

interface TextFieldProps {
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly hint?: string | undefined;
  readonly problem?: string | undefined;
  readonly onChange: (value: string) => void;
  readonly children?: ReactNode;
}

const INPUT_MODES: Readonly<Record<string, 'numeric' | 'text'>> = { date: 'numeric', time: 'text' };

/** What is wrong with it is said under it, once something has been typed. */
export function TextField({ name, label, value, hint, problem, onChange, children }: TextFieldProps) {
  const isWrong = problem !== undefined && value !== '';
  const note = isWrong ? problem : hint;
  const id = `ticket-${name}`;
  return (
    <label className="field" htmlFor={id}>
      <span>{label}</span>
      <input
        id={id}
        className="input"
        name={name}
        autoComplete="off"
        inputMode={INPUT_MODES[name] ?? 'decimal'}
        value={value}
        aria-invalid={isWrong}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        onChange={({ target }) => onChange(target.value)}
      />
      {note !== undefined && (
        <small id={`${id}-note`} className={isWrong ? 'problem' : 'muted'}>
          {note}
        </small>
      )}
      {children}
    </label>
  );
}
