import { createStore, type StoreApi } from 'zustand/vanilla';
import { type DocumentSlice, INITIAL_DOCUMENT } from './document/document-slice';
import { type FillsSlice, INITIAL_FILLS } from './fills/fills-slice';
import { INITIAL_LIBRARY, type LibrarySlice } from './library/library-slice';
import { INITIAL_SHELL, type ShellSlice } from './shell/shell-slice';

/** All that the panels show, a slice of each room. Pixels, planes and strokes are elsewhere: see OpenDocument and StudioCanvas. */
export interface AppState extends ShellSlice, DocumentSlice, LibrarySlice, FillsSlice {}

export type AppStore = StoreApi<AppState>;

export function createAppStore(initial: Partial<AppState> = {}): AppStore {
  return createStore<AppState>(() => ({
    ...INITIAL_SHELL,
    ...INITIAL_DOCUMENT,
    ...INITIAL_LIBRARY,
    ...INITIAL_FILLS,
    ...initial,
  }));
}
