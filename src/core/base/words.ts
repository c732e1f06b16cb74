/** Every text a person reads exists in English and in Chinese; the two stand side by side in the code. */
export type Language = 'en' | 'zh';

export interface Words {
  readonly en: string;
  readonly zh: string;
}
