import { texts } from '../texts';
import { type Action, always, withPicture } from './action';

export const open: Action = {
  id: 'open',
  group: 'file',
  words: () => texts.actions.open,
  shortcuts: ['Mod+O'],
  enabled: (state) => !state.opening,
  run: ({ filmStrip }) => filmStrip.openDialog(),
};

export const openFolder: Action = {
  id: 'open-folder',
  group: 'file',
  words: () => texts.actions.openFolder,
  shortcuts: ['Mod+Alt+O'],
  enabled: (state) => !state.opening,
  run: ({ filmStrip }) => filmStrip.openFolder(),
};

export const openSample: Action = {
  id: 'open-sample',
  group: 'file',
  words: () => texts.actions.openSample,
  shortcuts: [],
  enabled: (state) => !state.opening,
  run: async ({ documents }) => void (await documents.openSample()),
};

export const close: Action = {
  id: 'close',
  group: 'file',
  words: () => texts.actions.close,
  shortcuts: ['Mod+W'],
  enabled: withPicture,
  run: ({ filmStrip }) => filmStrip.close(),
};

export const recover: Action = {
  id: 'recover',
  group: 'file',
  words: () => texts.actions.recover,
  shortcuts: [],
  enabled: (state) => !state.opening,
  run: ({ recovery }) => recovery.show(),
};

export const paste: Action = {
  id: 'paste',
  group: 'file',
  words: () => texts.actions.paste,
  shortcuts: ['Mod+V'],
  enabled: always,
  run: async ({ documents }) => void (await documents.paste()),
};
