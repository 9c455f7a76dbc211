import type { z } from 'zod';

/** Where data is first not what its schema wants, as "edits.2.box"; "$" stands for all of it, as in JSONPath. */
export function wrongPlace({ issues }: z.ZodError): string {
  const [issue] = issues;
  if (issue === undefined) return '$';
  const unknown = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const place = [...issue.path, ...unknown].map(String).join('.');
  return place === '' ? '$' : place;
}
