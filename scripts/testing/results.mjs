// What the two test runners left behind, in one form.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { inCache } from '../setup/paths.mjs';

/**
 * @typedef {object} Summary
 * @property {number} passed
 * @property {number} failed
 * @property {{ name: string, reason?: string }[]} skipped
 */

export const vitestSummary = inCache('results', 'vitest.json');
/** Written by Playwright's own JSON reporter (playwright.config.ts). */
export const playwrightReport = inCache('results', 'e2e.json');

/** A run that dies early must not be mistaken for the one before. */
export function forgetResults() {
  for (const file of [vitestSummary, playwrightReport]) rmSync(file, { force: true });
}

/** @returns {Summary | undefined} nothing when the runner did not get to its end */
export const readVitest = () => /** @type {Summary | undefined} */ (readJson(vitestSummary));

/** @returns {Summary | undefined} */
export function readPlaywright() {
  const report = readJson(playwrightReport);
  return report === undefined ? undefined : summarizePlaywright(/** @type {PlaywrightReport} */ (report));
}

/**
 * The parts of Playwright's JSON report that are read here.
 * @typedef {{ status: string, annotations: { type: string, description?: string }[] }} PlaywrightTest
 * @typedef {{ title: string, file: string, specs?: { title: string, tests: PlaywrightTest[] }[], suites?: PlaywrightSuite[] }} PlaywrightSuite
 * @typedef {{ suites: PlaywrightSuite[], errors: unknown[] }} PlaywrightReport
 */

/** @param {PlaywrightReport} report @returns {Summary} */
export function summarizePlaywright(report) {
  /** @type {Summary} */
  const summary = { passed: 0, failed: report.errors.length, skipped: [] };
  /** @param {PlaywrightSuite} suite @param {readonly string[]} path */
  const visit = (suite, path) => {
    const here = [...path, suite.title];
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        if (test.status === 'expected') summary.passed++;
        else if (test.status === 'skipped') {
          const reason = test.annotations.find(({ type }) => type === 'skip' || type === 'fixme')?.description;
          summary.skipped.push({ name: [...here, spec.title].join(' > '), reason });
        } else summary.failed++;
      }
    }
    for (const child of suite.suites ?? []) visit(child, here);
  };
  for (const suite of report.suites) visit(suite, []);
  return summary;
}

/**
 * One summary of several runs. A runner that ended badly without a failed test, or without a summary, counts as one failure.
 * @param {readonly { ok: boolean, summary: Summary | undefined }[]} runs @returns {Summary}
 */
export function addUp(runs) {
  /** @type {Summary} */
  const total = { passed: 0, failed: 0, skipped: [] };
  for (const { ok, summary } of runs) {
    total.passed += summary?.passed ?? 0;
    total.failed += Math.max(summary?.failed ?? 0, ok && summary ? 0 : 1);
    total.skipped.push(...(summary?.skipped ?? []));
  }
  return total;
}

/** @param {Summary} summary @returns {string} the closing lines; the last one is read by machines */
export function closingLines({ passed, failed, skipped }) {
  const reasons = skipped.map(({ name, reason }) => `skipped: ${name} (${reason ?? 'no reason given'})`);
  return [...reasons, `${passed} passed, ${failed} failed, ${skipped.length} skipped`].join('\n');
}

/** @param {string} file @returns {unknown} */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
