import type { FullResult, Reporter, TestCase, TestResult } from '@playwright/test/reporter';

/**
 * The closing line `N passed, N failed`, as every check of this project ends. A test that did not run is not passed:
 * it counts as failed.
 */
export default class Tally implements Reporter {
  private outcomes = new Map<string, boolean>();
  private planned = 0;
  private broken = false;

  onBegin(_config: unknown, suite: { allTests(): TestCase[] }): void {
    this.planned = suite.allTests().length;
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    this.outcomes.set(test.id, result.status === 'passed' && test.expectedStatus === 'passed');
  }

  onError(): void {
    this.broken = true;
  }

  onEnd(result: FullResult): { status?: FullResult['status'] } {
    const passed = [...this.outcomes.values()].filter(Boolean).length;
    const failed = Math.max(this.planned - passed, this.broken && this.planned === 0 ? 1 : 0);
    process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
    return { status: failed > 0 && result.status === 'passed' ? 'failed' : result.status };
  }

  printsToStdio(): boolean {
    return false;
  }
}
