import { texts } from '../texts';
import { type Action, withPicture } from './action';

export const findWires: Action = {
  id: 'find-wires',
  group: 'mask',
  words: () => texts.actions.findWires,
  shortcuts: [],
  enabled: (state) => withPicture(state) && state.engine.kind === 'ready',
  run: async ({ objectSelection, store }) => {
    store.setState({ tool: 'object', objectMarks: 'box' });
    await objectSelection.findWires();
  },
};
