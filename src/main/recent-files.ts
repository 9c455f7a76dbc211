import { createHash } from 'node:crypto';
import { access } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import type { RecentFile } from '../shared/protocol/window-main';

/** A drive that does not answer by then counts as away. */
const PATIENCE_MS = 1000;

/** A recent file as main knows it. */
export interface RecentPath {
  readonly path: string;
  /** It is not where it was: moved, deleted, or on a drive that is away. */
  readonly missing: boolean;
}

/** Looks whether the files are still there. */
export async function lookFor(paths: readonly string[]): Promise<readonly RecentPath[]> {
  return Promise.all(paths.map(async (path) => ({ path, missing: !(await isThere(path)) })));
}

/** As the window sees it: by name and by an id that says nothing, since paths stay here. */
export function recentFile({ path, missing }: RecentPath): RecentFile {
  return { recentId: recentId(path), name: basename(path), folder: basename(dirname(path)), missing };
}

/** The path that an id stands for; null when it is none of these. */
export function recentPath(paths: readonly string[], id: string): string | null {
  return paths.find((path) => recentId(path) === id) ?? null;
}

function recentId(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16);
}

async function isThere(path: string): Promise<boolean> {
  const away = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS).unref());
  const found = access(path).then(
    () => true,
    () => false,
  );
  return Promise.race([found, away]);
}
