import { writeFileSync } from 'node:fs';

import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/**
 * The closing line `N passed, N failed`, as every check of this project ends. A test that did not run is not passed:
 * it counts as failed. Before it stand the names of what failed, and of what passed only at its second try; what failed is
 * also written to the file that `MOTCUA_TALLY` names, for whoever started the tests.
 */
export default class Tally implements Reporter {
  private outcomes = new Map<string, boolean>();
  private names = new Map<string, string>();
  private again = new Set<string>();
  private planned = 0;
  private broken = false;

  onBegin(_config: unknown, suite: { allTests(): TestCase[] }): void {
    const tests = suite.allTests();
    this.planned = tests.length;
    for (const test of tests) this.names.set(test.id, test.titlePath().filter(Boolean).join(' › '));
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.outcomes.set(test.id, result.status === 'passed' && test.expectedStatus === 'passed');
    if (result.retry > 0) this.again.add(test.id);
  }

  onError(): void {
    this.broken = true;
  }

  onEnd(result: FullResult): { status?: FullResult['status'] } {
    const passed = [...this.outcomes.values()].filter(Boolean).length;
    const lost = [...this.names].filter(([id]) => this.outcomes.get(id) !== true).map(([, name]) => name);
    for (const id of this.again) {
      if (this.outcomes.get(id)) process.stdout.write(`\nAt the second try: ${this.names.get(id)}`);
    }
    for (const name of lost) process.stdout.write(`\nFailed: ${name}`);
    if (process.env.MOTCUA_TALLY) writeFileSync(process.env.MOTCUA_TALLY, lost.join('\n'));
    const failed = Math.max(this.planned - passed, this.broken && this.planned === 0 ? 1 : 0);
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    return { status: failed > 0 && result.status === 'passed' ? 'failed' : result.status };
  }

  printsToStdio(): boolean {
    return false;
  }
}
