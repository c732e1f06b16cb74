/** Which index and which of its members a number of a sentence is about. */
import type { ClaimData } from './claimData.js';
import type { Frame } from '../frames/frame.js';

export const indexOf = (data: ClaimData, frame: Frame): string => {
  const isIndex = (id: string | undefined): boolean =>
    data.entities.some((one) => one.id === id && one.kind === 'index');
  return frame.index ?? (isIndex(frame.entity) ? frame.entity : undefined) ?? data.usual.index;
};

export const companyIn = (data: ClaimData, { company }: Frame): string | undefined =>
  data.entities.some((one) => one.id === company && one.kind === 'company') ? company : undefined;
