import { type Named, reason, type With } from './reason';

type TwoSizes = With<'width' | 'height' | 'pictureWidth' | 'pictureHeight'>;

/** What is asked of a fill: the hole, where patches come from, colour hints, lines, memory. */
export const fills = {
  'no-hole': reason('hole-empty', {
    en: () => ['There is no hole to fill.', 'Paint over what should vanish.'],
    de: () => ['Es gibt kein Loch zu füllen.', 'Mit dem Pinsel übermalen, was verschwinden soll.'],
  }),
  'mask-without-white': reason('hole-empty', {
    en: () => ['The mask has no white pixel.', 'Paint white what is to be filled.'],
    de: () => ['Die Maske hat kein weißes Pixel.', 'Weiß malen, was gefüllt werden soll.'],
  }),
  'nothing-transparent': reason('hole-empty', {
    en: () => ['It has no transparent pixels that could be filled.', 'Say with --mask what is to be filled.'],
    de: () => [
      'Es hat keine durchsichtigen Pixel, die gefüllt werden könnten.',
      'Mit --mask sagen, was gefüllt werden soll.',
    ],
  }),
  'canvas-nothing-left': reason('bad-request', {
    en: () => ['The new canvas shows nothing of the picture.', 'Cut off less.'],
    de: () => ['Die neue Leinwand zeigt nichts vom Bild.', 'Weniger abschneiden.'],
  }),
  'canvas-too-large': reason('bad-request', {
    en: ({ width, height, times, most }: With<'width' | 'height' | 'times' | 'most'>) => [
      `A canvas of ${width} x ${height} pixels is too large.`,
      `Extend to at most ${times} times the picture's area, and ${most} pixels a side.`,
    ],
    de: ({ width, height, times, most }) => [
      `Eine Leinwand von ${width} × ${height} Pixeln ist zu groß.`,
      `Höchstens auf das ${times}-fache der Bildfläche erweitern, und ${most} Pixel je Seite.`,
    ],
  }),
  'hole-is-everything': reason('hole-everything', {
    en: () => [
      'The hole is the whole picture; nothing is left to continue it from.',
      'Leave a part of the picture unpainted.',
    ],
    de: () => [
      'Das Loch ist das ganze Bild; nichts bleibt, aus dem es gefüllt werden kann.',
      'Einen Teil des Bildes nicht übermalen.',
    ],
  }),
  'too-little-known': reason('hole-everything', {
    en: ({ side }: With<'side'>) => [
      'The hole leaves no patch of known pixels large enough to continue it from.',
      `Leave at least ${side} x ${side} pixels in one piece unpainted.`,
    ],
    de: ({ side }) => [
      'Das Loch lässt kein Stück des Bildes übrig, das groß genug ist, um daraus zu füllen.',
      `Mindestens ${side} × ${side} Pixel am Stück nicht übermalen.`,
    ],
  }),
  'source-region-small': reason('source-too-small', {
    en: ({ side }: With<'side'>) => [
      'The source region is too small to take a patch from.',
      `Make it at least ${side} x ${side} pixels large, outside the hole and near to it.`,
    ],
    de: ({ side }) => [
      'Der Quellbereich ist zu klein, um daraus zu kopieren.',
      `Ihn mindestens ${side} × ${side} Pixel groß machen, außerhalb des Lochs und nahe daran.`,
    ],
  }),
  'source-region-unused': reason('bad-request', {
    en: ({ name }: Named) => [
      `The model "${name}" cannot be told where to take patches from, and detail is off.`,
      'Turn detail on, clear the source region, or choose another model.',
    ],
    de: ({ name }) => [
      `Dem Modell „${name}“ lässt sich nicht sagen, woraus es kopieren soll, und Details sind ausgeschaltet.`,
      'Details einschalten, den Quellbereich löschen, oder ein anderes Modell wählen.',
    ],
  }),
  'no-coarse-stage': reason('bad-request', {
    en: ({ name }: Named) => [
      `The model "${name}" has no coarse stage, so it can neither stop there nor take a colour hint.`,
      'Choose another model, or leave the hint out.',
    ],
    de: ({ name }) => [
      `Das Modell „${name}“ hat keine grobe Stufe; es kann weder dort anhalten noch einen Farbhinweis nehmen.`,
      'Ein anderes Modell wählen, oder den Hinweis weglassen.',
    ],
  }),
  'no-latent': reason('bad-request', {
    en: ({ name }: Named) => [
      `The model "${name}" has one fill for a hole: it has no latent, so it can neither surprise nor mix.`,
      'Choose a model that was trained with styles, or leave surprise and mix out.',
    ],
    de: ({ name }) => [
      `Das Modell „${name}“ hat für ein Loch eine Füllung: ohne latente Stile kann es weder überraschen noch mischen.`,
      'Ein Modell wählen, das mit Stilen trainiert wurde, oder Überraschung und Mischung weglassen.',
    ],
  }),
  'mask-of-other-size': reason('mask-size-mismatch', {
    en: ({ width, height, pictureWidth, pictureHeight }: TwoSizes) => [
      `The mask has ${width} x ${height} pixels, but the picture has ${pictureWidth} x ${pictureHeight}.`,
      "Make the mask from the picture itself, or scale it to the picture's size.",
    ],
    de: ({ width, height, pictureWidth, pictureHeight }) => [
      `Die Maske hat ${width} × ${height} Pixel, das Bild aber ${pictureWidth} × ${pictureHeight}.`,
      'Die Maske aus dem Bild selbst machen, oder sie auf seine Größe bringen.',
    ],
  }),
  'mask-is-a-picture': reason('bad-request', {
    en: ({ name }: Named) => [
      `"${name}" is a picture with many tones and no mask.`,
      'Paint white what is to be filled and black what is to stay, or erase it in a copy of the photo.',
    ],
    de: ({ name }) => [
      `„${name}“ ist ein Bild mit vielen Tönen und keine Maske.`,
      'Weiß malen, was gefüllt werden soll, und schwarz, was bleibt; oder das Loch in einer Kopie des Fotos löschen.',
    ],
  }),
  'mask-is-the-photo': reason('bad-request', {
    en: ({ name }: Named) => [
      `"${name}" is the photo itself; nothing in it is painted over or erased.`,
      'Paint over what is to be filled, or erase it.',
    ],
    de: ({ name }) => [
      `„${name}“ ist das Foto selbst; darin ist nichts übermalt oder gelöscht.`,
      'Übermalen oder löschen, was gefüllt werden soll.',
    ],
  }),
  'mask-mostly-white': reason('bad-request', {
    en: ({ name, percent }: Named & With<'percent'>) => [
      `"${name}" is white over ${percent} % of the picture, and white is what is filled.`,
      'If black is to be filled, say --invert-mask; if it is really so much, say --no-invert-mask.',
    ],
    de: ({ name, percent }) => [
      `„${name}“ ist auf ${percent} % des Bildes weiß, und Weiß wird gefüllt.`,
      'Soll Schwarz gefüllt werden, --invert-mask angeben; ist es wirklich so viel, --no-invert-mask.',
    ],
  }),
  'mask-over-the-edge': reason('bad-request', {
    en: () => ['A mask reaches over the edge of the picture.', 'Paint it again on this picture.'],
    de: () => ['Eine Maske reicht über den Rand des Bildes.', 'Sie auf diesem Bild neu malen.'],
  }),
  'place-outside': reason('bad-request', {
    en: () => ['The place lies outside the picture.', 'Choose one inside it.'],
    de: () => ['Die Stelle liegt außerhalb des Bildes.', 'Eine darin wählen.'],
  }),
  'hint-of-other-size': reason('mask-size-mismatch', {
    en: ({ width, height, pictureWidth, pictureHeight }: TwoSizes) => [
      `The hint has ${width} x ${height} pixels, but the picture has ${pictureWidth} x ${pictureHeight}.`,
      'Paint the hint on a transparent layer over the picture itself.',
    ],
    de: ({ width, height, pictureWidth, pictureHeight }) => [
      `Der Farbhinweis hat ${width} × ${height} Pixel, das Bild aber ${pictureWidth} × ${pictureHeight}.`,
      'Den Hinweis auf einer durchsichtigen Ebene über dem Bild selbst malen.',
    ],
  }),
  'hint-opaque': reason('bad-request', {
    en: () => [
      'The hint has no transparency, so it would cover everything.',
      'Save it as a PNG that is transparent where there is no hint.',
    ],
    de: () => [
      'Der Farbhinweis hat keine Transparenz und würde alles bedecken.',
      'Ihn als PNG speichern, das durchsichtig ist, wo kein Hinweis sein soll.',
    ],
  }),
  'line-ends-in-hole': reason('line-in-hole', {
    en: ({ line, x, y }: With<'line' | 'x' | 'y'>) => [
      `Line ${line} ends at ${x}, ${y}, inside the hole.`,
      'Draw it from one side of the hole to another, so that both ends lie on pixels that stay.',
    ],
    de: ({ line, x, y }) => [
      `Linie ${line} endet bei ${x}, ${y} im Loch.`,
      'Sie von einer Seite des Lochs zur anderen ziehen: Beide Enden müssen auf Pixeln liegen, die bleiben.',
    ],
  }),
  'line-ends-outside': reason('line-in-hole', {
    en: ({ line, x, y }: With<'line' | 'x' | 'y'>) => [
      `Line ${line} ends at ${x}, ${y}, outside the picture.`,
      'Draw it from one side of the hole to another, so that both ends lie on pixels that stay.',
    ],
    de: ({ line, x, y }) => [
      `Linie ${line} endet bei ${x}, ${y} außerhalb des Bildes.`,
      'Sie von einer Seite des Lochs zur anderen ziehen: Beide Enden müssen auf Pixeln liegen, die bleiben.',
    ],
  }),
  'no-memory-for-size': reason('out-of-memory', {
    en: () => [
      'There is not enough memory for a fill of this size.',
      'Choose a smaller working size, or close other programs.',
    ],
    de: () => [
      'Für eine Füllung dieser Größe reicht der Arbeitsspeicher nicht.',
      'Eine kleinere Arbeitsgröße wählen, oder andere Programme schließen.',
    ],
  }),
  'no-memory-for-fill': reason('out-of-memory', {
    en: () => [
      'There is not enough memory for this fill, even at the least effort.',
      'Close other programs, or fill the hole in several smaller parts.',
    ],
    de: () => [
      'Für diese Füllung reicht der Arbeitsspeicher nicht, auch nicht mit dem geringsten Aufwand.',
      'Andere Programme schließen, oder das Loch in mehreren kleineren Teilen füllen.',
    ],
  }),
};
