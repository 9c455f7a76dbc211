import { texts } from '../texts';
import { type Action, always } from './action';

const { open: openText, openSample: sampleText, paste: pasteText } = texts.actions;

export const open: Action = {
  id: 'open',
  group: 'file',
  ...openText,
  shortcuts: ['Mod+O'],
  enabled: (state) => !state.opening,
  run: ({ documents }) => documents.openDialog(),
};

export const openSample: Action = {
  id: 'open-sample',
  group: 'file',
  ...sampleText,
  shortcuts: [],
  enabled: (state) => !state.opening,
  run: ({ documents }) => documents.openSample(),
};

export const paste: Action = {
  id: 'paste',
  group: 'file',
  ...pasteText,
  shortcuts: ['Mod+V'],
  enabled: always,
  run: ({ documents }) => documents.paste(),
};
