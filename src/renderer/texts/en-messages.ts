import { listIn } from '../../shared/language';
import { formatLabels } from '../../shared/picture-formats';
/** English: what is said and asked. */
export const messageTexts = {
  empty: {
    title: 'Open a picture',
    body: `Drop one here, paste it, or choose a file. ${listIn('and', formatLabels().join(', '))}.`,
    sample: 'Try the sample',
    loading: 'Opening…',
    cancelLoading: 'Cancel',
    loadingRest: 'Reading the full picture…',
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
    sameFormat: (label: string) => `Like the original (${label})`,
    formatName: ({ label, lossless }: { readonly label: string; readonly lossless: string }) =>
      lossless === 'always' ? `${label}: nothing is lost` : label,
    quality: 'Quality',
    qualityLikeOriginal: 'Like the original',
    keepMetadata: 'Keep camera data and captions',
    keepMetadataHelp:
      'EXIF, XMP and IPTC: among them often the place and the camera. The colour profile stays in any case.',
    lossless: 'Every pixel outside the fills stays exactly as it is.',
    lossy: 'This format stores pictures with small losses.',
    confirm: 'Choose a place…',
    cancel: 'Cancel',
  },
  recent: {
    title: 'Recent files',
    missing: (folder: string) => `${folder} · not there any more`,
    clear: 'Clear the list',
  },
  recovery: {
    title: 'Go on where you left off?',
    body: (count: number) =>
      count === 1
        ? 'This was neither saved nor filled to its end. There is a backup, up to the last seconds.'
        : 'These were neither saved nor filled to their end. There are backups, up to the last seconds.',
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
    exportLayers: {
      title: 'How large should the layers be?',
      body: 'Each fill becomes a PNG with transparency; a list beside them says where each lies. As large as the picture, they lie right by themselves in every program.',
      confirm: 'Cut to what they hold',
      other: 'As large as the picture',
    },
    discard: (name: string) => ({
      title: `Save “${name}” before it is closed?`,
      body: 'Its fills have not been saved and would be lost.',
      confirm: 'Close without saving',
      other: 'Save…',
    }),
    clearStrip: (names: readonly string[]) => ({
      title:
        names.length === 1 ? `Discard the fills in “${names[0]}”?` : `Discard the fills in ${names.length} photos?`,
      body: `They have not been saved and would be lost: ${names.slice(0, 8).join(', ')}${names.length > 8 ? ', …' : ''}.`,
      confirm: 'Discard them',
    }),
    dropped: (name: string) => ({
      title: `What is “${name}”?`,
      body: 'A mask must have the size of the open picture; what is white in it becomes hole.',
      confirm: 'Open as a picture',
      other: 'Use as hole',
    }),
    cancel: 'Cancel',
  },
  notices: {
    region: 'Messages',
    dismiss: 'Dismiss',
    saved: (name: string) => `Saved as ${name}`,
    copied: 'Copied to the clipboard',
    savedCopy: (name: string) => `The variant was saved as ${name}`,
    maskUnderstood: (name: string) => `How ${name} was understood`,
    maskEmpty: (name: string) => `Nothing is white in ${name}`,
    maskEmptyHelp: 'White marks the hole, black leaves the picture as it is.',
    hintLost: 'Filled without its colour hint',
    hintLostHelp: 'The project was saved by an earlier version, which did not keep hints. They can be painted again.',
    pieceNowhere: 'Nothing can be copied from there',
    pieceNowhereHelp: 'Drag the piece to a place inside the picture, outside the hole, where patches may come from.',
    settingsCopied: (name: string) => `The settings of “${name}” are copied`,
    settingsCopiedHelp: 'Select another fill and paste them: Ctrl+Alt+V.',
    fillUnchanged: (name: string) => `Nothing of “${name}” has changed`,
    fillUnchangedHelp:
      'Paint over its edge, choose another source or other settings; or ask for more variants of it. For a new fill, paint elsewhere.',
    noMoreVariants: 'There is no other variant of this kind',
    noMoreVariantsHelp: 'Every one of them is in the strip already. Vary something else.',
    missingModels: (name: string, models: readonly string[]) => ({
      title: models.length === 1 ? 'A model is missing' : `${models.length} models are missing`,
      body: `“${name}” is whole, but its fills by ${models.join(', ')} cannot be run again until that is installed.`,
    }),
    ofFolder: (folder: string, photos: number, passedOver: readonly string[], leftOut: number) => ({
      title:
        photos === 0
          ? `There is no picture in “${folder}” that can be opened`
          : `Not everything in “${folder}” is shown`,
      body: [
        passedOver.length === 0
          ? ''
          : `Of formats that are not read: ${passedOver.slice(0, 8).join(', ')}${passedOver.length > 8 ? ', …' : ''}.`,
        leftOut === 0 ? '' : `Beyond what a strip can hold: ${leftOut} files.`,
        photos === 0 ? 'Folders inside it are not looked into; open one of them.' : '',
      ]
        .filter((sentence) => sentence !== '')
        .join(' '),
    }),
    dragReady: 'The result is ready to be dragged',
    dragReadyHelp: 'Press again, and drag it onto the desktop or into another program.',
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
    notDragged: 'It cannot be dragged out',
    notCopied: 'It was not copied',
    notExported: 'It was not exported',
    notKept: 'No backup of your work can be written for the case of a crash',
    engine: 'The engine does not answer',
    notAPicture: 'Only files can be dropped here',
    holeEmpty: {
      message: 'Nothing is painted red yet.',
      remedy: 'Take the brush and paint over what should vanish.',
    },
    sourceNowhere: {
      message: 'No place is left to take patches from.',
      remedy: 'Paint more green outside the hole, or choose “Use everywhere”.',
    },
  },
  crash: { title: 'The window cannot start', body: 'Its connection to the program is missing. Please reinstall it.' },
};
