import type { FillSettings } from '../../shared/protocol/fills';

/** Settings of a fill for tests: by the network and the photograph's grain, with nothing adjusted. */
export const FILL_SETTINGS: FillSettings = {
  manner: 'restore',
  workingSize: 256,
  detail: 1,
  feather: 0,
  seed: 0,
  automaticLines: true,
  attentionScale: null,
  variant: null,
  guide: 'usual',
  orientation: 'upright',
};
