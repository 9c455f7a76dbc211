/** --surprise, --seed and --mix of `inpaint`. */
import { BANDS, type LatentVariant, latentVariantSchema, MOST_SURPRISE } from '../shared/latent-variant';
import { UsageError } from './failure';

const USUAL_SURPRISE = 1;

/** @returns undefined where none of them is given @throws UsageError */
export function latentVariantOf(
  surprise: number | undefined,
  seed: number | undefined,
  mix: string | undefined,
): LatentVariant | undefined {
  if (surprise === undefined && seed === undefined && mix === undefined) return undefined;
  const [, other, band] = /^(\d+)@(\w+)$/.exec(mix ?? '') ?? [];
  const from = BANDS.find((each) => each === band);
  if (mix !== undefined && from === undefined)
    throw new UsageError(`--mix is SEED@BAND with a band of ${BANDS.join(', ')}, such as 12@shapes, not "${mix}".`);
  const parsed = latentVariantSchema.safeParse({
    seed: seed ?? 0,
    surprise: surprise ?? USUAL_SURPRISE,
    mix: from === undefined ? null : { seed: Number(other), from },
  });
  if (!parsed.success)
    throw new UsageError(
      `--surprise is a number from 0 to ${MOST_SURPRISE}, --seed and that of --mix a whole number below 2^32.`,
    );
  return parsed.data;
}
