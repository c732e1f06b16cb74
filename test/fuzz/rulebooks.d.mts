export function search(
  seed: number,
  from: number,
  to: number,
  step: number,
): readonly { readonly number: number; readonly wrong: string }[];
