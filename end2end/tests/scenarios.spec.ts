import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from '@playwright/test';

/**
 * The scenarios of README.md are the tests that there are: under the name of each file a line for each test, by the
 * test's own sentence. Of a test that is made once for each of many, the line has the end of the sentence that stays.
 */
test('every test has its line in README.md, and every line its test @once', () => {
  const files = readdirSync(__dirname).filter((file) => file.endsWith('.spec.ts'));
  const chapters = chaptersOf(readFileSync(path.join(__dirname, '../README.md'), 'utf8'));
  expect([...chapters.keys()].sort()).toEqual(files.sort());
  for (const file of files) {
    const [lines, titles] = [chapters.get(file) ?? [], titlesIn(readFileSync(path.join(__dirname, file), 'utf8'))];
    const [fixed, made] = [titles.filter((title) => !title.includes('${')), titles.filter((title) => title.includes('${'))];
    const ends = made.map((title) => title.slice(title.lastIndexOf('}') + 1).trim()).filter((end) => end !== '');
    expect(fixed.filter((title) => !lines.includes(title)), `${file}: tests without a line`).toEqual([]);
    expect(ends.filter((end) => !lines.some((line) => line.includes(end))), `${file}: tests without a line`).toEqual([]);
    const known = (line: string): boolean => fixed.includes(line) || ends.some((end) => line.includes(end));
    expect(lines.filter((line) => !known(line)), `${file}: lines without a test`).toEqual([]);
  }
});

/** The lines of each file's chapter, without the marks of where a test runs. */
function chaptersOf(readme: string): Map<string, string[]> {
  const chapters = new Map<string, string[]>();
  for (const chapter of readme.split(/^(?=\*\*`tests\/)/m).slice(1)) {
    const name = /^\*\*`tests\/([^`]+)`\*\*/.exec(chapter)?.[1] ?? '';
    const lines = [...chapter.matchAll(/^\* (.*(?:\n  .*)*)/gm)].map(([, line]) => (line ?? '').replaceAll(/\s+/g, ' '));
    chapters.set(name, lines.map((line) => line.replace(/ \((`@\w+`(, )?)+\)$/, '')));
  }
  return chapters;
}

/** The sentences of the tests in a file, without their marks. */
function titlesIn(source: string): string[] {
  const titles = [...source.matchAll(/^ *test\((['"`])(.+?)\1, /gm)].map(([, , title]) => (title ?? '').replaceAll(/ @\w+/g, ''));
  expect(titles.length, 'each test was read').toBe(source.match(/^ *test\(/gm)?.length ?? 0);
  return titles;
}
