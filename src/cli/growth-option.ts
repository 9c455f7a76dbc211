/** --grow, and what is said of it. */
import type { GrownHole, Growth } from '../engine/inpaint/grown-hole';
import { MOST_GROWTH } from '../shared/grow';
import type { MaskFault } from '../shared/protocol/values';
import { UsageError } from './failure';

/** @throws UsageError for what is neither auto nor a number of pixels */
export function growthOf(text: string): Growth {
  if (text === 'auto') return text;
  const pixels = Number(text);
  if (text.trim() !== '' && Number.isInteger(pixels) && pixels >= 0 && pixels <= MOST_GROWTH) return pixels;
  throw new UsageError(`--grow is auto or a whole number of pixels from 0 to ${MOST_GROWTH}, not "${text}".`);
}

const LEFT_OVER: Readonly<Record<MaskFault, string>> = {
  rim: 'the mask leaves a rim of what it covers',
  shadow: 'the mask leaves a shadow beside what it covers',
};

/** What a person is to know of the mask, or of what was done to it. */
export function growthNotes({ fault, lacks }: GrownHole, growth: Growth | undefined): readonly string[] {
  if (fault === null)
    return growth === 'auto' ? ['the mask leaves nothing over that could be seen, so it was not grown'] : [];
  if (growth === undefined) return [`${LEFT_OVER[fault]}; --grow auto would grow it by ${lacks} pixels`];
  return [`${LEFT_OVER[fault]}, so it was grown by ${lacks} pixels`];
}
