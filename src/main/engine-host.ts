import { engineHostRequests, engineStarted } from '../shared/protocol/main-engine';
import { WorkerHost, type WorkerKind, type WorkerProcess, type WorkerState } from './worker-host';

const ENGINE: WorkerKind<typeof engineHostRequests> = {
  name: 'engine',
  contract: engineHostRequests,
  started: engineStarted,
};

/** Keeps the engine process, which holds the open pictures, running. */
export class EngineHost<Port> extends WorkerHost<Port, typeof engineHostRequests> {
  constructor(spawn: () => WorkerProcess<Port>, onState: (state: WorkerState) => void, now?: () => number) {
    super(ENGINE, spawn, onState, undefined, now);
  }
}
