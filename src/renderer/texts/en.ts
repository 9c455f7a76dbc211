import type { Variant } from '../../shared/document-model';

/** English, the master: every text of the window is here. Whoever adds one adds its German in de.ts too. */
export const en = {
  appName: 'Inpaint Studio',
  actions: {
    open: { title: 'Open…', help: 'Open a picture or a project' },
    openSample: { title: 'Open the sample', help: 'Open the photograph that comes with the program' },
    paste: { title: 'Paste picture', help: 'Open the picture on the clipboard' },
    save: {
      title: 'Save',
      help: 'Write the file named above: of a project everything, of a picture the result with its visible fills',
    },
    saveAs: { title: 'Save as…', help: 'Write the result as a picture to a new file, in any format' },
    saveProject: {
      title: 'Save project',
      help: 'Keep everything in one file: the original, every fill with its variants, and what is painted',
    },
    saveProjectAs: { title: 'Save project as…', help: 'The same, to a new file' },
    recover: { title: 'Restore unsaved work…', help: 'Show what an unexpected end of the program left behind' },
    undo: { title: 'Undo', help: 'Take the last step back' },
    redo: { title: 'Redo', help: 'Make the step again that was taken back' },
    clearHole: { title: 'Clear the hole', help: 'Remove all red paint' },
    clearHint: { title: 'Clear the hint', help: 'Remove all painted colours' },
    eraseHint: { title: 'Erase the hint', help: 'Paint colours, or take them away' },
    stopAtCoarse: {
      title: 'Stop at the rough fill',
      help: 'Look at the rough fill first, paint colours into it, and refine it then',
    },
    clearSource: {
      title: 'Use everywhere',
      help: 'Remove the green and amber paint: patches may come from everywhere',
    },
    ringSource: { title: 'Ring around the hole', help: 'Patches may come only from near the hole' },
    sideSource: {
      title: 'Same side',
      help: 'Patches may come only from the half of the picture that the hole lies in',
    },
    fill: { title: 'Fill', help: 'Replace what is painted red' },
    cancel: { title: 'Cancel', help: 'Stop the fill; the picture stays as it was' },
    rerun: { title: 'Fill again', help: 'Fill the selected edit again, with the model and the settings of now' },
    moreVariants: { title: 'More variants', help: 'Fill the selected edit in other ways, to choose from' },
    nextVariant: { title: 'Next variant', help: 'Show the next variant of the selected edit' },
    previousVariant: { title: 'Previous variant', help: 'Show the variant before' },
    refreshAll: {
      title: 'Fill all again that are out of date',
      help: 'Fill every edit again below which something has changed since',
    },
    openMask: {
      title: 'Change its mask',
      help: 'Put the hole and the source of the selected edit back on the picture',
    },
    closeMask: { title: 'Leave the mask', help: 'Put the paint back that was there before, without filling' },
    toggleEdit: { title: 'Show or hide', help: 'Show or hide the selected edit' },
    renameEdit: { title: 'Rename', help: 'Give the selected edit a name of your own' },
    duplicateEdit: { title: 'Duplicate', help: 'Put a copy of the selected edit right above it' },
    editUp: { title: 'Move up', help: 'Put the selected edit above the next one' },
    editDown: { title: 'Move down', help: 'Put the selected edit below the next one' },
    deleteEdit: { title: 'Delete the edit', help: 'Take the selected edit off the picture, with all its variants' },
    selectAll: { title: 'Mark all', help: 'Mark the whole picture' },
    selectNone: { title: 'Mark nothing', help: 'Take all marks of this kind away' },
    invert: { title: 'Invert', help: 'Mark what is not marked, and the other way round' },
    grow: { title: 'Grow', help: 'Make the marked area larger on all sides' },
    shrink: { title: 'Shrink', help: 'Make the marked area smaller on all sides' },
    importMask: { title: 'Import mask…', help: 'Mark what is white in a picture file of the same size' },
    exportMask: { title: 'Export hole…', help: 'Write the hole as a black and white PNG' },
    compare: { title: 'Before / after', help: 'Hold to see the original picture' },
    split: { title: 'Split view', help: 'The original on one side of a line, the result on the other; drag the line' },
    difference: { title: 'Difference', help: 'Show only what differs from the original, made brighter' },
    rotateLeft: { title: 'Turn left', help: 'Turn the view, not the picture. With two fingers: turn them.' },
    rotateRight: { title: 'Turn right', help: 'Turn the view, not the picture. With two fingers: turn them.' },
    rotateReset: { title: 'Upright', help: 'Stop turning the view' },
    pixelGrid: { title: 'Pixel grid', help: 'Borders between pixels, from 800 % on' },
    minimap: { title: 'Overview map', help: 'The whole picture in small, while only a part is in sight' },
    zoomIn: { title: 'Zoom in', help: 'Make the picture larger; so does the wheel, at the pointer' },
    zoomOut: { title: 'Zoom out', help: 'Make the picture smaller' },
    fit: { title: 'Fit', help: 'Show the whole picture' },
    actualSize: { title: '100 %', help: 'One pixel of the picture on one pixel of the screen' },
    brushSmaller: { title: 'Smaller tip', help: 'Make the tip smaller' },
    brushLarger: { title: 'Larger tip', help: 'Make the tip larger' },
    shortcuts: { title: 'Keyboard shortcuts', help: 'Show every shortcut' },
    commands: { title: 'All commands…', help: 'Find any command by its name' },
    tour: { title: 'Take the tour', help: 'Four steps to a first fill' },
  },
  tools: {
    brush: { title: 'Brush', help: 'Paint over what should vanish. Shift: straight line. Alt: erase.' },
    eraser: { title: 'Eraser', help: 'Take paint of any colour away' },
    lasso: { title: 'Lasso', help: 'Draw round an area. Alt: take it away.' },
    polygon: {
      title: 'Polygon',
      help: 'Click from corner to corner; Enter or the first corner closes it, Backspace takes a corner back. Alt: take away.',
    },
    rectangle: { title: 'Rectangle', help: 'Drag from corner to corner. Shift: square. Alt: take away.' },
    ellipse: { title: 'Ellipse', help: 'Drag from corner to corner. Shift: circle. Alt: take away.' },
    wand: { title: 'Magic wand', help: 'Click a colour: all that is like it is marked. Alt: take away.' },
    bucket: {
      title: 'Fill bucket',
      help: 'Click inside a painted outline: what it encloses is marked. Alt: take a patch away.',
    },
    'source-include': {
      title: 'Source: use this',
      help: 'Paint where the replacement may be taken from. Shift: straight line. Alt: erase.',
    },
    'source-exclude': {
      title: 'Source: avoid this',
      help: 'Paint where the replacement must not be taken from. Shift: straight line. Alt: erase.',
    },
    hint: {
      title: 'Colour hint',
      help: 'Paint colours into the hole that the fill is to follow. Shift: straight line. Alt: take up a colour.',
    },
    dropper: { title: 'Take up a colour', help: 'Click a place in the picture: the hint is painted with its colour.' },
    pan: { title: 'Move', help: 'Drag the picture. Holding Space does the same with every tool.' },
  },
  groups: { file: 'File', edit: 'Edit', mask: 'Mask', tools: 'Tools', view: 'View', help: 'Help' },
  /** As in "Undo brush stroke". */
  steps: {
    brush: 'brush stroke',
    eraser: 'eraser stroke',
    sourceInclude: 'source stroke',
    sourceExclude: 'source exclusion',
    hint: 'colour hint',
    hintEraser: 'hint eraser stroke',
    clearHint: 'clearing the hint',
    lasso: 'lasso',
    polygon: 'polygon',
    rectangle: 'rectangle',
    ellipse: 'ellipse',
    wand: 'magic wand',
    bucket: 'filled outline',
    selectAll: 'marking everything',
    selectNone: 'clearing the mask',
    invert: 'inverting',
    grow: 'growing',
    shrink: 'shrinking',
    importMask: 'mask from a file',
    ringSource: 'ring as source',
    sideSource: 'same side as source',
    clearHole: 'clearing the hole',
    clearSource: 'clearing the source',
    fill: (number: number) => `fill ${number}`,
    showEdit: (number: number) => `showing fill ${number}`,
    hideEdit: (number: number) => `hiding fill ${number}`,
    editOpacity: (number: number) => `opacity of fill ${number}`,
    renameEdit: (number: number) => `renaming fill ${number}`,
    moveEdit: (number: number) => `moving fill ${number}`,
    duplicateEdit: (number: number) => `duplicating fill ${number}`,
    deleteEdit: (number: number) => `deleting fill ${number}`,
    chooseVariant: (number: number, variant: number) => `variant ${variant} of fill ${number}`,
    deleteVariant: (number: number, variant: number) => `deleting variant ${variant} of fill ${number}`,
    refill: (number: number) => `filling ${number} again`,
    refreshAll: (count: number) => `bringing ${count} ${count === 1 ? 'fill' : 'fills'} up to date`,
    openMask: (number: number) => `opening the mask of fill ${number}`,
    closeMask: (number: number) => `closing the mask of fill ${number}`,
  },
  window: {
    toolRail: 'Tools',
    toolOptions: 'Tool options',
    canvas: 'Picture',
    canvasHelp:
      'Paint with the pointer. Wheel: zoom. Space or middle button: move. By keyboard: arrow keys move a cross, Space presses it and lets it go.',
    keyPointer: (x: number, y: number, pressed: boolean) => `${x}, ${y}${pressed ? ', pressed' : ''}`,
    panel: 'Source, model and edits',
    status: 'Status',
    more: 'More',
    theme: 'Colours',
    language: 'Language',
    unsaved: 'not saved',
    tipSize: 'Size',
    hardness: 'Hardness',
    percent: (value: number) => `${value} %`,
    penPressure: 'Pen pressure',
    penPressureHelp: 'A light touch of the pen makes a smaller tip',
    pixels: 'px',
    zoom: 'Zoom',
    minimap: 'Overview',
    minimapHelp: 'Drag, or use the arrow keys, to move the picture.',
  },
  compare: {
    before: 'Before',
    after: 'After',
    line: 'Line between the two pictures',
    lineAt: (left: string, percent: number, right: string) => `${left} ${percent} %, ${right} ${100 - percent} %`,
    difference: (one: string, other: string) => `Difference: ${one} / ${other}`,
  },
  mask: {
    title: 'Mask',
    target: 'What is marked',
    targets: {
      hole: { title: 'Hole', help: 'Areas mark what should vanish' },
      include: { title: 'Use', help: 'Areas mark where patches may come from' },
      exclude: { title: 'Avoid', help: 'Areas mark where patches must not come from' },
    },
    feather: 'Soft edge',
    featherHelp:
      'Inside the hole, the fill is mixed with what was there over so many pixels. Nothing outside the hole changes.',
    featherOfTip: (pixels: number) => `${pixels} px from the soft tip`,
    growth: 'Pixels to grow or shrink by',
    tolerance: 'Tolerance',
    contiguous: 'Connected only',
  },
  hint: {
    title: 'Colour hint',
    colour: 'Colour',
    hardness: 'Hardness',
    opacity: 'Opacity',
    erase: 'Erase',
    clear: 'Clear',
    strength: 'Hint holds',
    strengthHelp: 'How strongly the fill follows the painted colours; 0 ignores them',
    noHole: 'Paint a hole first: hints count inside it',
    noCoarse: 'This model has no rough fill, so it takes no colour hint',
    painted: 'Colours are painted',
    none: 'No colours painted',
  },
  panels: {
    source: 'Where patches come from',
    sourceAll: 'everywhere',
    sourcePart: 'painted',
    sourceEverywhere: 'Everywhere outside the hole',
    sourceIncluded: 'Only from the green area',
    sourceExcluded: 'Everywhere but the amber area',
    sourceBoth: 'Only from the green area, never from the amber one',
    useThis: 'Use this…',
    avoidThis: 'Avoid this…',
    useEverywhere: 'Use everywhere',
    ring: 'Ring',
    side: 'Same side',
    ringWidth: 'Width of the ring',
    freshOnly: 'Not from earlier fills',
    model: 'Model',
    aboutModel: 'About this model',
    modelMissing: 'No model found',
    /** Of an imported model: what its user stated. */
    modelOrigin: (licence: string, source: string, commercial: boolean) =>
      `Imported. Licence: ${licence || 'not stated'}. Source: ${source || 'not stated'}. ${
        commercial ? 'Marked as usable for commercial work.' : 'Not marked as usable for commercial work.'
      }`,
    modelSourceByDetail: 'It takes no source region itself; the detail step does.',
    quality: 'Quality',
    qualities: {
      256: { title: 'Fast', help: 'Works on 256 pixels: for a first look' },
      384: { title: 'Good', help: 'Works on 384 pixels' },
      512: { title: 'Best', help: 'Works on 512 pixels: the finest structure, takes longest' },
    },
    detail: 'Detail',
    detailHelp: 'How much of the source’s own grain and texture the fill gets; 0 is the network alone',
    divider: 'Height of the edits',
    edits: 'Edits',
    noEdits: 'Every fill appears here. You can hide it, undo it, and go on with the next.',
    edit: (number: number) => `Fill ${number}`,
    editDetail: (width: number, height: number, seconds: number) =>
      `${width} × ${height} px · ${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`,
    show: (number: number) => `Show fill ${number}`,
    hide: (number: number) => `Hide fill ${number}`,
  },
  edits: {
    outOfDate: 'out of date',
    stale: (count: number) =>
      count === 1
        ? 'Something has changed below one edit since it was filled.'
        : `Something has changed below ${count} edits since they were filled.`,
    refresh: 'Fill again',
    maskOpen: (name: string) => `The mask of “${name}” is on the picture. Change it, then fill: it becomes a variant.`,
    name: (number: number) => `Name of fill ${number}`,
    opacity: 'Opacity',
    actions: (number: number) => `What to do with fill ${number}`,
  },
  variants: {
    title: (number: number) => `Variants of fill ${number}`,
    name: (number: number) => `Variant ${number}`,
    menu: (number: number) => `More about variant ${number}`,
    save: 'Save as a picture…',
    remove: 'Delete this variant',
    count: 'How many more',
    vary: 'What is to differ',
    varied: {
      any: 'Anything',
      orientation: 'Orientation',
      region: 'Source region',
      seed: 'Chance',
      attention: 'Attention',
      model: 'Model',
    },
    more: 'More',
    /** What a variant was made with, as far as it is not the usual. */
    describe: ({ recipe: { settings, region } }: Variant, model: string) =>
      [
        model,
        {
          upright: '',
          mirrored: 'seen mirrored',
          'quarter-left': 'seen turned left',
          'quarter-right': 'seen turned right',
        }[settings.orientation],
        region.kind === 'ring'
          ? `from ${region.width} px around`
          : region.kind === 'everywhere'
            ? 'from everywhere'
            : '',
        settings.seed > 0 ? `chance ${settings.seed}` : '',
        settings.attentionScale === null ? '' : `attention ${settings.attentionScale}`,
      ]
        .filter((part) => part !== '')
        .join(', '),
  },
  fill: {
    /** Of several in a row, before the stage. */
    turn: (index: number, total: number) => `${index + 1} of ${total}`,
    stages: {
      preparing: 'Preparing',
      coarse: 'Rough fill',
      refining: 'Refining',
      blending: 'Blending in',
      detail: 'Adding detail',
    },
    waiting: 'This is the rough fill. Paint colours into it, or let it run on.',
    refine: 'Refine',
    cancelling: 'Stopping…',
    cancelled: 'Cancelled. The picture is as before.',
    done: (seconds: number) => `Done in ${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`,
    secondsLeft: (seconds: number) =>
      seconds < 1.5
        ? 'about a second left'
        : seconds < 90
          ? `about ${Math.round(seconds)} s left`
          : `about ${Math.round(seconds / 60)} min left`,
    progress: 'Progress of the fill',
    nothingPainted: 'Paint over something first',
    sourceSmall: 'The source is very small: paint more green, or use everywhere',
    engineAway: 'Waiting for the engine',
    dismiss: 'Close this message',
  },
  status: {
    size: (width: number, height: number) => `${width} × ${height} px`,
    depth: (depth: number) => `${depth} bit`,
    runtimeUnknown: 'Looking for the fastest processor…',
    engineStarting: 'Engine starting…',
    engineRestarting: 'Engine restarting…',
    engineStopped: 'Engine stopped',
    kept: (at: Date) => `Kept ${at.toLocaleTimeString('en', { timeStyle: 'short' })}`,
    keptHelp: 'What you do is kept at once: after a crash it can be restored',
    notKept: 'Not kept',
    fallback: (providers: string) => `${providers} cannot be used here`,
    refusal: (provider: string, reason: string) => `${provider}: ${reason}`,
    runsOn: (label: string) => `Fills run on: ${label}`,
  },
  empty: {
    title: 'Open a picture',
    body: 'Drop one here, paste it, or choose a file. JPEG, PNG, WebP, TIFF and AVIF.',
    sample: 'Try the sample',
    loading: 'Opening the picture…',
    failed: 'This picture cannot be opened',
    drop: 'Drop to open',
  },
  engine: {
    title: 'The engine stopped',
    safe: 'Your picture, your paint and your fills are still here.',
    restarting: 'It is being started again.',
    retry: 'Try again',
  },
  saveAs: {
    title: 'Save as',
    format: 'Format',
    formats: {
      same: (format: string) => `Like the original (${format.toUpperCase()})`,
      jpeg: 'JPEG',
      png: 'PNG: nothing is lost',
      webp: 'WebP',
      tiff: 'TIFF: nothing is lost',
      avif: 'AVIF',
    },
    quality: 'Quality',
    qualityLikeOriginal: 'Like the original',
    lossless: 'Every pixel outside the fills stays exactly as it is.',
    lossy: 'This format stores pictures with small losses.',
    confirm: 'Choose a place…',
    cancel: 'Cancel',
  },
  recovery: {
    title: 'Inpaint Studio ended unexpectedly',
    body: (count: number) =>
      count === 1
        ? 'You were working on this. It was kept, up to the last seconds.'
        : 'You were working on these. They were kept, up to the last seconds.',
    when: (at: Date, edits: number) =>
      `${at.toLocaleString('en', { dateStyle: 'medium', timeStyle: 'short' })} · ${
        edits === 0 ? 'no fill yet' : edits === 1 ? '1 fill' : `${edits} fills`
      }`,
    restore: 'Restore',
    discard: 'Discard',
    later: 'Decide later',
    nothing: 'There is nothing to restore',
    nothingHelp: 'Everything was saved or closed as it should be.',
  },
  questions: {
    overwrite: (name: string) => ({
      title: `Write over “${name}”?`,
      body: 'The picture itself will be replaced by the result with its visible fills; they can be undone only while it is open. A project keeps the original and every fill.',
      confirm: 'Write over it',
      other: 'Save as a project…',
    }),
    discard: (name: string) => ({
      title: `Close “${name}” without saving?`,
      body: 'Its fills have not been saved and will be lost.',
      confirm: 'Close without saving',
    }),
    dropped: (name: string) => ({
      title: `What is “${name}”?`,
      body: 'A mask must have the size of the open picture; what is white in it becomes hole.',
      confirm: 'Open as a picture',
      other: 'Use as hole',
    }),
    cancel: 'Cancel',
  },
  shortcutSheet: {
    title: 'Keyboard shortcuts',
    close: 'Close',
    pointer: 'Pointer',
    gestures: [
      { title: 'Zoom at the pointer', keys: ['Wheel'] },
      { title: 'Move the picture', keys: ['Space', 'Drag'] },
      { title: 'Move, zoom and turn', keys: ['Two fingers'] },
      { title: 'Straight line from the last stroke', keys: ['Shift', 'Click'] },
      { title: 'Take away instead of mark', keys: ['Alt', 'Drag'] },
      { title: 'Move a cross over the picture', keys: ['Arrow keys'] },
      { title: 'Press it, let it go', keys: ['Space'] },
    ],
  },
  notices: {
    region: 'Messages',
    dismiss: 'Dismiss',
    saved: (name: string) => `Saved as ${name}`,
    savedCopy: (name: string) => `The variant was saved as ${name}`,
    maskEmpty: (name: string) => `Nothing is white in ${name}`,
    maskEmptyHelp: 'White marks the hole, black leaves the picture as it is.',
    noMoreVariants: 'There is no other variant of this kind',
    noMoreVariantsHelp: 'Every one of them is in the strip already. Vary something else.',
    missingModels: (name: string, models: readonly string[]) => ({
      title: models.length === 1 ? 'A model is missing' : `${models.length} models are missing`,
      body: `“${name}” is whole, but its fills by ${models.join(', ')} cannot be run again until that is installed.`,
    }),
    nothingToPaste: 'There is no picture on the clipboard',
    nothingToPasteHelp: 'Copy a picture first, in a browser or another program.',
    engineBack: 'The engine is running again',
    engineBackHelp: 'Nothing was lost. You can fill again.',
  },
  errors: {
    title: 'Something went wrong',
    notOpened: 'The picture was not opened',
    maskNotRead: 'The mask was not used',
    maskNotSaved: 'The mask was not saved',
    notSaved: 'It was not saved',
    notKept: 'Your work is not being kept for the case of a crash',
    engine: 'The engine does not answer',
    brokenTile: 'The engine sent a broken part of the picture.',
    notAPicture: 'Only files can be dropped here',
    engineStoppedFill: {
      message: 'The engine stopped during the fill.',
      remedy: 'It is being started again; then press Fill once more.',
    },
    holeEmpty: {
      message: 'Nothing is painted red yet.',
      remedy: 'Take the brush and paint over what should vanish.',
    },
    modelDoesNotFit: {
      message: 'What was kept of this document does not fit the picture.',
      remedy: 'Open the picture itself; its edits cannot be used.',
    },
    sourceNowhere: {
      message: 'No place is left to take patches from.',
      remedy: 'Paint more green outside the hole, or choose “Use everywhere”.',
    },
  },
  themes: {
    system: { title: 'Like the system', help: 'Light or dark, as the system is' },
    light: { title: 'Light', help: 'Dark text on light panels' },
    dark: { title: 'Dark', help: 'Light text on dark panels' },
  },
  /** Each language in its own words, so that nobody is locked out. */
  languages: {
    system: { title: 'Language of the system', help: 'Speak the language of the system where it is known' },
    en: { title: 'English', help: 'Speak English' },
    de: { title: 'Deutsch', help: 'Deutsch sprechen' },
  },
  commands: {
    search: 'What do you want to do?',
    nothing: 'No command is called that.',
    chosen: 'chosen',
    /** Why a command cannot be used now. */
    reasons: {
      noPicture: 'Open a picture first',
      engineAway: 'The engine is starting',
      filling: 'Not while a fill runs',
      nothingPainted: 'Nothing is painted yet',
      nothingToUndo: 'There is nothing to take back',
      nothingToRedo: 'Nothing was taken back',
      nothingToSave: 'Everything is saved',
      notNow: 'Not possible just now',
    },
  },
  tour: {
    title: 'Tour',
    count: (step: number, of: number) => `Step ${step} of ${of}`,
    end: 'End the tour',
    /** `skip` is empty where the step has to be done. */
    steps: {
      paint: {
        title: 'Paint over what should vanish',
        body: 'Take the brush and drag over something in the picture. The red paint is the hole.',
        skip: '',
      },
      source: {
        title: 'Say where patches may come from',
        body: 'Choose “Use this…” and paint what the fill may be made of, such as the grass beside it. Without it, everything outside the hole may be used.',
        skip: 'Use everything',
      },
      fill: {
        title: 'Fill the hole',
        body: 'Press Fill. A rough fill appears at once, the refined one soon after.',
        skip: '',
      },
      keep: {
        title: 'Compare and save',
        body: 'Hold “Before / after” to see the difference. “Save as…” writes the result; your photo itself stays as it is.',
        skip: 'Done',
      },
    },
  },
  crash: { title: 'The window cannot start', body: 'Its connection to the program is missing. Please reinstall it.' },
};

/** The shape of the master, whatever its words are. */
type Catalogue<T> = T extends string
  ? string
  : T extends (...args: infer A) => infer R
    ? (...args: A) => Catalogue<R>
    : T extends readonly (infer E)[]
      ? readonly Catalogue<E>[]
      : { readonly [K in keyof T]: Catalogue<T[K]> };

/** What every language must have. */
export type Texts = Catalogue<typeof en>;
