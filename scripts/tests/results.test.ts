import { describe, expect, it } from 'vitest';
import { addUp, closingLines, summarizePlaywright } from '../testing/results.mjs';

const passed = (count: number) => ({ passed: count, failed: 0, skipped: [] });

describe('the closing line of npm test', () => {
  it('adds up both runners', () => {
    const total = addUp([
      { ok: true, summary: { passed: 5, failed: 0, skipped: [{ name: 'a', reason: 'no GPU' }] } },
      { ok: false, summary: { passed: 2, failed: 1, skipped: [{ name: 'b' }] } },
    ]);
    expect(closingLines(total).split('\n')).toEqual([
      'skipped: a (no GPU)',
      'skipped: b (no reason given)',
      '7 passed, 1 failed, 2 skipped',
    ]);
  });

  it('counts a runner that died before its summary as a failure', () => {
    expect(
      addUp([
        { ok: true, summary: passed(5) },
        { ok: false, summary: undefined },
      ]).failed,
    ).toBe(1);
    expect(addUp([{ ok: true, summary: undefined }]).failed).toBe(1);
  });

  it('counts a bad end without a failed test as a failure', () => {
    expect(addUp([{ ok: false, summary: passed(5) }]).failed).toBe(1);
  });
});

describe("Playwright's report", () => {
  it('is read through nested suites, and a flaky or unexpected test is a failure', () => {
    const test = (status: string, description?: string) => ({
      status,
      annotations: description === undefined ? [] : [{ type: 'skip', description }],
    });
    const report = {
      errors: [],
      suites: [
        {
          title: 'open.test.ts',
          file: 'open.test.ts',
          specs: [{ title: 'opens', tests: [test('expected')] }],
          suites: [
            {
              title: 'twice',
              file: 'open.test.ts',
              specs: [
                { title: 'fails', tests: [test('unexpected')] },
                { title: 'wavers', tests: [test('flaky')] },
                { title: 'prints', tests: [test('skipped', 'no printer')] },
              ],
            },
          ],
        },
      ],
    };
    expect(summarizePlaywright(report)).toEqual({
      passed: 1,
      failed: 2,
      skipped: [{ name: 'open.test.ts > twice > prints', reason: 'no printer' }],
    });
  });

  it('with errors outside tests is not a pass', () => {
    expect(summarizePlaywright({ errors: [{}], suites: [] }).failed).toBe(1);
  });
});
