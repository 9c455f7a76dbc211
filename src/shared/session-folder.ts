/** Name of the manifest in a document's session folder and in a project file; without it nothing can be recovered. */
export const MANIFEST_NAME = 'document.json';
