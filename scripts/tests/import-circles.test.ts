import { describe, expect, it } from 'vitest';
import { importCircles } from '../lint/import-circles.mjs';

const circlesOf = (sources: Readonly<Record<string, string>>) => importCircles(new Map(Object.entries(sources)));

describe('import circles', () => {
  it.each([
    ['values', `import { b } from './b'; export const a = b;`, `import { a } from './a'; export const b = () => a;`],
    ['types', `import type { B } from './b'; export type A = B[];`, `import { type A } from './a'; export type B = A;`],
    ['re-exports', `export * from './b';`, `export type { A } from './a';`],
    ['files loaded late', `export const a = () => import('./b');`, `import { a } from './a'; export const b = a;`],
  ])('are seen among %s', (_what, a, b) => {
    expect(circlesOf({ 'src/a.ts': a, 'src/b.ts': b, 'src/c.ts': `import { a } from './a'; a();` })).toEqual([
      ['src/a.ts', 'src/b.ts'],
    ]);
  });

  it('are seen over several folders', () => {
    expect(
      circlesOf({
        'src/x/a.ts': `import type { B } from '../y/b';`,
        'src/y/b.tsx': `import '../z/c.mjs';`,
        'src/z/c.mjs': `import { a } from '../x/a';`,
      }),
    ).toEqual([['src/x/a.ts', 'src/y/b.tsx', 'src/z/c.mjs']]);
  });

  it('are told apart where two of them do not meet', () => {
    expect(
      circlesOf({
        'a.ts': `import './b'; import './d';`,
        'b.ts': `import './a';`,
        'c.ts': `import './d';`,
        'd.ts': `import './c';`,
      }),
    ).toEqual([
      ['c.ts', 'd.ts'],
      ['a.ts', 'b.ts'],
    ]);
  });

  it('are none where two files share a third', () => {
    expect(circlesOf({ 'a.ts': `import './c';`, 'b.ts': `import './c'; import './a';`, 'c.ts': '' })).toEqual([]);
  });

  it('is what a file that imports itself makes', () => {
    expect(circlesOf({ 'a.ts': `import { a } from './a';` })).toEqual([['a.ts']]);
  });
});
