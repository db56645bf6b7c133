import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hex, rows } from './house';
import type { Server } from './server';

/** The demonstration accounts of staff in the commune of Đồng Xuân, one for each role; the overseer administers the others. */
export const LOGIN = {
  reception: 'tiepnhan.dx',
  specialist: 'chuyenmon.dx',
  civilStatus: 'hotich.dx',
  director: 'giamdoc.dx',
  leader: 'lanhdao.dx',
  records: 'vanthu.dx',
  accountant: 'ketoan.dx',
  cashier: 'thuquy.dx',
  controller: 'kiemsoat.dx',
  administrator: 'quantri.dx',
  overseer: 'quantri.lx',
} as const;

export type StaffReader = keyof typeof LOGIN;

/** Who reads a page. A newcomer is a resident with an account and nothing else. */
export type Reader = 'nobody' | 'resident' | 'newcomer' | StaffReader;

export const STAFF = Object.keys(LOGIN) as StaffReader[];

/** Whether a reader came by the staff's door. */
export function isStaff(reader: Reader): reader is StaffReader {
  return reader in LOGIN;
}

/** A page to look at: its address in words of the table of routes, and for whom. */
export interface Look {
  name: string;
  reader: Reader;
}

/** Every line of the table of routes, for readers who see something different on it, with data and without. */
const PAGES: { name: string; readers: Reader[] }[] = [
  { name: '/', readers: ['nobody', 'resident'] },
  { name: '/thu-tuc', readers: ['nobody'] },
  { name: '/thu-tuc?q=khai sinh', readers: ['nobody'] },
  { name: '/thu-tuc?q=khong co gi nhu the', readers: ['nobody'] },
  { name: '/thu-tuc/:ma', readers: ['nobody'] },
  { name: '/thu-tuc/:ma?in=1', readers: ['nobody'] },
  { name: '/thu-tuc/1.013225', readers: ['nobody'] },
  { name: '/thu-tuc/1.004222', readers: ['nobody'] },
  { name: '/nop-ho-so/:ma', readers: ['resident'] },
  { name: '/nop-ho-so/1.004222', readers: ['nobody'] },
  { name: '/ban-nhap/:id', readers: ['resident'] },
  { name: '/ban-nhap/:id/muc/nguoi_khai', readers: ['resident'] },
  { name: '/ban-nhap/:id/muc/giay_to', readers: ['resident'] },
  { name: '/ban-nhap/:id/xem-lai', readers: ['resident'] },
  { name: '/ho-so', readers: ['resident', 'newcomer'] },
  { name: '/ho-so/:id', readers: ['resident'] },
  { name: '/ho-so/:id/da-nop', readers: ['resident'] },
  { name: '/tra-cuu', readers: ['nobody'] },
  { name: '/dang-nhap', readers: ['nobody'] },
  { name: '/dang-nhap?dinh_danh=declined', readers: ['nobody'] },
  { name: '/dang-ky', readers: ['nobody'] },
  { name: '/dat-mat-khau', readers: ['nobody'] },
  { name: '/tai-khoan', readers: ['resident'] },
  { name: '/tai-khoan/to-chuc', readers: ['resident', 'newcomer'] },
  { name: '/lien-he', readers: ['nobody'] },
  { name: '/khong-co-trang-nay', readers: ['nobody'] },
  { name: '/can-bo/dang-nhap', readers: ['nobody'] },
  { name: '/can-bo', readers: ['reception', 'leader', 'controller', 'administrator'] },
  { name: '/can-bo/viec/cho-tiep-nhan', readers: ['reception'] },
  { name: '/can-bo/viec/cua-toi', readers: ['specialist', 'accountant'] },
  { name: '/can-bo/viec/cho-phan-cong', readers: ['director'] },
  { name: '/can-bo/viec/sap-den-han', readers: ['leader'] },
  { name: '/can-bo/viec/qua-han', readers: ['leader'] },
  { name: '/can-bo/viec/cho-bo-sung', readers: ['reception'] },
  { name: '/can-bo/viec/cho-nghia-vu-tai-chinh', readers: ['accountant'] },
  { name: '/can-bo/viec/cho-phe-duyet', readers: ['leader'] },
  { name: '/can-bo/viec/cho-phat-hanh', readers: ['records'] },
  { name: '/can-bo/viec/cho-tra-ket-qua', readers: ['reception'] },
  { name: '/can-bo/viec/cho-tra-giay-to', readers: ['reception'] },
  { name: '/can-bo/viec/cho-gui-lai-tep', readers: ['reception'] },
  { name: '/can-bo/viec/tat-ca', readers: ['reception'] },
  { name: '/can-bo/viec/tat-ca?q=khong co gi nhu the', readers: ['reception'] },
  { name: '/can-bo/quay', readers: ['reception'] },
  { name: '/can-bo/quay?thu_tuc=khong co gi nhu the', readers: ['reception'] },
  { name: '/can-bo/quay?thu_tuc=1.001193', readers: ['reception'] },
  { name: '/can-bo/quay?thu_tuc=1.004222', readers: ['reception'] },
  { name: '/can-bo/tai-khoan', readers: ['reception'] },
  { name: '/can-bo/tai-khoan/to-chuc', readers: ['reception'] },
  { name: '/can-bo/tai-khoan/:proof', readers: ['reception'] },
  { name: '/can-bo/ho-so/:id', readers: ['reception', 'leader'] },
  { name: '/can-bo/ho-so/:id?nhat_ky=moi', readers: ['controller'] },
  { name: '/can-bo/so-theo-doi', readers: ['reception'] },
  { name: '/can-bo/so-theo-doi?tu=01/01/2019&den=02/01/2019', readers: ['controller'] },
  { name: '/can-bo/phieu-kiem-soat/:id', readers: ['reception'] },
  { name: '/can-bo/viec/cho-phan-cong?chon=tat-ca', readers: ['director'] },
  { name: '/can-bo/nhieu-ho-so', readers: ['leader'] },
  { name: '/can-bo/bo-loc', readers: ['reception'] },
  { name: '/can-bo/xin-y-kien', readers: ['specialist', 'leader'] },
  { name: '/can-bo/xin-y-kien?xem=da-tra-loi', readers: ['leader'] },
  { name: '/can-bo/xin-y-kien?xem=da-hoi', readers: ['specialist'] },
  { name: '/can-bo/xin-y-kien/:id', readers: ['specialist'] },
  { name: '/can-bo/nhac-den', readers: ['leader', 'controller'] },
  { name: '/can-bo/mau-ly-do', readers: ['director', 'reception'] },
  { name: '/can-bo/lam-thay', readers: ['leader', 'reception', 'controller'] },
  { name: '/can-bo/khong-de-sot', readers: ['leader', 'controller'] },
  { name: '/can-bo/khong-de-sot?nguoi_giu=cashier', readers: ['controller'] },
  { name: '/can-bo/dau-niem', readers: ['controller'] },
  { name: '/can-bo/dau-niem?ngay=hom qua', readers: ['administrator'] },
  { name: '/can-bo/phien', readers: ['reception', 'administrator'] },
  { name: '/can-bo/phim-tat', readers: ['reception'] },
  { name: '/can-bo/quan-tri', readers: ['administrator', 'controller'] },
  { name: '/can-bo/quan-tri/can-bo', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/can-bo?q=khong co gi nhu the', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/can-bo/them', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/can-bo/:id', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/don-vi', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/don-vi/them', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/don-vi/them?don_vi=:don_vi&loai=division&ten=Phong moi&ma=xa-dong-xuan-phong-moi&ma_dinh_danh=H15.50.05.77&tu_ngay=1&tu_thang=1&tu_nam=2027', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/don-vi/:so', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/lich', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/lich?nam=2025', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/lich/:draft', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/lich/:draft/xem-truoc', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/tinh-nang', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/thu-tuc', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/thu-tuc?q=khong co gi nhu the', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/thu-tuc/tep', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/thu-tuc/:ma', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/thu-tuc/:ma?don_vi=:don_vi&truc_tuyen=0&ghi_chu=mang ban chinh', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/nhat-ky', readers: ['administrator', 'controller'] },
  { name: '/can-bo/quan-tri/nhat-ky?ma=khong co ma nhu the', readers: ['administrator'] },
  { name: '/can-bo/quan-tri/sap-xep', readers: ['overseer', 'administrator'] },
  { name: '/can-bo/quan-tri/sap-xep/moi', readers: ['overseer', 'administrator'] },
  { name: '/can-bo/quan-tri/sap-xep/:phuong_an', readers: ['overseer'] },
  { name: '/can-bo/quan-tri/sap-xep/:phuong_an/ban-giao/:so', readers: ['overseer'] },
  { name: '/can-bo/danh-muc', readers: ['controller'] },
];

/** The table of pages, a line for each reader. */
export const LOOKS: Look[] = PAGES.flatMap(({ name, readers }) => readers.map((reader) => ({ name, reader })));

/** Lines of what the router is given; a test of the program compares the list with the router itself. */
function given(kind: 'page' | 'alone'): string[] {
  const list = readFileSync(path.join(__dirname, 'router.txt'), 'utf8').split('\n');
  return list.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1));
}

/** The addresses of the router's own pages, such as `/ho-so/:id`. */
export function routes(): string[] {
  return given('page');
}

/** A page that stands in no table: it comes up in place of another one, with this status and this heading. */
export interface Alone {
  status: number;
  heading: string;
}

/** Every page that stands in no table. */
export function pagesAlone(): Alone[] {
  return given('alone').map((line) => {
    const [status, , , ...heading] = line.split(' ');
    return { status: Number(status), heading: heading.join(' ') };
  });
}

/** The one of that status. */
export function alone(status: number): Alone {
  const found = pagesAlone().find((page) => page.status === status);
  if (!found) {
    throw new Error(`the router has no page of its own for ${status}`);
  }
  return found;
}

/** The addresses of the program's own queues. */
export function queues(): string[] {
  const source = readFileSync(path.resolve(__dirname, '../../server/office/src/queues.rs'), 'utf8');
  return [...source.matchAll(/Self::\w+ => "([a-z-]+)"/g)].map((match) => `/can-bo/viec/${match[1] ?? ''}`);
}

/** The line of the program's table that a page belongs to. */
export function routeOf(name: string): string | undefined {
  const parts = (name.split('?')[0] ?? '').split('/');
  const fits = (route: string): boolean => {
    const wanted = route.split('/');
    return wanted.length === parts.length && wanted.every((part, at) => part.startsWith(':') || part === parts[at]);
  };
  // A line without a variable part is nearer than one with.
  return routes().filter(fits).sort((a, b) => a.split(':').length - b.split(':').length)[0];
}

/** Readers who live here, a draft and dossiers of theirs: what stands for `:id` in the table. */
export interface Ids {
  draft: string;
  own: string;
  submitted: string;
  atReception: string;
  withLeader: string;
  received: string;
  /** The proof of an account, given at the counter. */
  proof: string;
  /** The calendar of a year in an administrator's hands. */
  calendarDraft: string;
  /** The clerk of the counter, as the administrator's pages name people and places. */
  clerk: string;
  place: string;
  /** The unit of Đồng Xuân, by its authority. */
  unit: string;
  /** A reorganisation that is prepared, and the unit that continues. */
  plan: string;
  heir: string;
  /** What Đồng Xuân is asked by another unit. */
  opinion: string;
}

/** Dossiers that are resolved in the commune of Đồng Xuân. */
export const HERE = `resolving_office IN (SELECT id FROM offices WHERE key LIKE 'xa-dong-xuan-%')`;

/** The dossier that waits to be accepted in another commune: `xuan-lanh`, `phu-mo` and `xuan-phuoc` have one each. */
export async function waitingIn(server: Server, commune: string): Promise<string> {
  const [found] = await rows<{ id: string }>(
    server.store,
    `SELECT ${hex('d.id')} AS id FROM dossiers d JOIN offices o ON o.id = d.resolving_office
     WHERE d.status = 1 AND o.key = 'xa-${commune}-ubnd' ORDER BY d.queue_at LIMIT 1`,
  );
  if (!found) {
    throw new Error(`nothing waits at reception in ${commune}`);
  }
  return dashed(found.id);
}

/** Dossiers of the demonstration that a reader of staff sees in the commune of Đồng Xuân. */
export async function staffIds(server: Server): Promise<Pick<Ids, 'atReception' | 'withLeader' | 'received' | 'clerk' | 'place' | 'opinion' | 'plan' | 'heir' | 'unit'>> {
  const one = async (where: string): Promise<string> => {
    const found = await rows<{ id: string }>(
      server.store,
      `SELECT ${hex('id')} AS id FROM dossiers WHERE ${HERE} AND ${where} ORDER BY queue_at, ${hex('id')} LIMIT 1`,
    );
    const id = found[0]?.id;
    if (!id) {
      throw new Error(`the demonstration has no dossier where ${where}`);
    }
    return dashed(id);
  };
  const [clerk] = await rows<{ id: string }>(server.store, `SELECT ${hex('id')} AS id FROM staff WHERE login = '${LOGIN.reception}'`);
  const [place] = await rows<{ id: number }>(server.store, "SELECT id FROM offices WHERE key = 'xa-dong-xuan-phuc-vu-hanh-chinh-cong'");
  const [plan] = await rows<{ id: string }>(server.store, `SELECT ${hex('id')} AS id FROM reorganisations WHERE dropped_at IS NULL LIMIT 1`);
  const [heir] = await rows<{ id: number }>(server.store, "SELECT id FROM offices WHERE key = 'xa-xuan-phuoc-ubnd'");
  const [unit] = await rows<{ id: number }>(server.store, "SELECT id FROM offices WHERE key = 'xa-dong-xuan-ubnd'");
  if (!plan || !heir || !unit) {
    throw new Error('the demonstration has prepared no reorganisation, or has no unit of Đồng Xuân');
  }
  const [opinion] = await rows<{ id: string }>(
    server.store,
    `SELECT ${hex('p.id')} AS id FROM opinions p JOIN offices o ON o.id = p.asked_unit
     WHERE p.ended_at IS NULL AND o.key = 'xa-dong-xuan-ubnd' ORDER BY p.respond_by LIMIT 1`,
  );
  if (!clerk || !place || !opinion) {
    throw new Error('the demonstration has no clerk at the counter of Đồng Xuân, or nobody asks it for an opinion');
  }
  return {
    opinion: dashed(opinion.id),
    clerk: dashed(clerk.id),
    place: String(place.id),
    plan: dashed(plan.id),
    heir: String(heir.id),
    unit: String(unit.id),
    atReception: await one('status = 1'),
    withLeader: await one("sub_state = 'awaiting_approval'"),
    received: await one('received_at IS NOT NULL AND status IN (2, 4)'),
  };
}

/** The address of a page for a reader. */
export function addressOf(name: string, reader: Reader, ids: Partial<Ids>): string {
  const need = (id: string | undefined): string => {
    if (!id) {
      throw new Error(`${name} needs something to look at`);
    }
    return id;
  };
  if (name.startsWith('/ban-nhap/')) {
    return name.replace(':id', need(ids.draft));
  }
  if (name === '/ho-so/:id/da-nop') {
    return name.replace(':id', need(ids.submitted));
  }
  if (name.startsWith('/ho-so/')) {
    return name.replace(':id', need(ids.own));
  }
  if (name.startsWith('/can-bo/quan-tri/sap-xep/')) {
    return name.replace(':phuong_an', need(ids.plan)).replace(':so', need(ids.heir));
  }
  if (name.startsWith('/can-bo/quan-tri/')) {
    const drafted = name.includes(':draft') ? name.replace(':draft', need(ids.calendarDraft)) : name;
    const named = drafted.includes(':don_vi') ? drafted.replace(':don_vi', need(ids.unit)) : drafted;
    return named.replace(':ma', '1.001193').replace(':id', need(ids.clerk)).replace(':so', need(ids.place)).replaceAll(' ', '+');
  }
  if (name.startsWith('/can-bo/xin-y-kien/')) {
    return name.replace(':id', need(ids.opinion));
  }
  if (name.startsWith('/can-bo/phieu')) {
    return name.replace(':id', need(ids.received));
  }
  if (name.startsWith('/can-bo/tai-khoan/')) {
    return name.replace(':proof', need(ids.proof));
  }
  if (name.startsWith('/can-bo/ho-so')) {
    return name.replace(':id', need(reader === 'leader' ? ids.withLeader : ids.atReception));
  }
  return name.replace(':ma', '1.001193').replaceAll(' ', '+');
}

/** 32 hexadecimal digits as addresses have them. */
export function dashed(id: string): string {
  return id.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
