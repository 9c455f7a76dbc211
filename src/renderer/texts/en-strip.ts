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
  },
};
