/** A manifest of some version, as JSON gives it. */
export type Versioned = Readonly<Record<string, unknown>>;
/** Turns a manifest of one version into one of the next. */
export type Migration = (old: Versioned) => Versioned;

/**
 * The first turns version 1 into version 2, and so on. Who changes the manifest's schema adds a step here, and a file of
 * the new version to fixtures/.
 */
export const MIGRATIONS: readonly Migration[] = [
  // Colour hints, and paint that is set aside while a mask is open: a program that knows neither would lose them.
  ({ planes, ...old }) => ({ ...old, paint: { ...(planes as object), hint: null }, setAside: null, hints: [] }),
];

/** Takes a manifest through the chain, from its own version to the newest. */
export function migrate(manifest: Versioned, from: number, chain: readonly Migration[]): Versioned {
  return chain
    .slice(from - 1)
    .reduce<Versioned>((old, step, index) => ({ ...step(old), version: from + index + 1 }), manifest);
}
