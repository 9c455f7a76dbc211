/** Which bytes of a dropped file are asked for (`protocol/drops`); apart, because the preload bundles what it imports. */

/** Bytes that are asked for at each place. */
export const DROP_SAMPLE_BYTES = 16;

/**
 * First byte of a sample; a file that is shorter than a sample is read from its start.
 * @param part of the file's length, 0..1
 * @param size of the file, bytes
 */
export function sampleStart(part: number, size: number): number {
  return Math.floor(part * Math.max(0, size - DROP_SAMPLE_BYTES + 1));
}
