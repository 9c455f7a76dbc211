/** English: the film strip. */
export const stripTexts = {
  strip: {
    title: 'Film strip',
    photos: 'Photos',
    show: 'Show the photos',
    hide: 'Fold the photos up',
    count: (place: number | null, total: number) => (place === null ? `${total} photos` : `${place} of ${total}`),
    unsavedCount: (count: number) => (count === 1 ? '1 not saved' : `${count} not saved`),
    /** What is to be seen of a photo, for those who do not see it. */
    work: {
      none: '',
      unsaved: 'has fills that are not saved',
      saved: 'saved',
      failed: 'cannot be opened',
    },
    project: 'Project',
    filledAs: (name: string) => `filled as ${name}`,
  },
  fillAll: {
    title: (count: number) => `Fill all ${count} photos with this mask`,
    body: (width: number, height: number) =>
      `What is painted red now is filled in every photo of ${width} × ${height} pixels; others are left out and named. Photos are filled as they are on the disk, and stay as they are: results go into a folder.`,
    settings: 'Settings',
    grow: 'Grow the mask in each photo to the edge of what it leaves over',
    confirm: 'Choose a folder…',
    cancel: 'Cancel',
    button: 'Fill all…',
    progress: 'Progress of all photos',
    turn: (done: number, total: number, name: string) => `Filling ${done + 1} of ${total}: ${name}`,
    stopping: 'Stopping…',
    stop: 'Stop',
    details: 'What became of them',
    ended: (filled: number, total: number) => `${filled} of ${total} filled`,
    report: (filled: number, total: number, folder: string) =>
      `${filled} of ${total} photos were filled, into “${folder}”`,
    groups: {
      failed: 'Failed',
      'other-size': 'Left out: the mask is not of their size',
      stopped: 'Not filled, since all were stopped',
      skipped: 'Done before',
      filled: 'Filled',
    },
    reduced: 'coarser, since memory did not suffice',
    close: 'Close',
    overPhoto: (name: string) => ({
      message: `Its result would be written over another photo of the strip, “${name}”.`,
      remedy: 'Choose another folder.',
    }),
    sameName: (name: string) => ({
      message: `Another photo of the strip has the same result, “${name}”.`,
      remedy: 'Fill photos of one name into folders of their own.',
    }),
  },
};
