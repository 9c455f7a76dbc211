import type { Reports } from './report-words';

const sureOfFile = (file: string, otherwise: string) => (file === '' ? otherwise : `„${file}“`);

/** What went wrong in another process, by the error's code: what happened, and what helps. */
export const deReports: Reports = {
  'bad-request': { message: () => 'Das ist so nicht möglich.', remedy: '' },
  'disk-full': {
    message: (file) => `Für ${sureOfFile(file, 'die Datei')} ist kein Platz mehr.`,
    remedy: 'Platz schaffen oder auf einem anderen Laufwerk speichern.',
  },
  'document-unknown': { message: () => 'Dieses Bild ist nicht mehr offen.', remedy: 'Noch einmal öffnen.' },
  'engine-stopped': { message: () => 'Das Rechenwerk ist stehen geblieben.', remedy: 'Es wird neu gestartet.' },
  'file-missing': {
    message: (file) => `${sureOfFile(file, 'Die Datei')} gibt es nicht.`,
    remedy: 'Vielleicht wurde sie verschoben oder umbenannt.',
  },
  'file-not-writable': {
    message: (file) => `${sureOfFile(file, 'Die Datei')} lässt sich nicht schreiben.`,
    remedy: 'Einen anderen Ordner oder Namen wählen.',
  },
  'file-unreadable': {
    message: (file) => `${sureOfFile(file, 'Die Datei')} lässt sich nicht lesen.`,
    remedy: 'Sie ist beschädigt oder unvollständig; eine andere Kopie öffnen.',
  },
  'format-unsupported': {
    message: (file) => `Das Format von ${sureOfFile(file, 'dieser Datei')} geht hier nicht.`,
    remedy: '',
  },
  'hole-empty': {
    message: () => 'Noch ist nichts rot markiert.',
    remedy: 'Mit dem Pinsel übermalen, was verschwinden soll.',
  },
  'hole-everything': {
    message: () => 'Das Loch nimmt das ganze Bild ein.',
    remedy: 'Etwas vom Bild übrig lassen, aus dem gefüllt werden kann.',
  },
  internal: { message: () => 'Ein Fehler im Programm.', remedy: 'Bitte melden, mit dem, was davor getan wurde.' },
  'mask-size-mismatch': {
    message: () => 'Die Maske ist nicht so groß wie das Bild.',
    remedy: 'Eine Maske in der Größe des Bildes verwenden.',
  },
  'model-broken': {
    message: (file) => `Das Modell ${file === '' ? '' : `„${file}“ `}ist beschädigt oder passt nicht hierher.`,
    remedy: 'Ein anderes Modell wählen.',
  },
  'model-unknown': { message: () => 'Dieses Modell ist nicht installiert.', remedy: 'Ein anderes Modell wählen.' },
  'out-of-memory': {
    message: () => 'Der Arbeitsspeicher reicht nicht.',
    remedy: 'Andere Programme schließen, oder eine kleinere Arbeitsgröße wählen.',
  },
  'picture-too-large': { message: () => 'Das Bild ist zu groß.', remedy: 'Eine kleinere Fassung öffnen.' },
  'runtime-unavailable': { message: () => 'Es gibt nichts, womit gerechnet werden kann.', remedy: '' },
  'line-in-hole': {
    message: () => 'Eine Linie endet im Loch oder außerhalb des Bildes.',
    remedy: 'Sie von einer Seite des Lochs zur anderen ziehen: Beide Enden müssen auf Pixeln liegen, die bleiben.',
  },
  'source-too-small': {
    message: () => 'Es bleibt keine Stelle, aus der kopiert werden kann.',
    remedy: 'Außerhalb des Lochs mehr grün markieren.',
  },
  'training-data': { message: () => 'Mit diesen Bildern lässt sich nicht trainieren.', remedy: '' },
  inParticular: (message) => `Genauer (auf Englisch): ${message}`,
};
