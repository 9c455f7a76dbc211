import { listIn } from '../../shared/language';
import { formatLabels } from '../../shared/picture-formats';
import type { Texts } from './en';
import type { messageTexts as master } from './en-messages';

/** German: what is said and asked. */
export const messageTexts: Pick<Texts, keyof typeof master> = {
  empty: {
    title: 'Bild öffnen',
    body: `Hierher ziehen, einfügen oder eine Datei wählen. ${listIn('und', formatLabels().join(', '))}.`,
    sample: 'Beispiel ausprobieren',
    loading: 'Wird geöffnet…',
    cancelLoading: 'Abbrechen',
    loadingRest: 'Das ganze Bild wird gelesen…',
    failed: 'Dieses Bild lässt sich nicht öffnen',
    drop: 'Zum Öffnen loslassen',
  },
  engine: {
    title: 'Das Rechenwerk ist stehen geblieben',
    safe: 'Bild, Gemaltes und Füllungen sind noch da.',
    restarting: 'Es wird neu gestartet.',
    retry: 'Noch einmal',
  },
  saveAs: {
    title: 'Sichern unter',
    format: 'Format',
    sameFormat: (label) => `Wie das Original (${label})`,
    formatName: ({ label, lossless }) => (lossless === 'always' ? `${label}: ohne Verlust` : label),
    quality: 'Qualität',
    qualityLikeOriginal: 'Wie das Original',
    keepMetadata: 'Kameradaten und Beschreibungen behalten',
    keepMetadataHelp: 'EXIF, XMP und IPTC: darunter oft Ort und Kamera. Das Farbprofil bleibt in jedem Fall.',
    lossless: 'Jedes Pixel außerhalb der Füllungen bleibt genau, wie es ist.',
    lossy: 'Dieses Format speichert Bilder mit kleinen Verlusten.',
    confirm: 'Ort wählen…',
    cancel: 'Abbrechen',
  },
  recent: {
    title: 'Zuletzt geöffnet',
    missing: (folder) => `${folder} · nicht mehr da`,
    clear: 'Liste leeren',
  },
  recovery: {
    title: 'Dort weitermachen, wo Sie aufgehört haben?',
    body: (count) =>
      count === 1
        ? 'Das wurde weder gesichert noch zu Ende gefüllt. Es gibt eine Sicherung, bis auf die letzten Sekunden.'
        : 'Das wurde weder gesichert noch zu Ende gefüllt. Es gibt Sicherungen, bis auf die letzten Sekunden.',
    when: (at, edits) =>
      `${at.toLocaleString('de', { dateStyle: 'medium', timeStyle: 'short' })} · ${
        edits === 0 ? 'noch keine Füllung' : edits === 1 ? '1 Füllung' : `${edits} Füllungen`
      }`,
    restore: 'Zurückholen',
    discard: 'Verwerfen',
    later: 'Später entscheiden',
    nothing: 'Es gibt nichts zurückzuholen',
    nothingHelp: 'Alles wurde ordentlich gesichert oder geschlossen.',
  },
  questions: {
    exportLayers: {
      title: 'Wie groß sollen die Ebenen sein?',
      body: 'Jede Füllung wird ein PNG mit Transparenz; eine Liste daneben sagt, wo jedes liegt. So groß wie das Bild liegen sie in jedem Programm von selbst richtig.',
      confirm: 'Auf ihren Inhalt zugeschnitten',
      other: 'So groß wie das Bild',
    },
    discard: (name) => ({
      title: `„${name}“ sichern, bevor es geschlossen wird?`,
      body: 'Die Füllungen sind nicht gesichert und gingen verloren.',
      confirm: 'Ohne Sichern schließen',
      other: 'Sichern…',
    }),
    clearStrip: (names) => ({
      title:
        names.length === 1 ? `Füllungen in „${names[0]}“ verwerfen?` : `Füllungen in ${names.length} Fotos verwerfen?`,
      body: `Sie sind nicht gesichert und gingen verloren: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`,
      confirm: 'Verwerfen',
    }),
    dropped: (name) => ({
      title: `Was ist „${name}“?`,
      body: 'Eine Maske muss so groß sein wie das offene Bild; was darin weiß ist, wird zum Loch.',
      confirm: 'Als Bild öffnen',
      other: 'Als Loch nehmen',
    }),
    cancel: 'Abbrechen',
  },
  notices: {
    region: 'Meldungen',
    dismiss: 'Schließen',
    saved: (name) => `Gesichert als ${name}`,
    copied: 'In die Zwischenablage kopiert',
    savedCopy: (name) => `Die Variante wurde als ${name} gesichert`,
    maskUnderstood: (name) => `So wurde ${name} verstanden`,
    maskEmpty: (name) => `In ${name} ist nichts weiß`,
    maskEmptyHelp: 'Weiß ist das Loch, schwarz bleibt das Bild, wie es ist.',
    hintLost: 'Ohne den Farbhinweis gefüllt',
    hintLostHelp:
      'Eine frühere Version hat das Projekt gespeichert und Hinweise nicht behalten. Sie lassen sich neu malen.',
    pieceNowhere: 'Von dort lässt sich nichts kopieren',
    pieceNowhereHelp: 'Das Stück an eine Stelle im Bild ziehen, außerhalb des Lochs, von der kopiert werden darf.',
    settingsCopied: (name) => `Die Einstellungen von „${name}“ sind kopiert`,
    settingsCopiedHelp: 'Eine andere Füllung wählen und einfügen: Strg+Alt+V.',
    fillUnchanged: (name) => `An „${name}“ hat sich nichts geändert`,
    fillUnchangedHelp:
      'Über ihren Rand malen, eine andere Quelle oder andere Einstellungen wählen; oder mehr Varianten verlangen. Für eine neue Füllung anderswo malen.',
    noMoreVariants: 'Eine weitere Variante dieser Art gibt es nicht',
    noMoreVariantsHelp: 'Alle sind schon in der Reihe. Etwas anderes verändern.',
    missingModels: (name, models) => ({
      title: models.length === 1 ? 'Ein Modell fehlt' : `${models.length} Modelle fehlen`,
      body: `„${name}“ ist vollständig, aber Füllungen mit ${models.join(', ')} lassen sich erst wieder rechnen, wenn das da ist.`,
    }),
    ofFolder: (folder, photos, passedOver, leftOut) => ({
      title:
        photos === 0
          ? `In „${folder}“ ist kein Bild, das sich öffnen lässt`
          : `Nicht alles in „${folder}“ wird gezeigt`,
      body: [
        passedOver.length === 0
          ? ''
          : `In Formaten, die nicht gelesen werden: ${passedOver.slice(0, 8).join(', ')}${passedOver.length > 8 ? ', …' : ''}.`,
        leftOut === 0 ? '' : `Mehr, als ein Filmstreifen fasst: ${leftOut} Dateien.`,
        photos === 0 ? 'In Ordner darin wird nicht hineingesehen; einen davon öffnen.' : '',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    }),
    dragReady: 'Das Ergebnis kann jetzt gezogen werden',
    dragReadyHelp: 'Noch einmal drücken und auf den Desktop oder in ein anderes Programm ziehen.',
    nothingToPaste: 'In der Zwischenablage ist kein Bild',
    nothingToPasteHelp: 'Erst ein Bild kopieren, im Browser oder in einem anderen Programm.',
    engineBack: 'Das Rechenwerk läuft wieder',
    engineBackHelp: 'Nichts ging verloren. Es kann weitergehen.',
  },
  errors: {
    title: 'Etwas ging schief',
    notOpened: 'Das Bild wurde nicht geöffnet',
    maskNotRead: 'Die Maske wurde nicht verwendet',
    maskNotSaved: 'Die Maske wurde nicht gesichert',
    notSaved: 'Es wurde nicht gesichert',
    notDragged: 'Es lässt sich nicht herausziehen',
    notCopied: 'Es wurde nicht kopiert',
    notExported: 'Es wurde nicht exportiert',
    notKept: 'Für den Fall eines Absturzes lässt sich keine Sicherung Ihrer Arbeit schreiben',
    engine: 'Das Rechenwerk antwortet nicht',
    notAPicture: 'Hier lassen sich nur Dateien ablegen',
    holeEmpty: {
      message: 'Noch ist nichts rot übermalt.',
      remedy: 'Mit dem Pinsel übermalen, was verschwinden soll.',
    },
    sourceNowhere: {
      message: 'Es bleibt keine Stelle, von der Muster kommen könnten.',
      remedy: 'Mehr grün außerhalb des Lochs malen oder „Überall erlauben“ wählen.',
    },
  },
  crash: {
    title: 'Das Fenster kann nicht starten',
    body: 'Seine Verbindung zum Programm fehlt. Bitte neu installieren.',
  },
};
