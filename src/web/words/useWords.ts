/** The words of the chosen language, and everything else that depends on it. */
import { useMemo } from 'react';
import type { Language } from '../../core/index.js';
import type { Named } from '../api/types.js';
import { usePreferences } from '../state/preferences.js';
import { useRoute } from '../state/route.js';
import { EN, type WordKey } from './en.js';
import { ZH } from './zh.js';

export interface Words {
  readonly language: Language;
  /** A word or sentence; `{name}` in it is replaced. */
  readonly w: (key: WordKey, values?: Readonly<Record<string, string | number>>) => string;
  /** Everyday name in this language. */
  readonly name: (security: Named) => string;
  /** The name in the other language, for a tooltip. */
  readonly otherName: (security: Named) => string;
  /** One of two wordings that the data bring along. */
  readonly of: (both: Readonly<Record<Language, string>>) => string;
}

/** The language of the address where it names one, else the preferred one. */
export function useLanguage(): Language {
  const { language } = usePreferences();
  const asked = useRoute().query.get('lang');
  return asked === 'en' || asked === 'zh' ? asked : language;
}

export function useWords(): Words {
  const language = useLanguage();
  return useMemo(() => wordsOf(language), [language]);
}

function wordsOf(language: Language): Words {
  const dictionary = language === 'zh' ? ZH : EN;
  const english = ({ name, nameEn, nameShort }: Named): string => nameShort || nameEn || name;
  return {
    language,
    w: (key, values = {}) =>
      dictionary[key].replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole)),
    name: (security) => (language === 'zh' ? security.name : english(security)),
    otherName: (security) => (language === 'zh' ? security.nameEn || english(security) : security.name),
    of: (both) => both[language],
  };
}
