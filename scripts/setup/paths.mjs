import path from 'node:path';

/** The checkout. */
export const ROOT = path.resolve(import.meta.dirname, '../..');

/** What the set-up makes and remembers. Deleting it costs time only. */
export const CACHE = path.join(ROOT, '.cache');

/** @param {...string} parts */
export const inRoot = (...parts) => path.join(ROOT, ...parts);

/** @param {...string} parts */
export const inCache = (...parts) => path.join(CACHE, ...parts);
