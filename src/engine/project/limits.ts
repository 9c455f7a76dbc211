/** What a project file may hold at most. A file beyond these was not written by this program, or is meant to do harm. */
export const LIMITS = {
  /** Files in the archive: a thousand edits of ten variants each, with their planes. */
  entries: 50_000,
  /** The manifest, unpacked. */
  manifestBytes: 64 * 1024 * 1024,
  /** One part, unpacked: as large as the largest picture that is read. */
  partBytes: 2 * 1024 ** 3,
  /** All parts together. */
  totalBytes: 16 * 1024 ** 3,
  /** Of memory for all that is painted in it, each plane and each colour hint as large as it claims to be. */
  paintedBytes: 2 ** 30,
  /** Unpacked bytes for one in the file. Parts are compressed pictures, which hardly shrink any further. */
  expansion: 30,
  /** What every file may unpack to, however small it is. */
  expansionFloor: 64 * 1024 * 1024,
} as const;
