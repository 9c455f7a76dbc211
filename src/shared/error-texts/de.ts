import { listIn, type ParametersOf, type Reason, type Words } from './en';

const KLEINER = 'Den Teil ausschneiden, an dem gearbeitet wird, oder eine kleinere Fassung öffnen.';

/** The German words for every reason. */
export const de: { readonly [R in Reason]: (parameters: ParametersOf<R>) => Words } = {
  'no-such-file': ({ name }) => ({
    message: `„${name}“ gibt es nicht.`,
    remedy: 'Vielleicht wurde die Datei verschoben, umbenannt oder gelöscht.',
  }),
  'may-not-be-read': ({ name }) => ({
    message: `„${name}“ darf nicht gelesen werden.`,
    remedy: 'Leserechte geben, oder die Datei in einen anderen Ordner kopieren.',
  }),
  'folder-for-picture': ({ name }) => ({
    message: `„${name}“ ist ein Ordner und kein Bild.`,
    remedy: 'Eine Datei darin wählen.',
  }),
  'not-read': ({ name }) => ({
    message: `„${name}“ lässt sich nicht lesen.`,
    remedy: 'Das Laufwerk oder die Verbindung dorthin prüfen.',
  }),
  'file-empty': ({ name }) => ({
    message: `„${name}“ ist leer.`,
    remedy: 'Die Datei noch einmal kopieren oder herunterladen.',
  }),
  'changed-while-opened': ({ name }) => ({
    message: `„${name}“ wurde beim Öffnen von einem anderen Programm geändert.`,
    remedy: 'Noch einmal öffnen.',
  }),
  'no-room-left': ({ name }) => ({
    message: `Für „${name}“ ist kein Platz mehr.`,
    remedy: 'Platz schaffen oder auf einem anderen Laufwerk speichern.',
  }),
  'no-such-folder': ({ name }) => ({
    message: `Den Ordner für „${name}“ gibt es nicht.`,
    remedy: 'Einen anderen Ordner wählen.',
  }),
  'may-not-be-written': ({ name }) => ({
    message: `„${name}“ darf dort nicht geschrieben werden.`,
    remedy: 'Programme schließen, die die Datei verwenden, oder in einem anderen Ordner speichern.',
  }),
  'folder-in-the-way': ({ name }) => ({ message: `„${name}“ ist ein Ordner.`, remedy: 'Einen anderen Namen wählen.' }),
  'name-too-long': ({ name }) => ({ message: `Der Name „${name}“ ist zu lang.`, remedy: 'Einen kürzeren wählen.' }),
  'not-written': ({ name }) => ({
    message: `„${name}“ lässt sich nicht schreiben.`,
    remedy: 'In einem anderen Ordner oder auf einem anderen Laufwerk speichern.',
  }),
  'is-original': ({ name }) => ({
    message: `„${name}“ ist das Original.`,
    remedy: 'Einen anderen Namen wählen, oder sagen, dass es überschrieben werden soll.',
  }),
  'no-memory-to-open': ({ name }) => ({
    message: `Für „${name}“ reicht der Arbeitsspeicher nicht.`,
    remedy: 'Andere Bilder oder Programme schließen, oder eine kleinere Fassung öffnen.',
  }),
  'no-memory-to-write': ({ format }) => ({
    message: `Um das Bild als ${format} zu schreiben, reicht der Arbeitsspeicher nicht.`,
    remedy: 'Andere Bilder oder Programme schließen und noch einmal versuchen.',
  }),
  damaged: ({ name, format }) => ({
    message: `„${name}“ ist beschädigt oder unvollständig: Die Datei beginnt als ${format}, lässt sich aber nicht zu Ende lesen.`,
    remedy: 'Noch einmal kopieren oder herunterladen, oder eine andere Kopie öffnen.',
  }),
  'no-picture': ({ name, others }) => ({
    message: `„${name}“ ist kein Bild in einem bekannten Format.`,
    remedy: `Möglich sind ${listIn('und', others)}; in eines davon umwandeln.`,
  }),
  'unread-kind': ({ name, kind, others }) => ({
    message: `„${name}“ ist ein Bild der Art ${kind}, die hier nicht gelesen wird.`,
    remedy: `Möglich sind ${listIn('und', others)}; in eines davon umwandeln.`,
  }),
  'not-encoded': ({ format, others }) => ({
    message: `Das Bild ließ sich nicht als ${format} schreiben.`,
    remedy: `Als ${listIn('oder', others)} speichern.`,
  }),
  'holds-no-alpha': ({ format, others }) => ({
    message: `Das Bild hat durchsichtige Pixel, und ${format} kennt keine.`,
    remedy: `Als ${listIn('oder', others)} speichern.`,
  }),
  'side-too-long-for-format': ({ format, others, most, width, height }) => ({
    message: `${format} fasst höchstens ${most} Pixel je Seite; das Bild hat ${width} × ${height}.`,
    remedy: `Als ${listIn('oder', others)} speichern.`,
  }),
  'ending-of-another-format': ({ name, format, asked }) => ({
    message: `„${name}“ hat die Endung von ${format}, gewünscht war aber ${asked}.`,
    remedy: 'Den Namen oder das Format ändern.',
  }),
  'file-too-large': ({ name }) => ({ message: `„${name}“ ist größer als 2 GB.`, remedy: KLEINER }),
  'side-too-long': ({ name, width, height, most }) => ({
    message: `„${name}“ hat ${width} × ${height} Pixel; eine Seite darf höchstens ${most} haben.`,
    remedy: KLEINER,
  }),
  'too-many-pixels': ({ name, megapixels, most }) => ({
    message: `„${name}“ hat ${megapixels} Megapixel; die Grenze liegt bei ${most}.`,
    remedy: KLEINER,
  }),
  'features-not-fetched': ({ command }) => ({
    message:
      'Der Wahrnehmungsfehler und die Kritiker gelernter Merkmale brauchen ein Merkmalsnetz, das auf diesem Rechner fehlt.',
    remedy: `Einmal mit „${command}“ holen, oder ein Ziel ohne sie wählen.`,
  }),
};
