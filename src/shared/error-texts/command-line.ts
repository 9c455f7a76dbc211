import { type Named, reason, type With } from './reason';

/** What the command line alone is given: folders to make, files of lines, masks by name. */
export const commandLine = {
  'input-empty': reason('file-unreadable', {
    en: () => ['Nothing came from standard input.', 'Pipe a picture into the command, or name a file instead of -.'],
    de: () => ['Von der Standardeingabe kam nichts.', 'Ein Bild in den Befehl leiten, oder statt - eine Datei nennen.'],
  }),
  'input-too-long': reason('picture-too-large', {
    en: ({ most }: With<'most'>) => [
      `What comes from standard input is longer than ${most} GB.`,
      'Write it to a file, and look whether it is a picture.',
    ],
    de: ({ most }) => [
      `Was von der Standardeingabe kommt, ist länger als ${most} GB.`,
      'In eine Datei schreiben und nachsehen, ob es ein Bild ist.',
    ],
  }),
  'out-not-made': reason('file-not-writable', {
    en: ({ name }: Named) => [`The folder "${name}" cannot be made.`, 'Choose another folder.'],
    de: ({ name }) => [`Der Ordner „${name}“ lässt sich nicht anlegen.`, 'Einen anderen Ordner wählen.'],
  }),
  'lines-too-long': reason('file-unreadable', {
    en: ({ name, most }: Named & With<'most'>) => [
      `"${name}" is longer than ${most} MB.`,
      'Lines are a list of a few points each; look whether that is the right file.',
    ],
    de: ({ name, most }) => [
      `„${name}“ ist länger als ${most} MB.`,
      'Linien sind eine Liste von je wenigen Punkten; nachsehen, ob es die richtige Datei ist.',
    ],
  }),
  'lines-unread': reason('file-missing', {
    en: ({ name }: Named) => [`The file of lines "${name}" cannot be read.`, 'Check its name.'],
    de: ({ name }) => [`Die Liniendatei „${name}“ lässt sich nicht lesen.`, 'Ihren Namen prüfen.'],
  }),
  'lines-wrong': reason('file-unreadable', {
    en: ({ name, place }: Named & With<'place'>) => [
      `"${name}" is no list of lines: see ${place}.`,
      'Write JSON such as [[[120, 340], [410, 352]]]: a list of lines, each a list of at least two points [x, y].',
    ],
    de: ({ name, place }) => [
      `„${name}“ ist keine Liste von Linien: siehe ${place}.`,
      'JSON schreiben wie [[[120, 340], [410, 352]]]: eine Liste von Linien, jede eine Liste von mindestens zwei Punkten [x, y].',
    ],
  }),
  'recipe-unread': reason('file-missing', {
    en: ({ name }: Named) => [`The recipe "${name}" cannot be read.`, 'Check its name.'],
    de: ({ name }) => [`Das Rezept „${name}“ lässt sich nicht lesen.`, 'Seinen Namen prüfen.'],
  }),
  'recipe-wrong': reason('file-unreadable', {
    en: ({ name, place }: Named & With<'place'>) => [
      `"${name}" is no recipe of the lab: see ${place}.`,
      'Write JSON with "experiment" and "options", as lab run --json prints them.',
    ],
    de: ({ name, place }) => [
      `„${name}“ ist kein Rezept des Labors: siehe ${place}.`,
      'JSON mit "experiment" und "options" schreiben, wie lab run --json sie ausgibt.',
    ],
  }),
  'line-point-outside': reason('bad-request', {
    en: ({ name, line, x, y, width, height }: Named & With<'line' | 'x' | 'y' | 'width' | 'height'>) => [
      `In "${name}" line ${line} has the point ${x}, ${y}, outside the photo of ${width} x ${height} pixels.`,
      'Count pixels from the top left corner of the photo at its full size.',
    ],
    de: ({ name, line, x, y, width, height }) => [
      `In „${name}“ hat Linie ${line} den Punkt ${x}, ${y} außerhalb des Fotos von ${width} × ${height} Pixeln.`,
      'Die Pixel von der linken oberen Ecke des Fotos in voller Größe zählen.',
    ],
  }),
  'mask-of-name-not-found': reason('file-missing', {
    en: ({ folder, name }: Named & With<'folder'>) => [
      `There is no mask "${name}" in "${folder}".`,
      'Look at --mask-name.',
    ],
    de: ({ folder, name }) => [`In „${folder}“ ist keine Maske „${name}“.`, 'Bei --mask-name nachsehen.'],
  }),
  'result-exists': reason('file-not-writable', {
    en: ({ name }: Named) => [
      `"${name}" is there already.`,
      'Say --overwrite to replace it, or --skip-existing to leave it as it is.',
    ],
    de: ({ name }) => [
      `„${name}“ ist schon da.`,
      'Mit --overwrite ersetzen, oder mit --skip-existing lassen, wie es ist.',
    ],
  }),
  'mask-exists': reason('file-not-writable', {
    en: ({ name }: Named) => [`"${name}" is there already.`, 'Say --overwrite to replace it.'],
    de: ({ name }) => [`„${name}“ ist schon da.`, 'Mit --overwrite ersetzen.'],
  }),
  'nothing-found': reason('hole-empty', {
    en: () => ['Nothing was found that could be told from what is around it.', 'Try another box, or paint the mask.'],
    de: () => [
      'Es wurde nichts gefunden, das sich von seiner Umgebung unterscheiden lässt.',
      'Einen anderen Kasten versuchen, oder die Maske malen.',
    ],
  }),
  'mask-not-found': reason('file-missing', {
    en: ({ folder, name }: Named & With<'folder'>) => [
      `There is no mask for it in "${folder}".`,
      `Name the mask ${name}.png or ${name}-mask.png.`,
    ],
    de: ({ folder, name }) => [
      `In „${folder}“ ist keine Maske dafür.`,
      `Die Maske ${name}.png oder ${name}-mask.png nennen.`,
    ],
  }),
};
