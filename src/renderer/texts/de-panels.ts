import type { Texts } from './en';
import type { panelTexts as master } from './en-panels';

/** German: what stands around the picture. */
export const panelTexts: Pick<Texts, keyof typeof master> = {
  window: {
    toolRail: 'Werkzeuge',
    toolOptions: 'Werkzeugeinstellungen',
    canvas: 'Bild',
    canvasHelp:
      'Mit dem Zeiger malen. Mausrad: Größe. Leertaste oder mittlere Taste: verschieben. Mit der Tastatur: Pfeiltasten bewegen ein Kreuz, die Leertaste drückt es und lässt es los.',
    keyPointer: (x, y, pressed) => `${x}, ${y}${pressed ? ', gedrückt' : ''}`,
    panel: 'Quelle, Modell und Füllungen',
    status: 'Status',
    more: 'Mehr',
    theme: 'Farben',
    interfaceScale: 'Größe der Oberfläche',
    language: 'Sprache',
    unsaved: 'nicht gesichert',
    tipSize: 'Größe',
    hardness: 'Härte',
    percent: (value) => `${value} %`,
    penPressure: 'Stiftdruck',
    penPressureHelp: 'Leichter Druck mit dem Stift macht die Spitze kleiner',
    pixels: 'px',
    zoom: 'Vergrößerung',
    minimap: 'Übersicht',
    minimapHelp: 'Ziehen oder die Pfeiltasten verwenden, um das Bild zu verschieben.',
  },
  compare: {
    before: 'Vorher',
    after: 'Nachher',
    line: 'Linie zwischen beiden Bildern',
    lineAt: (left, percent, right) => `${left} ${percent} %, ${right} ${100 - percent} %`,
    difference: (one, other) => `Unterschied: ${one} / ${other}`,
  },
  canvas: {
    sides: { left: 'Links', top: 'Oben', right: 'Rechts', bottom: 'Unten' },
    side: (side: string) => `${side}: was zur Leinwand dazukommt; unter 0 wird abgeschnitten`,
    unit: 'Einheit',
    aspect: 'Seitenverhältnis',
    anyAspect: 'Beliebig',
    size: (width: number, height: number) => `${width} × ${height} px`,
    handle: (sides: string) => `Rand der Leinwand: ${sides}. Pfeiltasten verschieben ihn, mit Umschalt um 10 Pixel.`,
  },
  mask: {
    title: 'Maske',
    target: 'Was markiert wird',
    targets: {
      hole: { title: 'Loch', help: 'Flächen markieren, was verschwinden soll' },
      include: { title: 'Nehmen', help: 'Flächen markieren, woher Muster kommen dürfen' },
      exclude: { title: 'Meiden', help: 'Flächen markieren, woher Muster nicht kommen dürfen' },
    },
    feather: 'Weicher Rand',
    featherHelp:
      'Im Loch geht die Füllung über so viele Pixel in das über, was dort war. Außerhalb ändert sich nichts.',
    featherOfTip: (pixels) => `${pixels} px von der weichen Spitze`,
    growth: 'Pixel zum Erweitern oder Verkleinern',
    tolerance: 'Toleranz',
    objectBy: 'Woran das Objekt erkannt wird',
    objectMarks: {
      box: { title: 'Kasten', help: 'Einen Kasten darum ziehen' },
      strokes: { title: 'Striche', help: 'Darauf streichen, und mit Alt daneben' },
    },
    contiguous: 'Nur verbunden',
  },
  hint: {
    title: 'Farbhinweis',
    colour: 'Farbe',
    hardness: 'Härte',
    opacity: 'Deckkraft',
    erase: 'Radieren',
    clear: 'Löschen',
    strength: 'Hinweis hält',
    strengthHelp: 'Wie genau die Füllung den gemalten Farben folgt; 0 beachtet sie nicht',
    noHole: 'Zuerst ein Loch malen: Hinweise zählen nur darin',
    noCoarse: 'Dieses Modell hat keine grobe Füllung und nimmt daher keinen Farbhinweis an',
    painted: 'Farben sind gemalt',
    none: 'Keine Farben gemalt',
  },
  panels: {
    source: 'Woher Muster kommen',
    sourceAll: 'überall',
    sourcePart: 'gemalt',
    sourceEverywhere: 'Überall außerhalb des Lochs',
    sourceIncluded: 'Nur aus der grünen Fläche',
    sourceExcluded: 'Überall außer der gelben Fläche',
    sourceBoth: 'Nur aus der grünen, nie aus der gelben Fläche',
    useThis: 'Nehmen…',
    avoidThis: 'Meiden…',
    useEverywhere: 'Überall erlauben',
    ring: 'Ring',
    side: 'Gleiche Seite',
    ringWidth: 'Ringbreite',
    freshOnly: 'Nicht aus früheren Füllungen',
    model: 'Modell',
    aboutModel: 'Über dieses Modell',
    modelMissing: 'Kein Modell gefunden',
    modelsLoading: 'Modelle werden gesucht…',
    modelOrigin: (licence, source, commercial) =>
      `Importiert. Lizenz: ${licence || 'nicht angegeben'}. Quelle: ${source || 'nicht angegeben'}. ${
        commercial ? 'Laut Angabe gewerblich nutzbar.' : 'Nicht als gewerblich nutzbar gekennzeichnet.'
      }`,
    modelSourceByDetail: 'Es kennt selbst keine Quelle; der Detailschritt hält sich daran.',
    quality: 'Qualität',
    qualities: {
      256: { title: 'Rasch', help: 'Rechnet mit 256 Pixeln: für einen ersten Eindruck' },
      384: { title: 'Gut', help: 'Rechnet mit 384 Pixeln' },
      512: { title: 'Beste', help: 'Rechnet mit 512 Pixeln: die feinste Struktur, dauert am längsten' },
    },
    detail: 'Details',
    detailHelp: 'Wie viel Korn und Struktur der Quelle die Füllung bekommt; 0 ist das Netz allein',
    memory: 'Speicher',
    memoryHelp: 'So viel darf eine Füllung höchstens brauchen; was mehr braucht, wird gröber, und das wird gesagt',
    memoryFree: 'Was frei ist',
    memoryOf: (gigabytes) => `${gigabytes} GB`,
    divider: 'Höhe der Füllungen',
    edits: 'Füllungen',
    dragOut: 'Ergebnis herausziehen',
    dragOutHelp:
      'Auf den Desktop oder in ein anderes Programm: Es bekommt das Bild mit seinen sichtbaren Füllungen, als Datei im Format des Fotos',
    noEdits: 'Hier erscheint jede Füllung. Man kann sie ausblenden, zurücknehmen und mit der nächsten weitermachen.',
    edit: (number) => `Füllung ${number}`,
    editDetail: (width, height, seconds) => `${width} × ${height} px · ${inSeconds(seconds)} s`,
    show: (number) => `Füllung ${number} einblenden`,
    hide: (number) => `Füllung ${number} ausblenden`,
  },
  manner: {
    title: 'Wie gefüllt wird',
    remove: {
      title: 'Entfernen',
      help: 'Etwas soll verschwinden: Das Loch wird mit großen Stücken des Fotos gefüllt.',
    },
    restore: {
      title: 'Wiederherstellen',
      help: 'Etwas soll wiederkommen (Kratzer, Striche durch ein Gesicht): Das Netz füllt, das Foto gibt seine Körnung dazu.',
    },
  },
  fill: {
    turn: (index, total) => `${index + 1} von ${total}`,
    stages: {
      preparing: 'Vorbereitung',
      coarse: 'Grobe Füllung',
      refining: 'Verfeinerung',
      blending: 'Einpassen',
      detail: 'Details',
    },
    leftOver: {
      rim: (pixels) => `Rand übrig: ${pixels} px`,
      shadow: (pixels) => `Schatten übrig: ${pixels} px`,
    },
    grow: 'Erweitern',
    cutting: 'Die Stücke werden neu geschnitten',
    preparing: 'Die Stücke liegen nicht bereit und werden neu vorbereitet',
    waiting: 'Das ist die grobe Füllung. Jetzt Farben hineinmalen oder sie weiterlaufen lassen.',
    refine: 'Verfeinern',
    cancelling: 'Wird angehalten…',
    cancelled: 'Abgebrochen. Das Bild ist wie zuvor.',
    done: (seconds) => `Fertig nach ${inSeconds(seconds)} s`,
    reduced:
      'Der Speicher reichte nicht für alles, deshalb ist die Füllung gröber. Andere Programme schließen, mehr Speicher erlauben oder kleinere Teile füllen.',
    secondsLeft: (seconds) =>
      seconds < 1.5
        ? 'noch etwa eine Sekunde'
        : seconds < 90
          ? `noch etwa ${Math.round(seconds)} s`
          : `noch etwa ${Math.round(seconds / 60)} min`,
    progress: 'Fortschritt der Füllung',
    nothingPainted: 'Zuerst etwas übermalen',
    editing: (name) => `Bearbeitet: ${name}`,
    newFill: 'Neue Füllung',
    editingHelp: 'Am Rand malen erweitert; anderswo: neue',
    again: (name) => `Macht „${name}“ neu, wie jetzt gemalt und eingestellt`,
    sourceSmall: 'Die Quelle ist sehr klein: mehr grün malen oder überall erlauben',
    engineAway: 'Warten auf das Rechenwerk',
    dismiss: 'Diese Meldung schließen',
  },
  inspect: {
    noFill: 'Noch ist nichts gefüllt',
    pointAtFill: 'Auf eine Füllung zeigen',
    unknown: (number) => `Füllung ${number}: ohne Details`,
    unknownHelp: 'Nur die Detailstufe kopiert aus dem Bild. Details erhöhen und neu füllen, um zu sehen, woher.',
    known: (number, distance, x, y) => `Füllung ${number}: von ${x}, ${y} (${distance} px)`,
    fromNetwork: (number) => `Füllung ${number}: hier vom Netz selbst`,
    fromNetworkHelp: 'Für diese Stelle gab es kein passendes Stück des Fotos.',
    piece: (number, distance, x, y) => `Füllung ${number}, ein Stück: von ${x}, ${y} (${distance} px)`,
    pieceHelp: 'Anklicken hält es. Es selbst oder seine Herkunft ziehen holt es von woanders; die Nähte folgen.',
    knownHelp: 'Woher kopiert wurde, und wie weit weg das ist. Klicken: nicht von dort, und neu füllen.',
    legend: 'Farben des Flusses',
    direction: 'Farbton: Richtung der Quelle',
    distance: (reach) => `Blass: nah. Kräftig: bis ${reach} px entfernt`,
    noFlow: 'Keine Füllung mit bekannter Quelle',
  },
  status: {
    size: (width, height) => `${width} × ${height} px`,
    depth: (depth) => `${depth} Bit`,
    runtimeUnknown: 'Suche den schnellsten Prozessor…',
    engineStarting: 'Rechenwerk startet…',
    engineRestarting: 'Rechenwerk startet neu…',
    engineStopped: 'Rechenwerk steht',
    kept: (at) => `Gesichert ${at.toLocaleTimeString('de', { timeStyle: 'short' })}`,
    keptHelp:
      'Alles kommt sofort in eine Sicherung auf diesem Rechner: Nach einem Absturz bietet das Programm sie an. In eine eigene Datei kommt es erst mit Speichern.',
    notKept: 'Keine Sicherung',
    training: (name: string, percent: number) => `„${name}“ wird trainiert: ${percent} %`,
    trainingSeveral: (count: number) => `${count} Trainings`,
    fallback: (providers) => `${providers} geht hier nicht`,
    refusal: (provider, reason) => `${provider}: ${reason}`,
    runsOn: (label) => `Füllungen laufen auf: ${label}`,
  },
};

/** "2,4", and without a fraction from ten on. */
function inSeconds(seconds: number): string {
  return seconds < 9.95
    ? seconds.toLocaleString('de', { minimumFractionDigits: 1, maximumFractionDigits: 1 })
    : String(Math.round(seconds));
}
