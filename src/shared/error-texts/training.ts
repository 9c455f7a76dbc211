import { listIn } from '../language';
import { formatLabels } from '../picture-formats';
import { HAPPENED, type Happening } from '../training-words/happenings';
import { ended, type Named, reason, type With } from './reason';

const FORMATS = formatLabels().join(', ');
const PHOTOGRAPHS = {
  en: `Choose a folder with ${listIn('or', FORMATS)} photographs larger than the crops.`,
  de: `Einen Ordner mit Fotos in ${listIn('oder', FORMATS)} wählen, die größer als die Ausschnitte sind.`,
};
const MASKS = {
  en: 'Choose a folder with pictures that are white where the hole is.',
  de: 'Einen Ordner mit Bildern wählen, die weiß sind, wo das Loch ist.',
};

/** The failure monitor gave up. */
const givenUp = (happening: Exclude<Happening, 'disk-full'>) =>
  reason('training-data', {
    en: (parameters: With<'attempts'> & Readonly<Record<string, string | number>>) => [
      `${HAPPENED.en[happening](parameters)}, after ${parameters.attempts} attempts at lower rates; the run was stopped and its last good checkpoint kept.`,
      'Start again with a lower rate; log.jsonl in the run’s folder shows how it came to this.',
    ],
    de: (parameters) => [
      `${HAPPENED.de[happening](parameters)}, nach ${parameters.attempts} Versuchen mit niedrigerer Lernrate; der Lauf wurde angehalten, sein letzter guter Stand bleibt.`,
      'Mit niedrigerer Lernrate neu beginnen; log.jsonl im Ordner des Laufs zeigt, wie es dazu kam.',
    ],
  });

/** Training: its pictures and masks, how it goes, the processes that do it. */
export const training = {
  'photo-folder-unread': reason('training-data', {
    en: ({ name }: Named) => [`The folder "${name}" cannot be read.`, 'Check its name and that you may read it.'],
    de: ({ name }) => [`Der Ordner „${name}“ lässt sich nicht lesen.`, 'Seinen Namen und die Leserechte prüfen.'],
  }),
  'folder-without-photo': reason('training-data', {
    en: ({ name }: Named) => [`The folder "${name}" holds no picture.`, PHOTOGRAPHS.en],
    de: ({ name }) => [`Im Ordner „${name}“ ist kein Bild.`, PHOTOGRAPHS.de],
  }),
  'no-usable-photo': reason('training-data', {
    en: ({ name, picture }: Named & With<'picture'>) => [
      `The folder "${name}" holds no usable picture; the last one tried, "${picture}", is damaged or too small.`,
      PHOTOGRAPHS.en,
    ],
    de: ({ name, picture }) => [
      `Im Ordner „${name}“ ist kein brauchbares Bild; das zuletzt versuchte, „${picture}“, ist beschädigt oder zu klein.`,
      PHOTOGRAPHS.de,
    ],
  }),
  'mask-folder-unread': reason('training-data', {
    en: ({ name }: Named) => [`The mask folder "${name}" cannot be read.`, MASKS.en],
    de: ({ name }) => [`Der Maskenordner „${name}“ lässt sich nicht lesen.`, MASKS.de],
  }),
  'folder-without-mask': reason('training-data', {
    en: ({ name }: Named) => [`The mask folder "${name}" holds no mask.`, MASKS.en],
    de: ({ name }) => [`Im Maskenordner „${name}“ ist keine Maske.`, MASKS.de],
  }),
  'no-usable-mask': reason('training-data', {
    en: ({ name }: Named) => [`The mask folder "${name}" holds no mask with both hole and known pixels.`, MASKS.en],
    de: ({ name }) => [`Im Maskenordner „${name}“ hat keine Maske sowohl Loch als auch bekannte Pixel.`, MASKS.de],
  }),
  'smaller-than-crops': reason('training-data', {
    en: ({ width, height, side }: With<'width' | 'height' | 'side'>) => [
      `It is ${width} x ${height} pixels, smaller than the crops (${side}).`,
      'Choose a larger picture, or smaller crops.',
    ],
    de: ({ width, height, side }) => [
      `Es hat ${width} × ${height} Pixel und ist damit kleiner als die Ausschnitte (${side}).`,
      'Ein größeres Bild wählen, oder kleinere Ausschnitte.',
    ],
  }),
  'link-to-nothing': reason('file-missing', {
    en: () => ['It is a link to something that is not there.', 'Set the link anew, or delete it.'],
    de: () => ['Es ist eine Verknüpfung mit etwas, das es nicht gibt.', 'Sie neu setzen oder löschen.'],
  }),
  'link-in-a-circle': reason('file-unreadable', {
    en: () => ['It is a link that leads back to itself.', 'Set the link anew, or delete it.'],
    de: () => ['Es ist eine Verknüpfung, die zu sich selbst zurückführt.', 'Sie neu setzen oder löschen.'],
  }),
  'away-unfit': reason('bad-request', {
    en: ({ options }: With<'options'>) => [
      `A run cannot be trained away with these settings: ${options}.`,
      'Leave critics of pictures, adaptive augmentation, discounting (1) and changes of colour out, or train it where Node is.',
    ],
    de: ({ options }) => [
      `Mit diesen Einstellungen lässt sich ein Lauf nicht auswärts trainieren: ${options}.`,
      'Bildkritiker, adaptive Abwandlung, Abschläge (1) und Farbänderungen weglassen, oder dort trainieren, wo Node ist.',
    ],
  }),
  'away-lost': reason('training-data', {
    en: ({ through, said }: With<'through' | 'said'>) => [
      `Nothing came back from "${through}": ${ended(said)}`,
      'See that the machine is reached and has PyTorch 2.4 or later; the run is as it was.',
    ],
    de: ({ through, said }) => [
      `Von „${through}“ kam nichts zurück: ${ended(said)}`,
      'Prüfen, dass der Rechner erreichbar ist und PyTorch ab 2.4 hat; der Lauf ist, wie er war.',
    ],
  }),
  'away-another-run': reason('training-data', {
    en: ({ name }: Named) => [
      `What came back is no later checkpoint of the run "${name}".`,
      'Name what this run’s own pack has brought; the run is as it was.',
    ],
    de: ({ name }) => [
      `Was zurückkam, ist kein späterer Stand des Laufs „${name}“.`,
      'Nennen, was das Paket dieses Laufs gebracht hat; der Lauf ist, wie er war.',
    ],
  }),
  'features-not-fetched': reason('runtime-unavailable', {
    en: ({ command }: With<'command'>) => [
      'The perceptual loss and the critics of learnt features (networks that judge what the fills show) need a feature network that is not on this machine.',
      `Fetch it once with "${command}", or choose a goal without them.`,
    ],
    de: ({ command }) => [
      'Der Wahrnehmungsfehler und die Kritiker gelernter Merkmale (Netze, die beurteilen, was die Füllungen zeigen) brauchen ein Merkmalsnetz, das auf diesem Rechner fehlt.',
      `Einmal mit „${command}“ holen, oder ein Ziel ohne sie wählen.`,
    ],
  }),
  'batch-not-divided': reason('bad-request', {
    en: ({ batch, ranks }: With<'batch' | 'ranks'>) => [
      `A batch of ${batch} pictures cannot be divided among ${ranks} ranks.`,
      'Choose a number of ranks that divides the batch.',
    ],
    de: ({ batch, ranks }) => [
      `${batch} Bilder je Schritt lassen sich nicht auf ${ranks} Ränge verteilen.`,
      'Eine Zahl von Rängen wählen, durch die sich die Bilder je Schritt teilen lassen.',
    ],
  }),
  'machine-big-endian': reason('training-data', {
    en: () => [
      'Batches are little-endian numbers, and this machine is big-endian.',
      'Prepare and train on another machine.',
    ],
    de: () => [
      'Die Zahlen der Trainingsdaten sind little-endian, dieser Rechner aber ist big-endian.',
      'Auf einem anderen Rechner vorbereiten und trainieren.',
    ],
  }),
  'torch-stopped-training': reason('training-data', {
    en: ({ why }: With<'why'>) => [
      `PyTorch stopped training: ${why}`,
      'The last checkpoint is kept: go on from it, or train with another runtime.',
    ],
    de: ({ why }) => [
      `PyTorch hat das Training abgebrochen: ${why}`,
      'Der letzte Stand ist erhalten: von dort weitermachen, oder anderswo rechnen lassen.',
    ],
  }),
  'torch-left-training': reason('training-data', {
    en: () => [
      'The PyTorch process ended while it trained.',
      'The last checkpoint is kept: go on from it, or train with another runtime.',
    ],
    de: () => [
      'Der PyTorch-Prozess endete während des Trainings.',
      'Der letzte Stand ist erhalten: von dort weitermachen, oder anderswo rechnen lassen.',
    ],
  }),
  'nothing-to-go-back-to': reason('training-data', {
    en: () => [
      'Training failed, and there is no checkpoint to go back to.',
      'Start again with a lower rate; log.jsonl in the run’s folder shows how it came to this.',
    ],
    de: () => [
      'Das Training ist gescheitert, und es gibt keinen Stand, zu dem es zurückkehren könnte.',
      'Mit niedrigerer Lernrate neu beginnen; log.jsonl im Ordner des Laufs zeigt, wie es dazu kam.',
    ],
  }),
  'gave-up-not-finite': givenUp('not-finite'),
  'gave-up-generator-exploding': givenUp('generator-exploding'),
  'gave-up-critics-exploding': givenUp('critics-exploding'),
  'gave-up-critics-diverged': givenUp('critics-diverged'),
  'gave-up-generator-diverged': givenUp('generator-diverged'),
  'gave-up-generator-stalled': givenUp('generator-stalled'),
  'gave-up-critics-won': givenUp('critics-won'),
  'gave-up-feature-critics-won': givenUp('feature-critics-won'),
  'gave-up-collapsed': givenUp('collapsed'),
  'gave-up-validation-rising': givenUp('validation-rising'),
};
