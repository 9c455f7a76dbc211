import type { z } from 'zod';
import type { trainingRequests } from '../../shared/protocol/trainer-training';

/** What a runtime would train on here, or why it cannot. */
export type WorkerRuntime = z.infer<typeof trainingRequests.runtimes.response>[number];

/** A model that a run can start from. */
export type WorkerBase = z.infer<typeof trainingRequests.bases.response>[number];
