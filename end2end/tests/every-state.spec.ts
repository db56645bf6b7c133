import type { Page } from '@playwright/test';
import { isStaff, type StaffReader } from '../support/addresses';
import { expectClean } from '../support/axe';
import { oneOfEachState } from '../support/forms';
import { expectNarrow, expectNarrowAtEveryWidth, expectRoom, expectRoomForLargeText } from '../support/room';
import { expect, test } from '../support/tour';
import { expectInWords } from '../support/words';

/** Who looks after a dossier in a status: what they may do stands open on its page. */
const KEEPER: Record<string, StaffReader> = { '1': 'reception', '4': 'specialist', '6': 'accountant', '9': 'reception', '10': 'leader' };

/** A dossier is another page in each of its states; the demonstration has them all. */
test.describe('a dossier in every state it can be in', () => {
  test.setTimeout(240_000);

  test('is usable by its resident, and narrow enough @phone', async ({ enter, doors, server }) => {
    // Where a dossier is inside the house makes no difference on its resident's page.
    const outside = (state: string): string => state.split('/').filter((_, at) => at !== 1).join('/');
    const all = (await oneOfEachState(server, 'everywhere')).filter(({ citizenId }) => citizenId !== null);
    const states = all.filter(({ state }, at) => all.findIndex((one) => outside(one.state) === outside(state)) === at);
    expect(new Set(states.map(({ state }) => state.split('/')[0])).size, 'statuses that a resident sees').toBeGreaterThan(8);
    for (const { id, citizenId, state } of states) {
      await test.step(state, async () => {
        const page = await enter(await doors.resident(citizenId ?? ''));
        expect((await page.goto(`/ho-so/${id}`))?.status(), state).toBe(200);
        await unfoldAll(page);
        await expectClean(page, state);
        await expectInWords(page, state);
        await expectNarrow(page, state);
        await expectNarrowAtEveryWidth(page);
        await expectRoomForLargeText(page, true);
        await page.close();
      });
    }
  });

  test('is usable by staff, and narrow enough @desk', async ({ tour, server }) => {
    const states = await oneOfEachState(server);
    expect(states.length).toBeGreaterThan(12);
    const pages = new Map<StaffReader, Page>();
    for (const { id, state, sensitive } of states) {
      await test.step(state, async () => {
        // Of a sensitive one the leader is a reader always.
        const reader = sensitive ? 'leader' : (KEEPER[state.split('/')[0] ?? ''] ?? 'director');
        expect(isStaff(reader)).toBe(true);
        const page = pages.get(reader) ?? (await tour.page(reader));
        pages.set(reader, page);
        const answer = await page.goto(`/can-bo/ho-so/${id}`);
        expect(answer?.status(), `${state} for ${reader}`).toBe(200);
        await unfoldAll(page);
        await expectClean(page, `${state} for ${reader}`);
        await expectInWords(page, state);
        await expectNarrow(page, state);
        await expectRoom(page);
      });
    }
  });
});

/** What is folded is looked at too. */
async function unfoldAll(page: Page): Promise<void> {
  await page.evaluate(() => document.querySelectorAll('details').forEach((fold) => (fold.open = true)));
}
