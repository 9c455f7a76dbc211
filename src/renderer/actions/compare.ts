import { texts } from '../texts';
import type { Action } from './action';

export const compare: Action = {
  id: 'compare',
  group: 'view',
  words: () => texts.actions.compare,
  shortcuts: ['\\'],
  enabled: (state) => state.document.kind === 'open',
  run: ({ store, canvas }) => {
    store.setState({ comparing: true });
    canvas.setComparing(true);
  },
  release: ({ store, canvas }) => {
    store.setState({ comparing: false });
    canvas.setComparing(false);
  },
};
