import { INTERFACE_SCALES } from '../../shared/protocol/settings';
import { texts } from '../texts';
import { type Action, always } from './action';

/** One action for each size of words and buttons. */
export const interfaceScales: readonly Action[] = INTERFACE_SCALES.map((interfaceScale, index) => ({
  id: `interface-scale-${Math.round(interfaceScale * 100)}`,
  group: 'view',
  words: () => texts.interfaceScale(interfaceScale),
  shortcuts: [],
  enabled: always,
  chosen: (state) => state.settings.interfaceScale === interfaceScale,
  line: index === 0,
  run: ({ preferences }) => preferences.change({ interfaceScale }),
}));
