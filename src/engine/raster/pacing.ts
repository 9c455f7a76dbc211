/** Lets messages in, so that a cancel is heard; rejects when one came. */
export type Pause = () => Promise<void>;

/** Work between two looks at whether to stop, in pixels: some ten milliseconds of what is done to one. */
const PIXELS_PER_PAUSE = 1 << 18;

/** Works off the rows of a picture, from top to bottom, a band at a time; `work` gets the rows from .. to - 1. */
export async function inBands(
  { width, height }: { readonly width: number; readonly height: number },
  pause: Pause,
  work: (from: number, to: number) => void,
): Promise<void> {
  const rows = Math.max(1, Math.floor(PIXELS_PER_PAUSE / Math.max(1, width)));
  for (let from = 0; from < height; from += rows) {
    work(from, Math.min(height, from + rows));
    if (from + rows < height) await pause();
  }
}
