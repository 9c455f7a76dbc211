import { canFill } from '../state/fills/fills-slice';
import { texts } from '../texts';
import { type Action, withPicture } from './action';

export const colourFlow: Action = {
  id: 'colour-flow',
  group: 'view',
  words: () => texts.actions.colourFlow,
  shortcuts: ['Shift+J'],
  enabled: withPicture,
  run: ({ store }) => store.setState(({ flow }) => ({ flow: !flow })),
};

/** Fills again without the source that is shown; of a fill by pieces, cuts it again without that piece. */
export const refuseSource: Action = {
  id: 'refuse-source',
  group: 'edit',
  words: () => texts.actions.refuseSource,
  shortcuts: ['Shift+X'],
  enabled: (state) => (state.inspected.kind === 'known' || state.inspected.kind === 'piece') && canFill(state),
  run: ({ inspector }) => inspector.refuseShown(),
};
