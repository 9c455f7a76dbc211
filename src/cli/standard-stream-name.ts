/** What a lone "-" of the command line becomes: no file of a person's is called so. */
export const STANDARD_STREAM = 'standard-stream:-';
