// A Vitest reporter that writes how a run ended for scripts/test.mjs. Vitest's own JSON leaves out why a test was skipped.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { vitestSummary } from './results.mjs';

export default class VitestSummary {
  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    /** @type {import('./results.mjs').Summary} */
    const summary = { passed: 0, failed: unhandledErrors.length, skipped: [] };
    for (const module of modules) {
      // A file that could not be loaded, or a hook that failed, counts as one failure.
      summary.failed +=
        module.errors().length + [...module.children.allSuites()].flatMap((suite) => suite.errors()).length;
      for (const test of module.children.allTests()) {
        const result = test.result();
        if (result.state === 'passed') summary.passed++;
        else if (result.state === 'failed') summary.failed++;
        else
          summary.skipped.push({
            name: `${module.relativeModuleId} > ${test.fullName}`,
            reason: result.state === 'skipped' ? result.note : undefined,
          });
      }
    }
    mkdirSync(path.dirname(vitestSummary), { recursive: true });
    writeFileSync(vitestSummary, JSON.stringify(summary));
  }
}
