import type { Library } from '../engine/library/library';
import type { StartBatches } from '../engine/train/prefetcher';
import { errorFor } from '../shared/error-texts';

/** Where text goes: a stream, or a list of lines in a test. */
export interface TextSink {
  write(text: string): unknown;
}

export interface Terminal extends TextSink {
  /** Someone is looking: a bar may be drawn. */
  readonly isTTY: boolean;
  /** How many characters a line holds now: windows change. undefined where nobody looks. */
  columns(): number | undefined;
  /** Forgets the line that the cursor stands in; the only thing that a terminal is told besides text. */
  clearLine(): void;
  /** With --progress json: a line of JSON. Left out: what happens is said in words alone. */
  readonly event?: (event: ProgressEvent) => void;
}

/** A line of `--progress json`. */
export interface ProgressEvent {
  readonly event: string;
  readonly [field: string]: unknown;
}

/** What a command needs of the models at hand. */
export type ModelLibrary = Pick<Library, 'generator' | 'import' | 'models' | 'runtime' | 'providerTrials' | 'stop'>;

export interface LibraryChoice {
  readonly roots: readonly string[];
  readonly provider?: string;
}

/** Everything outside the program that commands touch besides files. */
export interface CliContext {
  /** Of the program. */
  readonly version: string;
  /** Results alone: JSON, tables, help. */
  readonly output: TextSink;
  /** Everything said to a person: progress, notes, errors. */
  readonly messages: Terminal;
  /** Standard input, for a file that is called "-". */
  readonly input: AsyncIterable<Uint8Array>;
  /** A picture to standard output. */
  readonly writeBytes: (bytes: Uint8Array) => Promise<void>;
  /** Aborts on Ctrl-C. */
  readonly signal: AbortSignal;
  /** Folders with model folders, in the order in which ids are looked up. */
  readonly modelRoots: readonly string[];
  /** out/build.json: what was built from what. */
  readonly buildInformation: string;
  /** Where the program keeps what is the user's. */
  readonly dataFolder: string;
  /** Starts the built engine/train/batch-worker.ts. */
  readonly startBatches: StartBatches;
  readonly openLibrary: (choice: LibraryChoice) => Promise<ModelLibrary>;
}

/** The folders to look for models in, the one that the command line names first. */
export function rootsWith(folder: string | undefined, { modelRoots }: CliContext): readonly string[] {
  return folder === undefined ? modelRoots : [folder, ...modelRoots];
}

/** @throws StudioError cancelled, once the command is to end */
export function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw errorFor('cancelled', {});
}
