/** What each impact model says, in a line of arithmetic and a sentence. */
import type { ImpactModelName, Language } from '../../core/index.js';

interface ModelWords {
  readonly formula: string;
  readonly says: Readonly<Record<Language, string>>;
}

const lawBand = {
  en: 'Two thirds of the peak stay. Band: Y from 0.5 to 1.',
  zh: '峰值的三分之二留存。区间：Y 取 0.5 至 1。',
};

const law = (exponent: string, more: Readonly<Record<Language, string>>): ModelWords => ({
  formula: `Y σ (Q/V)^${exponent}`,
  says: { en: `${more.en} ${lawBand.en}`, zh: `${more.zh}${lawBand.zh}` },
});

export const MODEL_WORDS: Readonly<Record<ImpactModelName, ModelWords>> = {
  'square-root': law('0.5', {
    en: 'Seen in orders of single accounts the world over, below a tenth of a day’s volume.',
    zh: '全球单一账户订单的经验规律，订单小于日成交量的十分之一。',
  }),
  'square-root-0.6': law('0.6', { en: 'The same law with the exponent 0.6.', zh: '同一规律，指数取 0.6。' }),
  'square-root-0.7': law('0.7', {
    en: 'The exponent 0.7, about that of Chinese shares.',
    zh: '指数取 0.7，接近中国股票。',
  }),
  'almgren-2005': {
    formula: 'γ σ (X/V)(Θ/V)^¼ / 2 + η σ (X/VT)^0.6',
    says: {
      en: 'Fitted to US shares of 2001 to 2003, below 20 % of a day’s volume. Band: 1.96 standard errors.',
      zh: '以 2001 至 2003 年美国股票拟合，订单小于日成交量的 20 %。区间：1.96 个标准误。',
    },
  },
  'almgren-chriss': {
    formula: 's/2 + γX/2 + ηX/T',
    says: {
      en: 'Linear in size, coefficients by a rule of thumb in spreads. Band: coefficients halved and doubled.',
      zh: '与规模成线性，系数按价差的经验法则。区间：系数减半与加倍。',
    },
  },
  'obizhaeva-wang': {
    formula: 'λX/2 + κX/(ρT + 2)',
    says: {
      en: 'A book that refills at the rate ρ. Its scale is set by the square-root law. Band: ρ from 1 to 5 a day.',
      zh: '以速率 ρ 恢复的订单簿，尺度由平方根律设定。区间：ρ 每日 1 至 5。',
    },
  },
  propagator: {
    formula: 'Σ G(t − s) q(s),  G ∝ 1/√t',
    says: {
      en: 'Every trade fades with the root of time. Its scale is set by the square-root law.',
      zh: '每笔成交的影响随时间平方根衰减，尺度由平方根律设定。',
    },
  },
  kyle: {
    formula: 'λX/2',
    says: {
      en: 'The slope of returns on flow over the last 60 sessions. All of it stays. Band: 1.96 standard errors of the slope.',
      zh: '近 60 个交易日收益率对资金流的斜率，影响全部留存。区间：斜率的 1.96 个标准误。',
    },
  },
  elasticity: {
    formula: 'M q / 2,  M = Y σ/√(qτ)',
    says: {
      en: 'Price over demand as a share of the company. All of it stays. Band: multipliers from 0.3 to 3.',
      zh: '价格对占总股本需求的弹性，影响全部留存。区间：乘数 0.3 至 3。',
    },
  },
  greenwood: {
    formula: 'γ Σ d',
    says: {
      en: 'Whoever takes the other side holds the trades of the whole review at once, so names that move together are pushed together. 30 % of it comes back. It is in the table only where order and days are as they are.',
      zh: '对手方同时承接整次调整的全部交易，联动的股票一同受推动；其中 30 % 回吐。仅在订单与天数为原样时列于表中。',
    },
  },
};
