import { ended, type Named, reason, type With } from './reason';

/** A project file that is none, or not a whole one. */
const damaged = <P extends Named = Named>(en: (parameters: P) => string, de: (parameters: P) => string) =>
  reason<P>('file-unreadable', {
    en: (parameters) => [
      `The project "${parameters.name}" ${ended(en(parameters))}`,
      'Copy it again from where it came from, or open an older copy of it.',
    ],
    de: (parameters) => [
      `Das Projekt „${parameters.name}“ ${ended(de(parameters))}`,
      'Es noch einmal von dort kopieren, woher es kam, oder eine ältere Fassung öffnen.',
    ],
  });

const OLDER_COPY = {
  en: 'Open an older copy of the project, or the picture itself.',
  de: 'Eine ältere Fassung des Projekts öffnen, oder das Bild selbst.',
};

/** Open documents, what is kept of them, and project files. */
export const documents = {
  'document-closed': reason('document-unknown', {
    en: () => ['This picture is not open any more.', 'Open it again.'],
    de: () => ['Dieses Bild ist nicht mehr offen.', 'Es noch einmal öffnen.'],
  }),
  'nothing-kept': reason('document-unknown', {
    en: () => ['Nothing was kept of this document yet.', 'Change something in it, and save again.'],
    de: () => ['Von diesem Dokument wurde noch nichts behalten.', 'Etwas daran ändern und noch einmal speichern.'],
  }),
  'fill-gone': reason('bad-request', {
    en: () => ['This fill is not there any more.', 'Fill again.'],
    de: () => ['Diese Füllung ist nicht mehr da.', 'Noch einmal füllen.'],
  }),
  'kept-mask-damaged': reason('file-unreadable', {
    en: ({ name }: Named) => [`The mask stored in "${name}" is damaged.`, OLDER_COPY.en],
    de: ({ name }) => [`Die Maske in „${name}“ ist beschädigt.`, OLDER_COPY.de],
  }),
  'kept-hint-damaged': reason('file-unreadable', {
    en: ({ name }: Named) => [`The colour hint stored in "${name}" is damaged.`, OLDER_COPY.en],
    de: ({ name }) => [`Der Farbhinweis in „${name}“ ist beschädigt.`, OLDER_COPY.de],
  }),
  'kept-edit-damaged': reason('file-unreadable', {
    en: ({ name }: Named) => [
      `The edit stored in "${name}" is damaged.`,
      'Run the edit again; the picture itself is not affected.',
    ],
    de: ({ name }) => [
      `Die Bearbeitung in „${name}“ ist beschädigt.`,
      'Sie noch einmal ausführen; das Bild selbst ist nicht betroffen.',
    ],
  }),
  'kept-sources-damaged': reason('file-unreadable', {
    en: () => ['What was kept about where a fill came from is damaged.', 'Fill again.'],
    de: () => ['Was über die Herkunft einer Füllung behalten wurde, ist beschädigt.', 'Noch einmal füllen.'],
  }),
  'project-newer': reason('format-unsupported', {
    en: ({ name, version, most }: Named & With<'version' | 'most'>) => [
      `The project "${name}" was made by a newer Inpaint Studio (format ${version}; this one reads up to ${most}).`,
      'Update Inpaint Studio, or save the project again from the newer one as pictures.',
    ],
    de: ({ name, version, most }) => [
      `Das Projekt „${name}“ stammt von einem neueren Inpaint Studio (Format ${version}; dieses liest bis ${most}).`,
      'Inpaint Studio aktualisieren, oder das Projekt mit dem neueren als Bilder speichern.',
    ],
  }),
  'project-incomplete': damaged(
    () => 'is incomplete, or is no project at all',
    () => 'ist unvollständig oder gar kein Projekt',
  ),
  'project-directory-damaged': damaged(
    () => 'has a damaged directory',
    () => 'hat ein beschädigtes Verzeichnis',
  ),
  'project-too-many-files': damaged(
    ({ files }: Named & With<'files'>) => `holds ${files} files, which is absurd`,
    ({ files }) => `enthält ${files} Dateien, was absurd ist`,
  ),
  'project-locked': damaged(
    () => 'is locked with a password',
    () => 'ist mit einem Passwort verschlossen',
  ),
  'project-unpacks-absurdly': damaged(
    () => 'would unpack to an absurd size',
    () => 'würde entpackt absurd groß',
  ),
  'project-paints-absurdly': damaged(
    () => 'would take an absurd amount of memory for what is painted in it',
    () => 'bräuchte für das, was darin gemalt ist, absurd viel Speicher',
  ),
  'project-part-twice': damaged(
    ({ part }: Named & With<'part'>) => `holds "${part}" twice`,
    ({ part }) => `enthält „${part}“ zweimal`,
  ),
  'project-part-absurd': damaged(
    ({ part }: Named & With<'part'>) => `has a "${part}" of absurd size`,
    ({ part }) => `hat ein absurd großes „${part}“`,
  ),
  'project-part-missing': damaged(
    ({ part }: Named & With<'part'>) => `lacks its part "${part}"`,
    ({ part }) => `hat seinen Teil „${part}“ nicht`,
  ),
  'project-part-damaged': damaged(
    ({ part }: Named & With<'part'>) => `is damaged in its part "${part}"`,
    ({ part }) => `ist in seinem Teil „${part}“ beschädigt`,
  ),
  'project-part-undescribed': damaged(
    ({ part }: Named & With<'part'>) => `does not say what its part "${part}" is`,
    ({ part }) => `sagt nicht, was sein Teil „${part}“ ist`,
  ),
  'project-manifest-damaged': damaged(
    () => 'has a damaged manifest',
    () => 'hat ein beschädigtes Manifest',
  ),
  'project-manifest-foreign': damaged(
    () => 'has no manifest of Inpaint Studio',
    () => 'hat kein Manifest von Inpaint Studio',
  ),
  'project-manifest-wrong': damaged(
    ({ place }: Named & With<'place'>) => `has a manifest that does not make sense at "${place}"`,
    ({ place }) => `hat ein Manifest, das unter „${place}“ keinen Sinn ergibt`,
  ),
  'project-of-other-size': damaged(
    () => 'belongs to a picture of another size',
    () => 'gehört zu einem Bild anderer Größe',
  ),
};
