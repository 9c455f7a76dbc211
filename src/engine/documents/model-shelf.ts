import { StudioError } from '../../shared/errors';
import { type ModelSummary, type RuntimeStatus } from '../../shared/protocol';
import { type Generator } from '../library/generator';

/** The models at hand and what runs them, as documents need them. */
export interface ModelShelf {
  list(): Promise<ModelSummary[]>;
  /** @throws StudioError model-unknown, model-broken, runtime-unavailable */
  generator(modelId: string): Promise<Generator>;
  runtime(): Promise<RuntimeStatus>;
}

/** Where no runtime can be used: pictures can be looked at and saved, and a fill says what is missing. */
export const NO_MODELS: ModelShelf = {
  list: () => Promise.resolve([]),
  generator: (modelId) => {
    const message = `There is no model "${modelId}" that could be used.`;
    return Promise.reject(new StudioError({ code: 'model-unknown', message, remedy: 'Choose another model.' }));
  },
  runtime: () => Promise.resolve({ provider: 'none', label: 'No runtime', fallback: false, refused: [] }),
};
