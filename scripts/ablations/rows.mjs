/**
 * The rows of the ablation table (docs/quality.md): each is the common configuration with some values of its own. All are
 * trained from nothing, with the same seed, on the same crops and holes.
 */

/** @typedef {{ readonly [key: string]: unknown }} Config part of a training configuration (src/engine/train/config.ts) */
/** @typedef {{ readonly id: string, readonly about: string, readonly config: Config }} Row */

/** @param {number} steps @returns {Config} */
export function commonConfig(steps) {
  return {
    architecture: { width: 16, prior: 'harmonic', residual: 'hole' },
    seed: 1,
    steps,
    batch: 8,
    side: 64,
    discount: 0.98,
    weights: { adversarial: 0, structure: 1 },
    optimiser: { rate: 1e-3, beta1: 0.9, beta2: 0.99, warmup: 100, schedule: 'cosine' },
    averageDecay: 0.99,
  };
}

/** The faithful form: neither prior nor structure loss, and the paper's Adam. */
const FAITHFUL = {
  architecture: { prior: 'none' },
  weights: { structure: 0 },
  optimiser: { rate: 5e-4, beta1: 0.5, beta2: 0.9 },
};

/** @type {readonly Row[]} */
export const ROWS = [
  { id: 'common', about: 'what the others depart from', config: {} },
  { id: 'pull-push', about: 'prior pull-push', config: { architecture: { prior: 'pull-push' } } },
  { id: 'no-prior', about: 'no prior', config: { architecture: { prior: 'none' } } },
  { id: 'everywhere', about: 'residual everywhere', config: { architecture: { residual: 'everywhere' } } },
  { id: 'no-structure', about: 'no structure loss', config: { weights: { structure: 0 } } },
  {
    id: 'paper-adam',
    about: 'Adam with beta 0.5 and 0.9 at rate 5e-4',
    config: { optimiser: { rate: 5e-4, beta1: 0.5, beta2: 0.9 } },
  },
  { id: 'no-average', about: 'no moving average', config: { averageDecay: 0 } },
  { id: 'full-size', about: 'crops at scale 1 only', config: { maxShrink: 1 } },
  { id: 'colour', about: 'colours changed by up to 0.3', config: { colour: 0.3 } },
  { id: 'uniform', about: 'uniform L1 (discount 1)', config: { discount: 1 } },
  { id: 'discount-0.9', about: 'discount 0.9', config: { discount: 0.9 } },
  { id: 'width-8', about: 'width 8', config: { architecture: { width: 8 } } },
  { id: 'width-24', about: 'width 24', config: { architecture: { width: 24 } } },
  { id: 'gated', about: 'gated convolutions', config: { architecture: { convolution: 'gated' } } },
  {
    id: 'two-resolutions',
    about: 'attention at two resolutions',
    config: { architecture: { attention: { resolutions: 2 } } },
  },
  {
    id: 'critics',
    about: 'critics of weight 0.001, one step of theirs a step',
    config: { weights: { adversarial: 0.001 }, criticSteps: 1 },
  },
  { id: 'faithful', about: 'DeepFill v1 without critics: no prior, no structure loss, its Adam', config: FAITHFUL },
  {
    id: 'faithful-critics',
    about: 'DeepFill v1: the same with critics of weight 0.001, one step of theirs a step',
    config: { ...FAITHFUL, weights: { adversarial: 0.001, structure: 0 }, criticSteps: 1 },
  },
];

/**
 * @param {Config} base @param {Config} changes @returns {Config} both, objects joined key by key
 */
export function joined(base, changes) {
  const result = { ...base };
  for (const [key, value] of Object.entries(changes)) {
    const old = result[key];
    result[key] = isObject(old) && isObject(value) ? joined(old, value) : value;
  }
  return result;
}

/** @param {unknown} value @returns {value is Config} */
function isObject(value) {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
