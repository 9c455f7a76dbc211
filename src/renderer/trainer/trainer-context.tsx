import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { TrainerController } from './trainer-controller';
import type { TrainerState } from './trainer-state';

const TrainerContext = createContext<TrainerController | null>(null);

export function TrainerProvider({
  controller,
  children,
}: {
  readonly controller: TrainerController;
  readonly children: ReactNode;
}) {
  return <TrainerContext.Provider value={controller}>{children}</TrainerContext.Provider>;
}

export function useController(): TrainerController {
  const controller = useContext(TrainerContext);
  if (!controller) throw new Error('this component needs a TrainerProvider around it');
  return controller;
}

/** A part of the state, kept current. */
export function useTrainer<T>(select: (state: TrainerState) => T): T {
  return useStore(useController().store, select);
}
