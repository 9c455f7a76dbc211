/**
 * What a controller sees of the window's store: the slice of its own room and those of the rooms below. zustand's store of the whole
 * state is one for every part of it; replacing the whole is left out, since it would lose what the others hold.
 */
export interface Store<State> {
  getState(): State;
  setState(change: Partial<State> | ((now: State) => Partial<State>)): void;
  /** Returns how to stop listening. */
  subscribe(listener: (now: State, before: State) => void): () => void;
}
