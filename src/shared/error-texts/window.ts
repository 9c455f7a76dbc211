import { type Named, reason, type With } from './reason';

/** What the program's main process and its windows refuse. */
export const window = {
  'stranger-refused': reason('bad-request', {
    en: ({ channel }: With<'channel'>) => [
      `"${channel}" was called from outside the program's own window.`,
      'Use the window that the program opened.',
    ],
    de: ({ channel }) => [
      `„${channel}“ wurde von außerhalb des programmeigenen Fensters gerufen.`,
      'Das Fenster verwenden, das vom Programm geöffnet wurde.',
    ],
  }),
  'not-recent-any-more': reason('file-missing', {
    en: () => ['The file is not in the list of recent files any more.', 'Open it by its place.'],
    de: () => ['Die Datei steht nicht mehr in der Liste der zuletzt geöffneten.', 'Sie von ihrem Ort aus öffnen.'],
  }),
  'path-not-full': reason('bad-request', {
    en: () => ['A picture is opened by its full path.', 'Name its folder, too.'],
    de: () => ['Ein Bild wird mit seinem vollen Pfad geöffnet.', 'Auch seinen Ordner nennen.'],
  }),
  'nothing-to-write-over': reason('file-not-writable', {
    en: ({ name }: Named) => [
      `"${name}" has no file that could be written over.`,
      'Use Save As and choose a place for it.',
    ],
    de: ({ name }) => [
      `„${name}“ hat keine Datei, die überschrieben werden könnte.`,
      '„Sichern unter“ verwenden und einen Ort wählen.',
    ],
  }),
  'not-agreed': reason('file-not-writable', {
    en: ({ name }: Named) => [`Nobody has agreed that "${name}" is written over.`, 'Use Save As and choose a place.'],
    de: ({ name }) => [
      `Niemand hat zugestimmt, „${name}“ zu überschreiben.`,
      '„Sichern unter“ verwenden und einen Ort wählen.',
    ],
  }),
  'project-is-picture': reason('file-not-writable', {
    en: ({ name }: Named) => [`"${name}" is the picture itself.`, 'Choose another name for the project.'],
    de: ({ name }) => [`„${name}“ ist das Bild selbst.`, 'Einen anderen Namen für das Projekt wählen.'],
  }),
  'not-copied': reason('out-of-memory', {
    en: ({ name }: Named) => [
      `"${name}" does not fit on the clipboard.`,
      'Save it to a file, and open that in the other program.',
    ],
    de: ({ name }) => [
      `„${name}“ passt nicht in die Zwischenablage.`,
      'In eine Datei sichern und diese im anderen Programm öffnen.',
    ],
  }),
  'result-came': reason('file-not-writable', {
    en: ({ name }: Named) => [
      `"${name}" has come into the folder meanwhile.`,
      'Fill all once more: you are asked what is to become of what is there.',
    ],
    de: ({ name }) => [
      `„${name}“ ist inzwischen in den Ordner gekommen.`,
      'Noch einmal alle füllen: dann wird gefragt, was mit Vorhandenem geschehen soll.',
    ],
  }),
  'is-picture-or-project': reason('file-not-writable', {
    en: ({ name }: Named) => [`"${name}" is the picture or the project itself.`, 'Choose another name.'],
    de: ({ name }) => [`„${name}“ ist das Bild oder das Projekt selbst.`, 'Einen anderen Namen wählen.'],
  }),
  'not-chosen-here': reason('bad-request', {
    en: () => ['This file or folder was not chosen here.', 'Choose it again.'],
    de: () => ['Diese Datei oder dieser Ordner wurde nicht hier gewählt.', 'Noch einmal wählen.'],
  }),
  'not-dropped-here': reason('bad-request', {
    en: ({ name }: Named) => [
      `"${name}" cannot be read as it was dropped.`,
      'Drop one file that is still there, not a folder; or open it by its place.',
    ],
    de: ({ name }) => [
      `„${name}“ lässt sich nicht so lesen, wie es abgelegt wurde.`,
      'Eine Datei ablegen, die noch da ist, keinen Ordner; oder sie von ihrem Ort aus öffnen.',
    ],
  }),
  'work-gone': reason('document-unknown', {
    en: () => ['This work is not there any more.', 'It was restored or discarded already.'],
    de: () => ['Diese Arbeit ist nicht mehr da.', 'Sie wurde schon wiederhergestellt oder verworfen.'],
  }),
  'import-under-way': reason('bad-request', {
    en: () => ['Another model is being imported.', 'Wait for it, or cancel it.'],
    de: () => ['Es wird schon ein Modell importiert.', 'Darauf warten, oder es abbrechen.'],
  }),
  'tile-broken': reason('internal', {
    en: () => ['The engine sent a broken part of the picture.', 'Open the picture again.'],
    de: () => ['Das Rechenwerk hat einen kaputten Bildteil geschickt.', 'Das Bild noch einmal öffnen.'],
  }),
  'kept-does-not-fit': reason('bad-request', {
    en: () => [
      'What was kept of this document does not fit the picture.',
      'Open the picture itself; its edits cannot be used.',
    ],
    de: () => [
      'Was von diesem Dokument behalten wurde, passt nicht zum Bild.',
      'Das Bild selbst öffnen; die Füllungen sind nicht verwendbar.',
    ],
  }),
  'engine-left-fill': reason('engine-stopped', {
    en: () => ['The engine stopped during the fill.', 'It is being started again; then press Fill once more.'],
    de: () => [
      'Das Rechenwerk blieb während der Füllung stehen.',
      'Es wird neu gestartet; danach noch einmal auf Füllen drücken.',
    ],
  }),
};
