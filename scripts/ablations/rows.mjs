/**
 * The rows of the ablation table (docs/quality.md): each is a common configuration with some values of its own, with the same
 * seed, on the same crops and holes. Training and losses are compared on the coarse stage of a trained model, since from
 * nothing a thousand steps hardly leave the prior; architectures with other parameters can only start from nothing.
 */

/** @typedef {{ readonly [key: string]: unknown }} Config part of a training configuration (src/engine/train/config.ts) */
/** @typedef {{ readonly id: string, readonly about: string, readonly config: Config, readonly fresh?: boolean }} Row `fresh`: from nothing */

/** @param {number} steps @param {boolean} fresh @returns {Config} */
export function commonConfig(steps, fresh) {
  const shared = { seed: 1, steps, averageDecay: 0.99 };
  const architecture = { width: 16, prior: 'harmonic', residual: 'hole' };
  const weights = { adversarial: 0, structure: 1 };
  const optimiser = { rate: 6e-4, beta1: 0.9, beta2: 0.99, warmup: 100, schedule: 'cosine' };
  return fresh
    ? { ...shared, architecture, weights, optimiser: { ...optimiser, rate: 1e-3 }, batch: 8, side: 64, discount: 0.98 }
    : {
        ...shared,
        architecture,
        weights,
        optimiser,
        stages: 'coarse',
        batch: 4,
        side: 128,
        maxShrink: 8,
        discount: 0.995,
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
  { id: 'common', about: 'what the next rows depart from', config: {} },
  { id: 'pull-push', about: 'prior pull-push', config: { architecture: { prior: 'pull-push' } } },
  { id: 'everywhere', about: 'residual everywhere', config: { architecture: { residual: 'everywhere' } } },
  { id: 'no-structure', about: 'no structure loss', config: { weights: { structure: 0 } } },
  { id: 'paper-adam', about: 'Adam with beta 0.5 and 0.9', config: { optimiser: { beta1: 0.5, beta2: 0.9 } } },
  { id: 'no-average', about: 'no moving average', config: { averageDecay: 0 } },
  { id: 'full-size', about: 'crops at scale 1 only', config: { maxShrink: 1 } },
  { id: 'shrink-4', about: 'crops shrunk by up to 4', config: { maxShrink: 4 } },
  { id: 'colour', about: 'colours changed by up to 0.3', config: { colour: 0.3 } },
  { id: 'uniform', about: 'uniform L1 (discount 1)', config: { discount: 1 } },
  { id: 'discount-0.9', about: 'discount 0.9', config: { discount: 0.9 } },
  { id: 'side-64', about: 'crops of 64, batch 16', config: { side: 64, batch: 16 } },
  { id: 'both', about: 'both stages at once', config: { stages: 'both' } },
  {
    id: 'critics',
    about: 'critics of weight 0.001, one step of theirs a step',
    config: { weights: { adversarial: 0.001 }, criticSteps: 1 },
  },
  {
    id: 'critics-0.01',
    about: 'the same of weight 0.01',
    config: { weights: { adversarial: 0.01 }, criticSteps: 1 },
  },
  {
    id: 'critics-two-scales',
    about: 'critics of weight 0.001 at two scales',
    config: { weights: { adversarial: 0.001 }, criticSteps: 1, critics: { scales: 2 } },
  },
  { id: 'fresh', about: 'from nothing, crops of 64, batch 8', config: {}, fresh: true },
  { id: 'width-8', about: 'from nothing, width 8', config: { architecture: { width: 8 } }, fresh: true },
  { id: 'width-24', about: 'from nothing, width 24', config: { architecture: { width: 24 } }, fresh: true },
  { id: 'gated', about: 'from nothing, gated', config: { architecture: { convolution: 'gated' } }, fresh: true },
  {
    id: 'two-resolutions',
    about: 'from nothing, attention at two resolutions',
    config: { architecture: { attention: { resolutions: 2 } } },
    fresh: true,
  },
  { id: 'no-prior', about: 'from nothing, no prior', config: { architecture: { prior: 'none' } }, fresh: true },
  {
    id: 'faithful',
    about: 'DeepFill v1 without critics, from nothing: no prior, no structure loss, its Adam',
    config: FAITHFUL,
    fresh: true,
  },
  {
    id: 'faithful-critics',
    about: 'DeepFill v1, from nothing: the same with critics of weight 0.001, one step of theirs a step',
    config: { ...FAITHFUL, weights: { adversarial: 0.001, structure: 0 }, criticSteps: 1 },
    fresh: true,
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
