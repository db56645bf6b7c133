import { isStaff, LOOKS, type Reader } from '../support/addresses';
import { expectClean } from '../support/axe';
import { fillLists, lengthenTexts, LONG } from '../support/filled';
import { change } from '../support/house';
import { expectNarrowAtEveryWidth, expectRoomForLargeText } from '../support/room';
import { Server } from '../support/server';
import { expect, test as base } from '../support/tour';
import { expectInWords } from '../support/words';

/** A name as long as a form takes, with a part that no line breaks by itself. */
const NAME = `H'Ƀlŭ Ksơr Niê ${'Nguyễnthịbíchthủy'.repeat(2)} Công Tằng Tôn Nữ Thị Hoàng Anh`;
const PROCEDURE = `Thủ tục ${'đăng ký lại việc thay đổi, cải chính, bổ sung thông tin hộ tịch, xác định lại dân tộc; '.repeat(5)}${'Quyếtđịnhsố'.repeat(3)}`;

/** Pages that have nothing to show in the demonstration, or little, and who finds what was put there. */
const FILLED: Record<string, Reader[]> = {
  '/thu-tuc/:ma': ['nobody'],
  '/nop-ho-so/:ma': ['resident'],
  '/tai-khoan/to-chuc': ['resident'],
  '/can-bo/bo-loc': ['reception'],
  '/can-bo/nhac-den': ['leader'],
  '/can-bo/lam-thay': ['leader', 'reception', 'controller'],
  '/can-bo/mau-ly-do': ['director'],
  '/can-bo/xin-y-kien/:id': ['specialist'],
  '/can-bo/quan-tri/tinh-nang': ['administrator'],
  '/can-bo/quan-tri/thu-tuc/:ma': ['administrator'],
  '/can-bo/quan-tri/sap-xep/:phuong_an': ['overseer'],
};

/** Servers of its own: what is made long here is long for nobody else. */
const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start({
        before: async (store) => {
          const name = NAME.replaceAll("'", "''");
          await change(store, `UPDATE accounts SET name = '${name}'`);
          await change(store, `UPDATE staff SET name = '${name}'`);
          await change(store, `UPDATE dossiers SET applicant_name = '${name}', procedure_name = '${PROCEDURE}'`);
          await lengthenTexts(store);
          await fillLists(store);
        },
      });
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

for (const reader of [...new Set(LOOKS.map((look) => look.reader))]) {
  test(`every page of ${reader} fits names and titles of any length @once`, async ({ tour }) => {
    test.setTimeout(240_000);
    const page = await tour.page(reader);
    const size = page.viewportSize();
    for (const { name } of LOOKS.filter((look) => look.reader === reader)) {
      await test.step(name, async () => {
        const answer = await page.goto(await tour.address(name, reader));
        expect(answer?.status(), name).toBe(name === '/khong-co-trang-nay' ? 404 : 200);
        await expectInWords(page, name);
        if (FILLED[name]?.includes(reader)) {
          await expect(page.locator('main'), `${name} shows ${reader} what there is`).toContainText(LONG);
        }
        await expectClean(page, name);
        await expectNarrowAtEveryWidth(page);
        await expectRoomForLargeText(page, !isStaff(reader));
        await page.setViewportSize(size ?? { width: 1366, height: 768 });
      });
    }
  });
}
