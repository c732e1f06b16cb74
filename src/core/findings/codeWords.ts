/** What a finding's code says in Chinese. Its English is made where the finding is. */
export interface CodeWords {
  /** What the code says; alone where the English sentence is always the same. */
  readonly zh: string;
  /** Sentences with something in them, and how they read; `$1` stands for what the first bracket found. */
  readonly forms?: readonly (readonly [RegExp, string])[];
  /** Where no form fits, the English sentence follows in brackets. */
  readonly quotes?: true;
}
