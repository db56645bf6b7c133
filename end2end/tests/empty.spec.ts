import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { dashed, LOGIN, queues } from '../support/addresses';
import { expect, type State, test as base } from '../support/fixtures';
import { change, hex, rows } from '../support/house';
import { expectUsable } from '../support/refusal';
import { Server } from '../support/server';

/** Who reads a page: a login of staff, somebody with a new account, or nobody in particular. */
interface Look {
  as: string;
  address: string;
}

/** Where nothing stands on each list, by the file that draws it. What stands for `:id` is looked up. */
const EMPTY: Record<string, Look> = {
  'citizen/catalogue.rs': { as: 'nobody', address: '/thu-tuc?q=xyzzy+qqq' },
  'citizen/mine/list.rs': { as: 'newcomer', address: '/ho-so' },
  'citizen/organisations.rs': { as: 'newcomer', address: '/tai-khoan/to-chuc' },
  'staff/admin/audit.rs': { as: LOGIN.administrator, address: '/can-bo/quan-tri/nhat-ky?ma=khong+co+ma+nhu+the' },
  'staff/admin/handover.rs': {
    as: LOGIN.overseer,
    address: '/can-bo/quan-tri/sap-xep/:plan/ban-giao/:heir?sau=ffffffff-ffff-4fff-bfff-ffffffffffff&tu=2',
  },
  'staff/admin/procedures/mod.rs': { as: LOGIN.administrator, address: '/can-bo/quan-tri/thu-tuc?q=zzzzqq+xxqqyy' },
  'staff/admin/reorganisations.rs': { as: LOGIN.administrator, address: '/can-bo/quan-tri/sap-xep' },
  'staff/admin/roster.rs': { as: LOGIN.administrator, address: '/can-bo/quan-tri/can-bo?q=khong+co+ai+nhu+the' },
  'staff/anchor.rs': { as: LOGIN.controller, address: '/can-bo/dau-niem?ngay=01/01/2019' },
  'staff/bulk.rs': { as: LOGIN.leader, address: '/can-bo/nhieu-ho-so' },
  'staff/counter/mod.rs': { as: LOGIN.reception, address: '/can-bo/quay?thu_tuc=xyzzy+qqq' },
  'staff/dossier/papers.rs': { as: 'lanhdao.xl', address: '/can-bo/ho-so/:id' },
  'staff/home.rs': { as: LOGIN.leader, address: '/can-bo' },
  'staff/mandates.rs': { as: LOGIN.leader, address: '/can-bo/lam-thay' },
  'staff/mentions.rs': { as: LOGIN.leader, address: '/can-bo/nhac-den' },
  'staff/opinions.rs': { as: LOGIN.leader, address: '/can-bo/xin-y-kien' },
  'staff/queue.rs': { as: LOGIN.reception, address: '/can-bo/viec/cho-tiep-nhan' },
  'staff/reasons.rs': { as: LOGIN.reception, address: '/can-bo/mau-ly-do' },
  'staff/register.rs': { as: LOGIN.reception, address: '/can-bo/so-theo-doi?tu=01/01/2019&den=02/01/2019' },
  'staff/remarks.rs': { as: LOGIN.controller, address: '/can-bo/danh-muc' },
  'staff/saved_views.rs': { as: LOGIN.reception, address: '/can-bo/bo-loc' },
  'staff/stuck.rs': { as: LOGIN.controller, address: '/can-bo/khong-de-sot?nguoi_giu=cashier' },
};

/** Those that stand empty nowhere in the demonstration: they are looked at here. */
const NEVER_EMPTY = ['staff/home.rs', 'staff/queue.rs', 'staff/remarks.rs', 'staff/opinions.rs', 'staff/reasons.rs', 'staff/dossier/papers.rs', 'staff/anchor.rs'];

const XUAN_LANH = "(SELECT id FROM offices WHERE key = 'xa-xuan-lanh-ubnd')";

/** A server of its own: nothing has come to Đồng Xuân, no dossier has a file, and nothing is left to look over. */
const test = base.extend<object, { server: Server }>({
  server: [
    async ({}, use) => {
      const server = await Server.start({
        before: async (store) => {
          for (const statement of [
            `UPDATE dossiers SET resolving_office = ${XUAN_LANH}`,
            `UPDATE opinions SET asked_unit = ${XUAN_LANH}`,
            'UPDATE uploads SET finished_at = NULL',
            'DELETE FROM import_remarks',
          ]) {
            await change(store, statement);
          }
        },
      });
      // The texts that are shipped are laid down as it starts.
      await change(server.store, 'UPDATE reasons SET retired_at = changed_at');
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

test('every list says so when there is nothing on it, and is then as usable as any @once', async ({ enter, doors, server }) => {
  test.setTimeout(150_000);
  expect(Object.keys(EMPTY).sort(), 'each list of the pages').toEqual(filesWithEmpty());
  const state = async (as: string): Promise<State | undefined> =>
    as === 'nobody' ? undefined : as === 'newcomer' ? doors.newcomer() : doors.staff(as);
  const said = async ({ as, address }: Look): Promise<string> => {
    const cookie = ((await state(as))?.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join('; ');
    const answer = await server.ask('GET', address, { accept: 'text/html', cookie });
    expect(answer.status, `${address} for ${as}`).toBe(200);
    return /class="empty"[\s\S]*?<p[^>]*>([^<]+)/.exec(answer.body.toString())?.[1]?.trim() ?? '';
  };
  for (const [file, look] of Object.entries(EMPTY)) {
    const address = await withIds(server, look.address);
    await test.step(file, async () => {
      expect(await said({ as: look.as, address }), `${address} for ${look.as}`).not.toBe('');
      if (NEVER_EMPTY.includes(file)) {
        const page = await enter(await state(look.as));
        await page.goto(address);
        await expect(page.locator('.empty').first()).toBeVisible();
        await expect(page.locator('h1')).toHaveCount(1);
        await expectUsable(page);
        await page.context().close();
      }
    });
  }
  const words = new Map<string, string>();
  for (const address of queues()) {
    words.set(address, await said({ as: LOGIN.reception, address }));
  }
  expect([...words].filter(([, one]) => one === ''), 'each queue says so').toEqual([]);
  expect(new Set(words.values()).size, 'each in words of its own').toBe(words.size);
});

/** The files of the pages that draw a list with nothing on it. */
function filesWithEmpty(): string[] {
  const pages = path.resolve(__dirname, '../../app/src');
  const files = readdirSync(pages, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.rs'));
  return files.filter((file) => /<Empty\b/.test(readFileSync(path.join(pages, file), 'utf8'))).sort();
}

/** An address with what stands for its parts: the plan that is prepared, a unit that continues, a dossier of Xuân Lãnh. */
async function withIds(server: Server, address: string): Promise<string> {
  const parts: Record<string, string> = {
    ':plan': `SELECT ${hex('id')} AS id FROM reorganisations WHERE dropped_at IS NULL LIMIT 1`,
    ':heir': "SELECT id FROM offices WHERE key = 'xa-xuan-phuoc-ubnd'",
    ':id': `SELECT ${hex('id')} AS id FROM dossiers WHERE sub_state = 'awaiting_approval' AND NOT sensitive ORDER BY queue_at, id LIMIT 1`,
  };
  let full = address;
  for (const [part, sql] of Object.entries(parts).filter(([part]) => address.includes(part))) {
    const [found] = await rows<{ id: string | number }>(server.store, sql);
    full = full.replace(part, dashed(String(found?.id ?? 'nothing')));
  }
  return full;
}
