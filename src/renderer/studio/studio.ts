import type { PointerPlace } from '../canvas/pointer-place';
import type { StudioCanvas } from '../canvas/studio-canvas';
import type { EngineLink } from '../link/engine-link';
import type { MainLink } from '../link/main-link';
import type { AppStore } from '../state/app-state';
import type { BrushTip } from '../state/document/brush-tip';
import type { Comparisons } from '../state/document/comparisons';
import type { Documents } from '../state/document/documents';
import type { EditStack } from '../state/document/edit-stack';
import type { Exports } from '../state/document/exports';
import type { Hints } from '../state/document/hints';
import type { Marks } from '../state/document/marks';
import type { MaskSession } from '../state/document/mask-session';
import type { Recovery } from '../state/document/recovery';
import type { Saves } from '../state/document/saves';
import type { Thumbnails } from '../state/document/thumbnails';
import type { Fills } from '../state/fills/fills';
import type { Inspector } from '../state/fills/inspector';
import type { Repairs } from '../state/fills/repairs';
import type { Tour } from '../state/fills/tour';
import type { VariantComparison } from '../state/fills/variant-comparison';
import type { Variants } from '../state/fills/variants';
import type { ModelLibrary } from '../state/library/model-library';
import type { EngineConnection } from '../state/shell/engine-connection';
import type { Notices } from '../state/shell/notices';
import type { Preferences } from '../state/shell/preferences';
import type { Questions } from '../state/shell/questions';

/** Everything the window consists of besides its looks; tools, actions and panels work on it. `createStudio` makes it. */
export interface Studio {
  readonly store: AppStore;
  readonly main: MainLink;
  readonly engine: EngineConnection;
  readonly engineLink: EngineLink;
  readonly canvas: StudioCanvas;
  /** Where the pointer is. It changes with every pointer event, so it is no state of React's. */
  readonly pointer: PointerPlace;
  readonly tip: BrushTip;
  readonly documents: Documents;
  readonly comparisons: Comparisons;
  readonly variantComparison: VariantComparison;
  readonly fills: Fills;
  readonly stack: EditStack;
  readonly maskSession: MaskSession;
  readonly variants: Variants;
  readonly thumbnails: Thumbnails;
  readonly marks: Marks;
  readonly hints: Hints;
  readonly inspector: Inspector;
  readonly library: ModelLibrary;
  readonly repairs: Repairs;
  readonly saves: Saves;
  readonly exports: Exports;
  readonly recovery: Recovery;
  readonly notices: Notices;
  readonly preferences: Preferences;
  readonly questions: Questions;
  readonly tour: Tour;
}
