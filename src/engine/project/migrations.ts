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
  // Lines that fills continue.
  ({ paint, setAside, edits, ...old }) => ({
    ...old,
    paint: withoutLines(paint),
    setAside: isRecord(setAside) ? { ...setAside, paint: withoutLines(setAside['paint']) } : setAside,
    edits: recordsOf(edits).map((edit) => ({
      ...edit,
      variants: recordsOf(edit['variants']).map(variantWithoutLines),
    })),
  }),
  // Sources of pieces that were refused, and chosen.
  ({ edits, ...old }) => ({
    ...old,
    edits: recordsOf(edits).map((edit) => ({
      ...edit,
      variants: recordsOf(edit['variants']).map(variantWithoutPieces),
    })),
  }),
  // A canvas of another size than the original's.
  ({ picture, ...old }) => ({ ...old, picture: { ...(picture as object), frame: null } }),
];

function withoutLines(paint: unknown): Versioned {
  return { ...(paint as object), lines: [] };
}

function variantWithoutLines({ recipe, ...variant }: Versioned): Versioned {
  return { ...variant, recipe: { ...(recipe as object), lines: [], removedLines: [] }, foundLines: [] };
}

function variantWithoutPieces({ recipe, ...variant }: Versioned): Versioned {
  return { ...variant, recipe: { ...(recipe as object), pieces: { refused: [], chosen: [] } } };
}

function isRecord(value: unknown): value is Versioned {
  return typeof value === 'object' && value !== null;
}

function recordsOf(list: unknown): readonly Versioned[] {
  return Array.isArray(list) ? list.filter(isRecord) : [];
}

/** Takes a manifest through the chain, from its own version to the newest. */
export function migrate(manifest: Versioned, from: number, chain: readonly Migration[]): Versioned {
  return chain
    .slice(from - 1)
    .reduce<Versioned>((old, step, index) => ({ ...step(old), version: from + index + 1 }), manifest);
}
