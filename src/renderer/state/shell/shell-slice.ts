import type { MainEventPayload } from '../../../shared/bridge';
import type { MeasuredSurroundings, Proposal } from '../../../shared/protocol/models';
import type { WindowSettings } from '../../../shared/protocol/settings';
import type { ModelSummary, RuntimeStatus } from '../../../shared/protocol/values';
import type { Leftover } from '../../../shared/protocol/window-main';
import type { Store } from '../store';

export type EngineState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'ready' }
  /** It ended unasked. Main starts another, unless that has failed too often. */
  | { readonly kind: 'stopped'; readonly reason: string }
  | { readonly kind: 'restarting'; readonly reason: string };

/** A message beside the work: nothing waits for it. */
export interface Notice {
  readonly noticeId: string;
  readonly kind: 'info' | 'error';
  readonly title: string;
  readonly body: string;
}

export type Answer = 'yes' | 'other' | 'no';

/** A question, and what happens with the answer. */
export interface Question {
  readonly title: string;
  readonly body: string;
  readonly confirm: string;
  readonly danger: boolean;
  /** A second thing to choose; its button answers 'other'. */
  readonly other?: string;
  readonly answer: (answer: Answer) => void;
}

/** The dialog that is open; one at a time. */
export type DialogState =
  | { readonly kind: 'closed' }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'commands' }
  | { readonly kind: 'save-as' }
  | { readonly kind: 'library' }
  | { readonly kind: 'fill-all' }
  | { readonly kind: 'fill-all-report' }
  | { readonly kind: 'repair'; readonly measured: MeasuredSurroundings; readonly proposals: readonly Proposal[] }
  | { readonly kind: 'recovery'; readonly leftovers: readonly Leftover[] }
  | { readonly kind: 'question'; readonly question: Question };

/** The window around the picture: processes, settings, what is in the hand, how the view lies, messages. */
export interface ShellSlice {
  readonly engine: EngineState;
  readonly runtime: RuntimeStatus | null;
  readonly models: readonly ModelSummary[];
  /** The runs that are being trained. */
  readonly training: MainEventPayload<'training:changed'>;
  readonly settings: WindowSettings;
  /** Display pixels for one pixel of the picture. */
  readonly zoom: number;
  /** Clockwise, degrees. */
  readonly rotation: number;
  /** Whether pixels have borders when they are large, and whether the whole picture is shown in small beside a part. */
  readonly pixelGrid: boolean;
  readonly minimap: boolean;
  readonly dialog: DialogState;
  readonly notices: readonly Notice[];
}

export type ShellStore = Store<ShellSlice>;

export const INITIAL_SHELL: ShellSlice = {
  engine: { kind: 'starting' },
  runtime: null,
  models: [],
  training: [],
  settings: {
    theme: 'system',
    language: 'system',
    interfaceScale: 1,
    tourSeen: false,
    brushSize: 40,
    hardness: 1,
    penPressure: true,
    memoryLimit: 0,
    feather: 0,
    modelId: 'default',
    manner: 'remove',
    workingSize: 512,
    detail: 1,
    folded: [],
    editsHeight: 230,
    filmStrip: true,
    hintStrength: 0.8,
    stopAtCoarse: false,
    fillOnLift: false,
    remakeOnLift: true,
  },
  zoom: 1,
  rotation: 0,
  pixelGrid: true,
  minimap: true,
  dialog: { kind: 'closed' },
  notices: [],
};
