import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { TrainerDesk } from './trainer-desk';
import type { TrainerState } from './trainer-state';

const TrainerContext = createContext<TrainerDesk | null>(null);

export function TrainerProvider({ desk, children }: { readonly desk: TrainerDesk; readonly children: ReactNode }) {
  return <TrainerContext.Provider value={desk}>{children}</TrainerContext.Provider>;
}

export function useDesk(): TrainerDesk {
  const desk = useContext(TrainerContext);
  if (!desk) throw new Error('this component needs a TrainerProvider around it');
  return desk;
}

/** A part of the state, kept current. */
export function useTrainer<T>(select: (state: TrainerState) => T): T {
  return useStore(useDesk().store, select);
}
