/** What is said of training runs. A run is known by the name of its folder; paths are known to main and the command line alone. */
import { z } from 'zod';
import { errorReportSchema } from './protocol/values';

export const runIdSchema = z.string().regex(/^[A-Za-z0-9_-]{1,64}$/);
const runId = runIdSchema;
const count = z.number().int().min(0);

/** Runtimes that can train. */
export const TRAINING_RUNTIMES = ['onnx', 'tfjs', 'torch'] as const;
export const trainingRuntimeSchema = z.enum(TRAINING_RUNTIMES);
export type TrainingRuntime = z.infer<typeof trainingRuntimeSchema>;

/** Starting points of a configuration; engine/train/presets.ts says what each sets. */
export const PRESETS = ['quick-fine-tune', 'sharp-and-natural', 'full', 'texture-specialist'] as const;
export const presetSchema = z.enum(PRESETS);
export type Preset = z.infer<typeof presetSchema>;

/** Those whose losses look at learnt features, for which the feature network has to be fetched. */
export const PRESETS_ON_FEATURES: readonly Preset[] = ['sharp-and-natural'];

/** What the failure monitor noticed (engine/train/failure-monitor.ts). */
export const adviceSchema = z.object({
  kind: z.enum(['not-finite', 'exploding', 'diverged', 'critics-won', 'collapsed', 'validation-rising', 'disk-full']),
  /** What was done: on from the last good checkpoint at half the rate; on at half the rate; the run ended; nothing. */
  action: z.enum(['roll-back', 'lower-rate', 'stop', 'none']),
  /** The numbers and names behind it: signal, value, reference, attempts, to, step. Empty in lines of older runs. */
  values: z.record(z.string().max(40), z.union([z.number(), z.string().max(40)])).default({}),
  /** What happened and what was done, in plain words. */
  sentence: z.string().max(2000),
});
export type Advice = z.infer<typeof adviceSchema>;

/** As a line of the log has it: one that was written without Node lacks the sentence (engine/train/advice.ts). */
export const loggedAdviceSchema = adviceSchema.partial({ sentence: true });
export type LoggedAdvice = z.infer<typeof loggedAdviceSchema>;

/** What can be said of how a training goes, besides advice (training-words/progress.ts). */
export const PROGRESS_NOTES = [
  'not-started',
  'too-early',
  'worse',
  'unchanged',
  'learning',
  'not-fallen',
  'learning-unmeasured',
  'waiting',
  'interrupted',
  'paused',
  'stopped',
  'finished',
  'one-picture',
  'one-kept-back',
  'few-kept-back',
  'too-short',
  'nothing-learnt',
  'best-on-few',
  'best-before',
  'still-falling',
  'at-rest',
] as const;
const progressNoteSchema = z.union([
  z.object({ id: z.literal('noticed'), advice: adviceSchema }),
  z.object({
    id: z.enum(PROGRESS_NOTES),
    /** What its sentence is made of. */
    values: z.record(z.string().max(40), z.union([z.number(), z.string().max(40)])),
  }),
]);
export type ProgressNote = z.infer<typeof progressNoteSchema>;
export const progressSchema = z.array(progressNoteSchema).max(10);

/** Of the moving average of the weights, over the crops that are kept back; units as in engine/measure/score.ts. */
export const validationScoreSchema = z.object({
  /** Mean |d| inside the hole, percent of the full range. */
  holeL1: z.number(),
  /** dB, whole crops. */
  psnr: z.number(),
  /** Deviation of the fills' mean colours over that of the pictures' own in the holes; null for fewer than 8 crops. */
  variety: z.number().nullable(),
  /** Mean |d| and mean d^2 over whole crops, and d^2 inside the hole, percent. Missing in lines of older runs. */
  l1: z.number().optional(),
  l2: z.number().optional(),
  holeL2: z.number().optional(),
  ssim: z.number().optional(),
  /** Gradient energy inside the holes, fill / picture: below 1 is blurred. */
  gradient: z.number().optional(),
  /** Sliced Wasserstein distance times 1000; null where the crops have no room for a patch. */
  swd: z.number().nullable().optional(),
  /** Distance in learnt features (engine/measure/perceptual-distance.ts); null where the feature network is not there. */
  perceptual: z.number().nullable().optional(),
  /** r_v of each critic, where it was measured: 0 no overfitting, 1 the worst (arXiv 2006.06676, eq. 1). */
  rvGlobal: z.number().optional(),
  rvLocal: z.number().optional(),
  rvProjected: z.number().optional(),
});
export type ValidationScore = z.infer<typeof validationScoreSchema>;

/**
 * A line of a run's log. `losses` are means over the steps since the line before, by name: loss, holeLoss, coarseLoss,
 * knownLoss, generatorNorm, and those of the others that have a weight (engine/train/generator-losses.ts); with critics also
 * criticLoss, criticNorm, distance, penalty, gradientNorm, projectedCriticLoss; with adaptive augmentation rtGlobal, rtLocal,
 * rtProjected, pGlobal, pLocal, pProjected.
 */
export const stepRecordSchema = z.object({
  /** Generator steps done. */
  step: count,
  /** Seconds of training so far, over all sessions. */
  seconds: z.number(),
  rate: z.number(),
  /** Share of the time since the line before that was spent waiting for pictures. */
  waiting: z.number(),
  losses: z.record(z.string().max(40), z.number()),
  /** On the lines of steps at which it was measured. */
  validation: validationScoreSchema.optional(),
  advice: adviceSchema.optional(),
});
export type StepRecord = z.infer<typeof stepRecordSchema>;

export const RUN_STATES = [
  /** Made, never started. */
  'new',
  'starting',
  'running',
  /** Was asked to pause or stop; the step at hand ends first. */
  'pausing',
  'stopping',
  'paused',
  /** Ended early because someone wanted it so; can go on all the same. */
  'stopped',
  /** Its process ended without a word, by a crash or a kill: `start` goes on from its last checkpoint. */
  'interrupted',
  'finished',
  'failed',
] as const;
export const runStateSchema = z.enum(RUN_STATES);
export type RunState = z.infer<typeof runStateSchema>;

export const runSummarySchema = z.object({
  runId,
  name: z.string().max(200),
  state: runStateSchema,
  /** Why it failed, or was refused. */
  error: errorReportSchema.nullable(),
  /** Milliseconds since 1970. */
  created: z.number(),
  /** Last part of the folder's path. */
  pictures: z.string().max(1024),
  /** Id of the model it started from; null: from nothing. */
  base: z.string().max(1024).nullable(),
  preset: presetSchema.nullable(),
  side: count,
  batch: count,
  adversarial: z.boolean(),
  step: count,
  steps: count,
  /** Of training so far. */
  seconds: z.number(),
  /** Estimated; null while nothing is known or it does not run. */
  secondsLeft: z.number().nullable(),
  secondsPerStep: z.number().nullable(),
  /** What computes, as a person would say it; null while it does not run. */
  runtime: z.string().max(200).nullable(),
  /** Lowest l1 in the holes of the crops that are kept back, percent, and its step. */
  best: z.object({ step: count, holeL1: z.number() }).nullable(),
  last: stepRecordSchema.nullable(),
  /** How the training is going: a sentence a note, in any language. */
  progress: progressSchema,
  /** The same in English. */
  sentence: z.string().max(2000),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** Sample fills of a step: a sheet with, in each row, a crop with its hole, the fill and the crop as it was. */
export const sampleSchema = z.object({ step: count, name: z.string().regex(/^step-\d{1,9}\.png$/) });
export type Sample = z.infer<typeof sampleSchema>;

export const runDetailsSchema = z.object({
  summary: runSummarySchema,
  /** As in engine/train/config.ts. */
  config: z.record(z.string(), z.unknown()),
  records: z.array(stepRecordSchema),
  samples: z.array(sampleSchema),
  /** What `rollBack` takes: numbers of steps, and `best`. */
  checkpoints: z.array(z.string().max(40)),
  /** Pictures that could not be used so far. */
  skipped: z.array(z.object({ file: z.string().max(4096), error: errorReportSchema })),
});
export type RunDetails = z.infer<typeof runDetailsSchema>;
