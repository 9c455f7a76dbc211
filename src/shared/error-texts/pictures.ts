import { listIn } from '../language';
import { type Named, reason, type With } from './reason';

type Format = Readonly<{ format: string }>;
/** `others`: labels of formats, joined by commas. */
type Others = Readonly<{ others: string }>;
type Sized = Readonly<{ width: number; height: number }>;
type Most = Readonly<{ most: number }>;

const CONVERT = {
  en: (others: string) => `Pictures can be ${listIn('and', others)}; convert it to one of these.`,
  de: (others: string) => `Möglich sind ${listIn('und', others)}; in eines davon umwandeln.`,
};
const SAVE_AS = {
  en: (others: string) => `Save it as ${listIn('or', others)}.`,
  de: (others: string) => `Als ${listIn('oder', others)} speichern.`,
};
const ANOTHER_PROGRAM = {
  en: 'Open it in another program and save it from there as PNG or TIFF, or open a smaller version of it.',
  de: 'In einem anderen Programm öffnen und von dort als PNG oder TIFF speichern, oder eine kleinere Fassung öffnen.',
};
const SMALLER = {
  en: 'Cut the part to be worked on out of it, or open a smaller version.',
  de: 'Den Teil ausschneiden, an dem gearbeitet wird, oder eine kleinere Fassung öffnen.',
};

/** Picture files: their formats and their sizes. */
export const pictures = {
  'folder-for-picture': reason('file-unreadable', {
    en: ({ name }: Named) => [`"${name}" is a folder, not a picture.`, 'Choose a file inside it.'],
    de: ({ name }) => [`„${name}“ ist ein Ordner und kein Bild.`, 'Eine Datei darin wählen.'],
  }),
  'no-memory-to-open': reason('out-of-memory', {
    en: ({ name }: Named) => [
      `There is not enough memory for "${name}".`,
      'Close other pictures or programs, or open a smaller version of it.',
    ],
    de: ({ name }) => [
      `Für „${name}“ reicht der Arbeitsspeicher nicht.`,
      'Andere Bilder oder Programme schließen, oder eine kleinere Fassung öffnen.',
    ],
  }),
  'no-memory-to-write': reason('out-of-memory', {
    en: ({ format }: Format) => [
      `There is not enough memory to write the picture as ${format}.`,
      'Close other pictures or programs and try again.',
    ],
    de: ({ format }) => [
      `Um das Bild als ${format} zu schreiben, reicht der Arbeitsspeicher nicht.`,
      'Andere Bilder oder Programme schließen und noch einmal versuchen.',
    ],
  }),
  damaged: reason('file-unreadable', {
    en: ({ name, format }: Named & Format) => [
      `"${name}" is damaged or incomplete: it begins as ${format}, but can't be decoded to its end.`,
      'Copy or download it again, or open another copy.',
    ],
    de: ({ name, format }) => [
      `„${name}“ ist beschädigt oder unvollständig: Die Datei beginnt als ${format}, lässt sich aber nicht zu Ende lesen.`,
      'Noch einmal kopieren oder herunterladen, oder eine andere Kopie öffnen.',
    ],
  }),
  'decoding-too-slow': reason('file-unreadable', {
    en: ({ name, seconds }: Named & With<'seconds'>) => [
      `"${name}" was not decoded after ${seconds} seconds, far more than its size calls for, and was given up.`,
      ANOTHER_PROGRAM.en,
    ],
    de: ({ name, seconds }) => [
      `„${name}“ war nach ${seconds} Sekunden nicht gelesen, viel mehr, als die Größe verlangt, und wurde aufgegeben.`,
      ANOTHER_PROGRAM.de,
    ],
  }),
  'decoding-takes-memory': reason('out-of-memory', {
    en: ({ name, gigabytes }: Named & With<'gigabytes'>) => [
      `Decoding "${name}" took more than ${gigabytes} GiB of memory and was given up.`,
      ANOTHER_PROGRAM.en,
    ],
    de: ({ name, gigabytes }) => [
      `„${name}“ zu lesen nahm mehr als ${gigabytes} GiB Arbeitsspeicher und wurde aufgegeben.`,
      ANOTHER_PROGRAM.de,
    ],
  }),
  'decoder-ended': reason('file-unreadable', {
    en: ({ name, how }: Named & With<'how'>) => [
      `The process that decodes pictures ended over "${name}" (${how}).`,
      ANOTHER_PROGRAM.en,
    ],
    de: ({ name, how }) => [`Der Prozess, der Bilder liest, endete bei „${name}“ (${how}).`, ANOTHER_PROGRAM.de],
  }),
  'decoder-not-started': reason('internal', {
    en: ({ how }: With<'how'>) => [
      `The process that decodes pictures could not be started (${how}).`,
      'Make sure that there is memory and room in the folder for temporary files, and try again.',
    ],
    de: ({ how }) => [
      `Der Prozess, der Bilder liest, ließ sich nicht starten (${how}).`,
      'Prüfen, ob Speicher und im Ordner für temporäre Dateien Platz frei ist, und noch einmal versuchen.',
    ],
  }),
  'no-picture': reason('format-unsupported', {
    en: ({ name, others }: Named & Others) => [`"${name}" is not a picture of a known kind.`, CONVERT.en(others)],
    de: ({ name, others }) => [`„${name}“ ist kein Bild in einem bekannten Format.`, CONVERT.de(others)],
  }),
  'unread-kind': reason('format-unsupported', {
    en: ({ name, kind, others }: Named & Others & { readonly kind: string }) => [
      `"${name}" is a picture of kind ${kind}, which can't be read.`,
      CONVERT.en(others),
    ],
    de: ({ name, kind, others }) => [
      `„${name}“ ist ein Bild der Art ${kind}, die hier nicht gelesen wird.`,
      CONVERT.de(others),
    ],
  }),
  'not-encoded': reason('format-unsupported', {
    en: ({ format, others }: Format & Others) => [`The picture could not be encoded as ${format}.`, SAVE_AS.en(others)],
    de: ({ format, others }) => [`Das Bild ließ sich nicht als ${format} schreiben.`, SAVE_AS.de(others)],
  }),
  'would-lose-pages': reason('file-not-writable', {
    en: ({ name, pages }: Named & Readonly<{ pages: number }>) => [
      `"${name}" has ${pages} pages or frames, of which only the first would be left.`,
      'Save it under another name.',
    ],
    de: ({ name, pages }) => [
      `„${name}“ hat ${pages} Seiten oder Bilder, von denen nur das erste übrig bliebe.`,
      'Unter einem anderen Namen speichern.',
    ],
  }),
  'holds-no-alpha': reason('format-unsupported', {
    en: ({ format, others }: Format & Others) => [
      `The picture has transparent pixels, which ${format} can't hold.`,
      SAVE_AS.en(others),
    ],
    de: ({ format, others }) => [`Das Bild hat durchsichtige Pixel, und ${format} kennt keine.`, SAVE_AS.de(others)],
  }),
  'side-too-long-for-format': reason('format-unsupported', {
    en: ({ format, others, most, width, height }: Format & Others & Most & Sized) => [
      `${format} holds at most ${most} pixels a side; the picture has ${width} x ${height}.`,
      SAVE_AS.en(others),
    ],
    de: ({ format, others, most, width, height }) => [
      `${format} fasst höchstens ${most} Pixel je Seite; das Bild hat ${width} × ${height}.`,
      SAVE_AS.de(others),
    ],
  }),
  'psd-without-picture': reason('format-unsupported', {
    en: ({ name }: Named) => [
      `"${name}" holds layers alone, without what they show together.`,
      'Save it again with “Maximise compatibility”, or export it as PNG or TIFF.',
    ],
    de: ({ name }) => [
      `„${name}“ enthält nur Ebenen und nicht, was sie zusammen zeigen.`,
      'Noch einmal mit „Kompatibilität maximieren“ sichern, oder als PNG oder TIFF exportieren.',
    ],
  }),
  'psd-too-large': reason('format-unsupported', {
    en: ({ most }: Most) => [
      `A Photoshop file holds at most ${most} pixels a side and 2 GB.`,
      'Export the layers as OpenRaster or as PNGs.',
    ],
    de: ({ most }) => [
      `Eine Photoshop-Datei fasst höchstens ${most} Pixel je Seite und 2 GB.`,
      'Die Ebenen als OpenRaster oder als PNGs exportieren.',
    ],
  }),
  'ending-of-another-format': reason('bad-request', {
    en: ({ name, format, asked }: Named & Format & { readonly asked: string }) => [
      `"${name}" has the ending of a ${format} file, but ${asked} was asked for.`,
      'Change the name or the format.',
    ],
    de: ({ name, format, asked }) => [
      `„${name}“ hat die Endung von ${format}, gewünscht war aber ${asked}.`,
      'Den Namen oder das Format ändern.',
    ],
  }),
  'file-too-large': reason('picture-too-large', {
    en: ({ name }: Named) => [`"${name}" is larger than 2 GB.`, SMALLER.en],
    de: ({ name }) => [`„${name}“ ist größer als 2 GB.`, SMALLER.de],
  }),
  'side-too-long': reason('picture-too-large', {
    en: ({ name, width, height, most }: Named & Sized & Most) => [
      `"${name}" has ${width} x ${height} pixels; a side can have at most ${most}.`,
      SMALLER.en,
    ],
    de: ({ name, width, height, most }) => [
      `„${name}“ hat ${width} × ${height} Pixel; eine Seite darf höchstens ${most} haben.`,
      SMALLER.de,
    ],
  }),
  'too-many-pixels': reason('picture-too-large', {
    en: ({ name, megapixels, most }: Named & Most & { readonly megapixels: number }) => [
      `"${name}" has ${megapixels} megapixels; the limit is ${most}.`,
      SMALLER.en,
    ],
    de: ({ name, megapixels, most }) => [
      `„${name}“ hat ${megapixels} Megapixel; die Grenze liegt bei ${most}.`,
      SMALLER.de,
    ],
  }),
};
