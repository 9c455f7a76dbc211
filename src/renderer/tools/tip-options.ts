import { TipFeel } from './tip-feel';
import { TipSize } from './tip-size';
import type { ToolOption } from './tool';

/** What can be set of the brush tip. */
export const TIP_OPTIONS: readonly ToolOption[] = [TipSize, TipFeel];
