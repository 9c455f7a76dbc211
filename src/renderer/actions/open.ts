import { texts } from '../texts';
import { type Action, always, withPicture } from './action';

export const open: Action = {
  id: 'open',
  group: 'file',
  words: () => texts.actions.open,
  shortcuts: ['Mod+O'],
  enabled: (state) => !state.opening,
  run: ({ documents }) => documents.openDialog(),
};

export const openSample: Action = {
  id: 'open-sample',
  group: 'file',
  words: () => texts.actions.openSample,
  shortcuts: [],
  enabled: (state) => !state.opening,
  run: ({ documents }) => documents.openSample(),
};

export const close: Action = {
  id: 'close',
  group: 'file',
  words: () => texts.actions.close,
  shortcuts: ['Mod+W'],
  enabled: withPicture,
  run: ({ documents }) => documents.close(),
};

export const openWaiting: Action = {
  id: 'open-waiting',
  group: 'file',
  words: () => texts.actions.openWaiting,
  shortcuts: ['Mod+PageDown'],
  enabled: (state) => state.waitingFiles.length > 0 && !state.opening,
  detail: ({ waitingFiles }) => waitingFiles[0]?.name ?? null,
  run: ({ waitingFiles }) => waitingFiles.next(),
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
  run: ({ documents }) => documents.paste(),
};
