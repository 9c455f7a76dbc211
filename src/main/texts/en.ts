/** English: what the main process says itself, in menus and the system's dialogs. The rest is the window's. */
export const en = {
  menu: {
    file: 'File',
    view: 'View',
    help: 'Help',
    openRecent: 'Open recent',
    nothingRecent: 'Nothing yet',
    clearRecent: 'Clear the list',
    quit: 'Quit',
    close: 'Close',
    fullScreen: 'Full screen',
    developerTools: 'Developer tools',
    licences: 'Licences',
    about: 'About Inpaint Studio',
  },
  dialogs: {
    openPicture: 'Open a picture or a project',
    openMask: 'Open a mask: white is the hole',
    saveMask: 'Save the hole as a mask',
    savePicture: 'Save the picture as',
    pictures: 'Pictures',
    allFiles: 'All files',
    saveProject: 'Save the project as',
    picturesAndProjects: 'Pictures and projects',
    projects: 'Inpaint Studio projects',
    exists: (name: string) => `“${name}” exists already.`,
    existsHelp: 'Saving writes over it.',
    writeOver: 'Write over it',
    cancel: 'Cancel',
    unsaved: (name: string) => `Save the changes to “${name}”?`,
    unsavedHelp: 'They are lost otherwise.',
    save: 'Save',
    discard: 'Don’t save',
    crashed: 'The window stopped working and was loaded again.',
    crashReason: (reason: string) => `The reason given is “${reason}”.`,
  },
  names: {
    sample: 'Sample',
    pasted: 'Pasted picture',
    /** `photo` -> `photo filled`, for the proposal of a file name. */
    filled: (stem: string) => `${stem} filled`,
    mask: (stem: string) => `${stem} mask`,
  },
};

export type MainTexts = typeof en;
