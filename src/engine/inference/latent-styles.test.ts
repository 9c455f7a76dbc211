import { beforeAll, describe, expect, it } from 'vitest';
import { BANDS, type LatentVariant } from '../../shared/latent-variant';
import { architectureSchema } from '../network/architecture';
import { generatorLayout } from '../network/inference';
import { initialise } from '../network/parameters';
import { type PartOf, partGraph } from '../network/parts';
import { styledLayers } from '../network/styles';
import { Random } from '../numeric/random';
import { OnnxRuntime } from '../runtime/onnx/runtime';
import type { CompiledGraph, Values } from '../runtime/runtime';
import { latentStyles } from './latent-styles';

const PICTURE = { width: 16, height: 24 };
const ARCHITECTURE = architectureSchema.parse({ width: 2, style: { latent: 8, width: 8, noise: true } });

let mapping: CompiledGraph;
beforeAll(async () => {
  const layout = generatorLayout(ARCHITECTURE);
  const random = new Random(4);
  // With biases, so that the code of the centre is not 0.
  const weights = layout.split(initialise(layout, () => random.normal()).map((v) => (v === 0 ? random.normal() : v)));
  const { graph, layout: used } = partGraph(ARCHITECTURE, { part: 'mapping' });
  const fixed = Object.fromEntries(used.list.map(({ name }) => [name, weights[name]]));
  mapping = await new OnnxRuntime({ threads: 1 }).compile(graph, { fixed });
});

const compiled = ({ part }: PartOf): Promise<CompiledGraph> => {
  expect(part).toBe('mapping');
  return Promise.resolve(mapping);
};
const styles = (variant: LatentVariant | null): Promise<Values> =>
  latentStyles(compiled, ARCHITECTURE, variant, PICTURE);
const plain = { seed: 7, surprise: 1, mix: null };

describe('the styles of a variant', () => {
  it('are those of the plain fill without surprise, whatever the seed', async () => {
    const centre = await styles(null);
    expect(centre['noisePlane'].every((value) => value === 0)).toBe(true);
    for (const seed of [1, 2])
      expect(await styles({ seed, surprise: 0, mix: { seed: 9, from: 'shapes' } })).toEqual(centre);
  });

  it('are the same bits for the same recipe, and others for another seed', async () => {
    expect(await styles(plain)).toEqual(await styles({ ...plain }));
    expect((await styles({ ...plain, seed: 8 }))['styles']).not.toEqual((await styles(plain))['styles']);
  });

  it('go straight away from the centre', async () => {
    const [centre, half, whole] = await Promise.all(
      [0, 0.5, 1].map(async (surprise) => (await styles({ ...plain, surprise }))['styles']),
    );
    half.forEach((value, i) => expect(value).toBeCloseTo((centre[i] + whole[i]) / 2, 5));
  });

  it.each(BANDS)('have those of another seed from the band %s on, and none before', async (from) => {
    const [own, other, mixed] = await Promise.all([
      styles(plain),
      styles({ ...plain, seed: 12 }),
      styles({ ...plain, mix: { seed: 12, from } }),
    ]);
    styledLayers(ARCHITECTURE).forEach(({ band }, row) => {
      const rowOf = (values: Values) => values['styles'].slice(8 * row, 8 * row + 8);
      expect(rowOf(mixed)).toEqual(rowOf(BANDS.indexOf(band) < BANDS.indexOf(from) ? own : other));
    });
    expect(await styles({ ...plain, mix: { seed: plain.seed, from } })).toEqual(own);
  });

  it('are none without a latent', async () => {
    expect(await latentStyles(compiled, architectureSchema.parse({ width: 2 }), plain, PICTURE)).toEqual({});
  });
});
