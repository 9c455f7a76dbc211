import { type Named, reason } from './reason';

/** A name in quotes; the system does not always say one. */
const quoted = (name: string | number, nameless: string) => (name === '' ? nameless : `"${name}"`);
const zitiert = (name: string | number, nameless: string) => (name === '' ? nameless : `„${name}“`);

/** Files and folders of any kind. */
export const files = {
  'no-such-file': reason('file-missing', {
    en: ({ name }: Named) => [`There is no file "${name}".`, 'Check whether it was moved, renamed or deleted.'],
    de: ({ name }) => [`„${name}“ gibt es nicht.`, 'Vielleicht wurde die Datei verschoben, umbenannt oder gelöscht.'],
  }),
  'may-not-be-read': reason('file-unreadable', {
    en: ({ name }: Named) => [
      `"${name}" may not be read.`,
      'Give yourself permission to read it, or copy it to another folder.',
    ],
    de: ({ name }) => [
      `„${name}“ darf nicht gelesen werden.`,
      'Leserechte geben, oder die Datei in einen anderen Ordner kopieren.',
    ],
  }),
  'not-read': reason('file-unreadable', {
    en: ({ name }: Named) => [`"${name}" could not be read.`, 'Check the disk or the connection to it.'],
    de: ({ name }) => [`„${name}“ lässt sich nicht lesen.`, 'Das Laufwerk oder die Verbindung dorthin prüfen.'],
  }),
  'may-not-be-used': reason('file-unreadable', {
    en: ({ name }: Named) => [
      `${quoted(name, 'A file')} may not be used: the system forbids it.`,
      'Give yourself permission for it, or use another folder.',
    ],
    de: ({ name }) => [
      `${zitiert(name, 'Eine Datei')} darf nicht verwendet werden: Das System verbietet es.`,
      'Die Rechte dafür geben, oder einen anderen Ordner verwenden.',
    ],
  }),
  'too-many-files-open': reason('file-unreadable', {
    en: ({ name }: Named) => [
      `${quoted(name, 'A file')} could not be opened: too many files are open.`,
      'Close other programs and try again.',
    ],
    de: ({ name }) => [
      `${zitiert(name, 'Eine Datei')} ließ sich nicht öffnen: Es sind zu viele Dateien offen.`,
      'Andere Programme schließen und es noch einmal versuchen.',
    ],
  }),
  'trouble-with-file': reason('file-unreadable', {
    en: ({ name }: Named) => [
      `The computer reports trouble with ${quoted(name, 'a file')}.`,
      'Check the disk or the connection to it, and try again.',
    ],
    de: ({ name }) => [
      `Der Computer meldet Schwierigkeiten mit ${zitiert(name, 'einer Datei')}.`,
      'Das Laufwerk oder die Verbindung dorthin prüfen, und es noch einmal versuchen.',
    ],
  }),
  'no-regular-file': reason('file-unreadable', {
    en: ({ name }: Named) => [`"${name}" is no file, but a pipe or a device.`, 'Choose a file.'],
    de: ({ name }) => [`„${name}“ ist keine Datei, sondern eine Pipe oder ein Gerät.`, 'Eine Datei wählen.'],
  }),
  'file-empty': reason('file-unreadable', {
    en: ({ name }: Named) => [`"${name}" is empty.`, 'Copy or download it again.'],
    de: ({ name }) => [`„${name}“ ist leer.`, 'Die Datei noch einmal kopieren oder herunterladen.'],
  }),
  'changed-while-opened': reason('file-unreadable', {
    en: ({ name }: Named) => [`"${name}" was changed by another program while it was being opened.`, 'Open it again.'],
    de: ({ name }) => [`„${name}“ wurde beim Öffnen von einem anderen Programm geändert.`, 'Noch einmal öffnen.'],
  }),
  'no-room-left': reason('disk-full', {
    en: ({ name }: Named) => [`There is no room left to write "${name}".`, 'Free some space or save to another disk.'],
    de: ({ name }) => [
      `Für „${name}“ ist kein Platz mehr.`,
      'Platz schaffen oder auf einem anderen Laufwerk speichern.',
    ],
  }),
  'no-such-folder': reason('file-not-writable', {
    en: ({ name }: Named) => [`The folder for "${name}" does not exist.`, 'Choose another folder.'],
    de: ({ name }) => [`Den Ordner für „${name}“ gibt es nicht.`, 'Einen anderen Ordner wählen.'],
  }),
  'may-not-be-written': reason('file-not-writable', {
    en: ({ name }: Named) => [
      `"${name}" may not be written there.`,
      'Close other programs that use the file, or save to another folder.',
    ],
    de: ({ name }) => [
      `„${name}“ darf dort nicht geschrieben werden.`,
      'Programme schließen, die die Datei verwenden, oder in einem anderen Ordner speichern.',
    ],
  }),
  'folder-in-the-way': reason('file-not-writable', {
    en: ({ name }: Named) => [`"${name}" is a folder.`, 'Choose another name.'],
    de: ({ name }) => [`„${name}“ ist ein Ordner.`, 'Einen anderen Namen wählen.'],
  }),
  'name-too-long': reason('file-not-writable', {
    en: ({ name }: Named) => [`"${name}" is too long a name.`, 'Choose a shorter one.'],
    de: ({ name }) => [`Der Name „${name}“ ist zu lang.`, 'Einen kürzeren wählen.'],
  }),
  'not-written': reason('file-not-writable', {
    en: ({ name }: Named) => [`"${name}" could not be written.`, 'Save to another folder or disk.'],
    de: ({ name }) => [
      `„${name}“ lässt sich nicht schreiben.`,
      'In einem anderen Ordner oder auf einem anderen Laufwerk speichern.',
    ],
  }),
  'is-original': reason('file-not-writable', {
    en: ({ name }: Named) => [
      `"${name}" is the original picture.`,
      'Choose another name, or say that the original is to be overwritten.',
    ],
    de: ({ name }) => [
      `„${name}“ ist das Original.`,
      'Einen anderen Namen wählen, oder sagen, dass es überschrieben werden soll.',
    ],
  }),
  'folder-taken': reason('bad-request', {
    en: ({ name }: Named) => [`"${name}" is there already.`, 'Name a folder that does not exist yet; it is made.'],
    de: ({ name }) => [`„${name}“ ist schon da.`, 'Einen Ordner nennen, den es noch nicht gibt; er wird angelegt.'],
  }),
  'no-scratch-folder': reason('file-not-writable', {
    en: ({ name }: Named) => [
      `Nothing can be written to the folder for temporary files, "${name}".`,
      'Make room there, or name another folder in TMPDIR (on Windows in TEMP).',
    ],
    de: ({ name }) => [
      `In den Ordner für temporäre Dateien, „${name}“, lässt sich nichts schreiben.`,
      'Dort Platz schaffen, oder in TMPDIR (unter Windows in TEMP) einen anderen Ordner nennen.',
    ],
  }),
  'folder-not-written': reason('file-not-writable', {
    en: ({ name }: Named) => [
      `The folder "${name}" could not be written.`,
      'Choose another folder, or make room on the disk.',
    ],
    de: ({ name }) => [
      `Der Ordner „${name}“ lässt sich nicht schreiben.`,
      'Einen anderen Ordner wählen, oder auf dem Laufwerk Platz schaffen.',
    ],
  }),
};
