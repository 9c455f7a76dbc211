/** A manifest of some version, as JSON gives it. */
export type Versioned = Readonly<Record<string, unknown>>;
/** Turns a manifest of one version into one of the next. */
export type Migration = (old: Versioned) => Versioned;

/**
 * The first turns version 1 into version 2, and so on; empty as long as there was but one version. Who changes the
 * manifest's schema adds a step here, and a file of the version before to fixtures/.
 */
export const MIGRATIONS: readonly Migration[] = [];

/** Takes a manifest through the chain, from its own version to the newest. */
export function migrate(manifest: Versioned, from: number, chain: readonly Migration[]): Versioned {
  return chain
    .slice(from - 1)
    .reduce<Versioned>((old, step, index) => ({ ...step(old), version: from + index + 1 }), manifest);
}
