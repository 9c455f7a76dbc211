/** Name of the manifest in a document's session folder and in a project file; without it nothing can be recovered. */
export const MANIFEST_NAME = 'document.json';
/** The copy of the picture that the document was opened from, beside it. */
export const ORIGINAL_NAME = /^original\.[a-z0-9]{2,4}$/;
