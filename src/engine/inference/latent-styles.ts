/** From a seed to what the styled parts of a generator take. */
import { BANDS, type LatentVariant } from '../../shared/latent-variant';
import type { Size } from '../../shared/geometry';
import type { Architecture } from '../network/architecture';
import { styledLayers } from '../network/styles';
import { Random } from '../numeric/random';
import type { Values } from '../runtime/runtime';
import type { Compiled } from './windowed-stage';

/** Streams of a variant's seed. */
const LATENT_STREAM = 1;
const NOISE_STREAM = 2;

/**
 * `styles` and, where the architecture has noise, `noisePlane`: w' = w0 + surprise (w - w0), with w0 the code of the centre.
 * @param variant null: the plain fill
 */
export async function latentStyles(
  compiled: Compiled,
  architecture: Architecture,
  variant: LatentVariant | null,
  picture: Size,
): Promise<Values> {
  const { style } = architecture;
  if (style === null) return {};
  const mapping = await compiled({ part: 'mapping' });
  const codeOf = async (seed: number | null): Promise<Float32Array> => {
    const random = seed === null ? null : new Random(seed, LATENT_STREAM);
    const z = Float32Array.from({ length: style.latent }, () => random?.normal() ?? 0);
    return (await mapping.run({ z }))['w'];
  };
  const { seed = 0, surprise = 0, mix = null } = variant ?? {};
  const centre = await codeOf(null);
  const own = surprise === 0 ? centre : await codeOf(seed);
  const other = surprise === 0 || mix === null ? own : await codeOf(mix.seed);
  const from = mix === null ? BANDS.length : BANDS.indexOf(mix.from);
  const layers = styledLayers(architecture);
  const styles = new Float32Array(layers.length * style.width);
  layers.forEach(({ band }, row) => {
    const code = BANDS.indexOf(band) < from ? own : other;
    styles.set(
      centre.map((value, i) => value + surprise * (code[i] - value)),
      row * style.width,
    );
  });
  if (!style.noise) return { styles };
  const random = new Random(seed, NOISE_STREAM);
  const noisePlane = new Float32Array(picture.width * picture.height);
  if (surprise > 0) for (let i = 0; i < noisePlane.length; i++) noisePlane[i] = surprise * random.normal();
  return { styles, noisePlane };
}
