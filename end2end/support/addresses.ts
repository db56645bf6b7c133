import { hex, rows } from './house';
import type { Server } from './server';

/** Who reads a page. */
export type Reader = 'nobody' | 'resident' | 'reception' | 'leader' | 'controller';

/** The demonstration account of each reader among staff. */
export const LOGIN: Record<Exclude<Reader, 'nobody' | 'resident'>, string> = {
  reception: 'tiepnhan.dx',
  leader: 'lanhdao.dx',
  controller: 'kiemsoat.dx',
};

/** A page to look at: its address in words of the table of routes, and the address itself. */
export interface Look {
  name: string;
  reader: Reader;
  address: string;
}

/** Every line of the table of routes, for readers who see something different on it. */
export const PAGES: { name: string; readers: Reader[] }[] = [
  { name: '/', readers: ['nobody', 'resident'] },
  { name: '/thu-tuc', readers: ['nobody'] },
  { name: '/thu-tuc?q=khai sinh', readers: ['nobody'] },
  { name: '/thu-tuc?q=khong co gi nhu the', readers: ['nobody'] },
  { name: '/thu-tuc/:ma', readers: ['nobody'] },
  { name: '/thu-tuc/1.013225', readers: ['nobody'] },
  { name: '/nop-ho-so/:ma', readers: ['resident'] },
  { name: '/ban-nhap/:id', readers: ['resident'] },
  { name: '/ban-nhap/:id/muc/nguoi_khai', readers: ['resident'] },
  { name: '/ban-nhap/:id/muc/giay_to', readers: ['resident'] },
  { name: '/ban-nhap/:id/xem-lai', readers: ['resident'] },
  { name: '/ho-so', readers: ['resident'] },
  { name: '/ho-so/:id', readers: ['resident'] },
  { name: '/ho-so/:id/da-nop', readers: ['resident'] },
  { name: '/tra-cuu', readers: ['nobody'] },
  { name: '/dang-nhap', readers: ['nobody'] },
  { name: '/dang-ky', readers: ['nobody'] },
  { name: '/tai-khoan', readers: ['resident'] },
  { name: '/lien-he', readers: ['nobody'] },
  { name: '/khong-co-trang-nay', readers: ['nobody'] },
  { name: '/can-bo/dang-nhap', readers: ['nobody'] },
  { name: '/can-bo', readers: ['reception', 'leader', 'controller'] },
  { name: '/can-bo/viec/cho-tiep-nhan', readers: ['reception'] },
  { name: '/can-bo/viec/cho-phe-duyet', readers: ['leader'] },
  { name: '/can-bo/viec/qua-han', readers: ['leader'] },
  { name: '/can-bo/viec/tat-ca', readers: ['reception'] },
  { name: '/can-bo/quay', readers: ['reception'] },
  { name: '/can-bo/quay?thu_tuc=1.001193', readers: ['reception'] },
  { name: '/can-bo/ho-so/:id', readers: ['reception', 'leader'] },
  { name: '/can-bo/so-theo-doi', readers: ['reception'] },
  { name: '/can-bo/phieu-kiem-soat/:id', readers: ['reception'] },
  { name: '/can-bo/khong-de-sot', readers: ['leader', 'controller'] },
  { name: '/can-bo/phim-tat', readers: ['reception'] },
  { name: '/can-bo/danh-muc', readers: ['controller'] },
];

/** The table of pages, a line for each reader. */
export const LOOKS = PAGES.flatMap(({ name, readers }) => readers.map((reader) => ({ name, reader })));

/** Readers who live here, a draft and dossiers of theirs: what stands for `:id` in the table. */
export interface Ids {
  draft: string;
  own: string;
  submitted: string;
  atReception: string;
  withLeader: string;
  received: string;
}

/** Dossiers of the demonstration that a reader of staff sees in the commune of Đồng Xuân. */
export async function staffIds(server: Server): Promise<Pick<Ids, 'atReception' | 'withLeader' | 'received'>> {
  const of = `resolving_office IN (SELECT office_id FROM positions p JOIN staff s ON s.id = p.staff_id
    WHERE s.login = 'tiepnhan.dx' AND p.valid_to IS NULL
    UNION SELECT id FROM offices WHERE key LIKE 'xa-dong-xuan-%')`;
  const one = async (where: string): Promise<string> => {
    const found = await rows<{ id: string }>(
      server.store,
      `SELECT ${hex('id')} AS id FROM dossiers WHERE ${of} AND ${where} ORDER BY queue_at, ${hex('id')} LIMIT 1`,
    );
    const id = found[0]?.id;
    if (!id) {
      throw new Error(`the demonstration has no dossier where ${where}`);
    }
    return dashed(id);
  };
  return {
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
  if (name.startsWith('/can-bo/phieu')) {
    return name.replace(':id', need(ids.received));
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
