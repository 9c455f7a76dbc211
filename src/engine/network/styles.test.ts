import { describe, expect, it } from 'vitest';
import { Graph } from '../graph/graph';
import { gradient } from '../graph/gradient';
import { meanOf, multiply, reshape, sqrt, square, sum, total } from '../graph/ops';
import { Random } from '../numeric/random';
import { interpret } from '../testing/interpreter';
import { type Architecture, architectureSchema, MODULATIONS } from './architecture';
import { generatorLayout, stageGraph } from './inference';
import { convolution } from './layers';
import { initialise, InputParameters } from './parameters';
import { isStyled, mapping, styledLayers, Styles } from './styles';

const SIDE = 16;

function styled(changes: Record<string, unknown> = {}): Architecture {
  return architectureSchema.parse({ width: 2, prior: 'pull-push', style: { latent: 8, width: 8, ...changes } });
}

/** One styled convolution of a picture, its mapping before it: z (1,8), x (1,3,6,6), noisePlane -> a scalar. */
function layer(modulation: (typeof MODULATIONS)[number], pathLength: boolean) {
  const { style } = styled({ modulation, noise: true });
  if (style === null) throw new Error('styled');
  const graph = new Graph();
  const parameters = new InputParameters(graph);
  const w = mapping(style, parameters, graph.input('z', [1, 8]));
  const rows = Styles.rowsOf(style, w);
  const styles = new Styles(style, parameters, rows, graph.input('noisePlane', [1, 1, 6, 6]));
  const x = graph.input('x', [1, 3, 6, 6]);
  const y = convolution(parameters, x, 'merged.conv12', 2, { style: styles.of('merged.conv12', x) });
  if (!pathLength) return { graph, value: meanOf(square(y)), layout: parameters.layout };
  const [slope] = gradient(total(multiply(y, graph.input('y', [1, 2, 6, 6]))), [rows]);
  return { graph, value: meanOf(sqrt(sum(square(slope), [1, 2]))), layout: parameters.layout };
}

describe('latent styles', () => {
  it.each(MODULATIONS.flatMap((modulation) => [false, true].map((path) => [modulation, path] as const)))(
    'have the gradients of finite differences (%s, path length %s)',
    (modulation, path) => {
      const { graph, value, layout } = layer(modulation, path);
      const random = new Random(7);
      const feeds: Record<string, Float64Array> = {};
      for (const [name, id] of graph.inputs)
        feeds[name] = Float64Array.from({ length: graph.tensor(id).elementCount }, () => random.normal() / 2);
      const names = layout.list.map(({ name }) => name);
      const inputs = names.map((name) => graph.tensor(graph.inputs.get(name) ?? -1));
      graph.output('value', value);
      gradient(value, inputs).forEach((slope, i) => graph.output(`d ${names[i]}`, slope));
      const found = interpret(graph, feeds);
      for (const name of names) {
        const at = Math.floor(random.uniform() * feeds[name].length);
        const moved = (by: number): number => {
          const values = feeds[name].slice();
          values[at] += by;
          return interpret(graph, { ...feeds, [name]: values })['value'][0];
        };
        const slope = (moved(1e-5) - moved(-1e-5)) / 2e-5;
        expect(Math.abs(found[`d ${name}`][at] - slope), name).toBeLessThan(1e-6 + 1e-4 * Math.abs(slope));
      }
    },
  );

  it('leave an architecture without them as it was, and know which parameters are theirs', () => {
    const plain = architectureSchema.parse({ width: 2, prior: 'pull-push' });
    const names = generatorLayout(plain).list.map(({ name }) => name);
    const own = generatorLayout(styled()).list.filter(({ name }) => !names.includes(name));
    expect(own.every(({ name }) => isStyled(styled(), name))).toBe(true);
    expect(isStyled(styled(), 'merged.conv9.weight')).toBe(false);
    expect(isStyled(styled({ stages: 'refine' }), 'coarse.conv13.weight')).toBe(false);
    expect(styledLayers(plain)).toEqual([]);
  });

  it('of the form that scales give every latent the fill of the base to the bit, before they are trained', () => {
    const plain = architectureSchema.parse({ width: 2, prior: 'pull-push' });
    const random = new Random(3);
    const layout = generatorLayout(styled({ noise: true }));
    const weights = layout.split(initialise(layout, () => random.normal()));
    const feeds: Record<string, Float32Array> = {
      ...weights,
      image: Float32Array.from({ length: 3 * SIDE * SIDE }, () => random.between(-1, 1)),
      hole: Float32Array.from({ length: SIDE * SIDE }, (_, i) => (i % SIDE > 5 && i % SIDE < 11 ? 1 : 0)),
      styles: Float32Array.from({ length: 12 * 8 }, () => random.normal()),
      noisePlane: Float32Array.from({ length: SIDE * SIDE }, () => random.normal()),
    };
    feeds['source'] = feeds['hole'].map((value) => 1 - value);
    feeds['coarse'] = feeds['image'].map((value) => value / 2);
    for (const stage of ['coarse', 'refine'] as const) {
      const fill = (architecture: Architecture) => {
        const { graph } = stageGraph(architecture, stage, SIDE, SIDE);
        return interpret(graph, Object.fromEntries(Object.entries(feeds).filter(([name]) => graph.inputs.has(name))));
      };
      expect(fill(styled({ noise: true }))).toEqual(fill(plain));
    }
  });

  it('demodulated bring a layer back to the variance that an ELU layer starts with', () => {
    const { style } = styled({ modulation: 'demodulated' });
    if (style === null) throw new Error('styled');
    const graph = new Graph();
    const parameters = new InputParameters(graph);
    const styles = new Styles(style, parameters, graph.input('rows', [1, 12, 8]));
    const x = graph.input('x', [1, 32, 24, 24]);
    const y = convolution(parameters, x, 'merged.conv12', 32, {
      style: styles.of('merged.conv12', x),
      activation: 'none',
    });
    graph.output('variance', reshape(meanOf(square(y)), [1]));
    const random = new Random(5);
    const feeds: Record<string, Float32Array> = {};
    for (const [name, id] of graph.inputs)
      feeds[name] = Float32Array.from({ length: graph.tensor(id).elementCount }, () => random.normal());
    feeds['merged.conv12.bias'].fill(0);
    expect(Math.abs(interpret(graph, feeds)['variance'][0] - 1.55)).toBeLessThan(0.25);
  });
});
