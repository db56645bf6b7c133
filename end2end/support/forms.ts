import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { addressOf, dashed, HERE, type Ids, LOOKS, type Reader, STAFF } from './addresses';
import { hex, rows } from './house';
import type { Server } from './server';

/** Where a form stands. */
export interface Place {
  reader: Reader | 'owner';
  /** The number of the resident, when the reader is the owner of a dossier. */
  citizenId?: string;
  address: string;
}

/** Cookies of whoever reads. */
export type CookieOf = (reader: Reader) => Promise<string>;
export type CookieOfOwner = (citizenId: string) => Promise<string>;

/** A dossier in one of the states that the demonstration has, one of each. */
export interface InState {
  id: string;
  citizenId: string | null;
  /** Status, place inside it, and what stands open: `4/examining/paused`. */
  state: string;
  /** Its matter is for those alone whose steps it passes. */
  sensitive: boolean;
}

interface Row {
  id: string;
  citizen_id: string | null;
  sensitive: number | boolean;
  status: number;
  sub_state: string;
  state: string | object;
}

/** One dossier for every state there is, in Đồng Xuân or everywhere; one of somebody with an account where there is one. */
export async function oneOfEachState(server: Server, where: 'here' | 'everywhere' = 'here'): Promise<InState[]> {
  const offices = where === 'here' ? HERE.replace('resolving_office', 'd.resolving_office') : '1 = 1';
  const all = await rows<Row>(
    server.store,
    `SELECT ${hex('d.id')} AS id, a.citizen_id, d.sensitive, d.status, d.sub_state, d.state FROM dossiers d
     LEFT JOIN accounts a ON a.id = d.account_id WHERE ${offices}
     ORDER BY d.sensitive, d.queue_at, ${hex('d.id')}`,
  );
  const found = new Map<string, InState>();
  for (const row of all) {
    const state = stateOf(row);
    const known = found.get(state);
    if (!known || (known.citizenId === null && row.citizen_id !== null)) {
      found.set(state, { id: dashed(row.id), citizenId: row.citizen_id, state, sensitive: Boolean(row.sensitive) });
    }
  }
  return [...found.values()].sort((a, b) => a.state.localeCompare(b.state));
}

function stateOf(row: Row): string {
  const state = (typeof row.state === 'string' ? JSON.parse(row.state) : row.state) as Record<string, unknown>;
  const last = (state.pauses as { to?: unknown }[] | undefined)?.at(-1);
  const open = last !== undefined && (last.to ?? null) === null;
  const parts = [
    String(row.status),
    row.sub_state,
    open ? 'paused' : '',
    state.withdrawal_asked ? 'withdrawal asked' : '',
    state.redated_due ? 'redated' : '',
    state.rating ? 'rated' : '',
    state.received ? '' : 'not received',
  ];
  return parts.filter((part) => part !== '').join('/');
}

/**
 * Every form of the site: the pages of the table and the links on them, for a stranger, a resident and each role of
 * staff; then a dossier in each state, for its resident and for each role. Answers where each form was found first.
 */
export async function everyForm(
  server: Server,
  ids: Ids,
  cookieOf: CookieOf,
  cookieOfOwner: CookieOfOwner,
): Promise<Map<string, Place>> {
  const found = new Map<string, Place>();
  const read = async (place: Place, cookie: string): Promise<string> => {
    const answer = await server.ask('GET', place.address, { cookie, accept: 'text/html' });
    const html = answer.headers['content-type']?.includes('text/html') ? answer.body.toString() : '';
    for (const form of formsIn(html)) {
      if (!found.has(form)) {
        found.set(form, place);
      }
    }
    return html;
  };
  const readers: Reader[] = ['nobody', 'resident', ...STAFF];
  for (const reader of readers) {
    const cookie = await cookieOf(reader);
    const looks = LOOKS.filter((look) => look.reader === reader).map(({ name }) => addressOf(name, reader, ids));
    const start = reader === 'nobody' || reader === 'resident' ? ['/'] : ['/can-bo'];
    await walk([...looks, ...start], (address) => read({ reader, address }, cookie));
  }
  for (const { id } of await oneOfEachState(server)) {
    for (const reader of STAFF) {
      await read({ reader, address: `/can-bo/ho-so/${id}` }, await cookieOf(reader));
    }
  }
  for (const { id, citizenId } of await oneOfEachState(server, 'everywhere')) {
    if (citizenId) {
      await read({ reader: 'owner', citizenId, address: `/ho-so/${id}` }, await cookieOfOwner(citizenId));
    }
  }
  return found;
}

/** What the program takes by post, in its own tables: `drafts/submit_draft`, `/tai-len/nhap/:id`. */
export function posts(): string[] {
  const acts = path.resolve(__dirname, '../../app/src/acts');
  const named = readdirSync(acts).flatMap((file) => {
    const source = readFileSync(path.join(acts, file), 'utf8');
    const names = source.matchAll(/#\[server[^\]]*\]\s*(?:#\[[^\]]*\]\s*)*pub async fn (\w+)/g);
    return [...names].map(([, name]) => `${file.replace('.rs', '')}/${name ?? ''}`);
  });
  const table = readFileSync(path.resolve(__dirname, '../../server/src/http/routes.rs'), 'utf8');
  const files = [...table.matchAll(/"POST", "([^"]*\/tai-len\/[^"]+)"/g)].map(([, route]) => (route ?? '').replace(/\{\w+\}/, ':id'));
  return [...named, ...files];
}

/** How many pages of one kind are read for one reader. */
const OF_A_KIND = 2;

/** Reads pages and what they link to. */
async function walk(start: string[], read: (address: string) => Promise<string>): Promise<void> {
  const [ahead, seen, kinds] = [[...start], new Set<string>(), new Map<string, number>()];
  for (let address = ahead.shift(); address !== undefined; address = ahead.shift()) {
    const kind = patternOf(address);
    const known = kinds.get(kind) ?? 0;
    if (seen.has(address) || (known >= OF_A_KIND && !start.includes(address))) {
      continue;
    }
    seen.add(address);
    kinds.set(kind, known + 1);
    const html = await read(address);
    for (const [, href] of html.matchAll(/<a\s[^>]*href="(\/[^"#]*)/g)) {
      if (href && !/^\/(tep|giay-to|so-theo-doi|phieu-kiem-soat|ban-giao|pkg)\//.test(href)) {
        ahead.push(plain(href));
      }
    }
  }
}

/** The forms of a page: `dossiers/accept_dossier`, `/tai-len/nhap/:id`, or `GET /tra-cuu`. */
export function formsIn(html: string): string[] {
  return [...html.matchAll(/<form\b([^>]*)>/g)].map(([, inside]) => {
    const attribute = (name: string): string => plain(inside?.match(new RegExp(`\\b${name}="([^"]*)"`))?.[1] ?? '');
    const address = patternOf(attribute('action'));
    return attribute('method').toLowerCase() === 'post' ? address.replace('/api/app/acts/', '') : `GET ${address}`;
  });
}

/** An address without what changes from page to page. */
function patternOf(address: string): string {
  const bare = address.split(/[?#]/)[0] ?? '';
  return bare
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, ':id')
    .replace(/^\/can-bo\/viec\/[\w-]+$/, '/can-bo/viec/:queue')
    .replace(/\/ban-giao\/\d+$/, '/ban-giao/:so')
    .replace(/^\/can-bo\/quan-tri\/don-vi\/\d+$/, '/can-bo/quan-tri/don-vi/:so')
    .replace(/^\/can-bo\/quan-tri\/thu-tuc\/[\d.]+$/, '/can-bo/quan-tri/thu-tuc/:ma')
    .replace(/^\/(thu-tuc|nop-ho-so)\/[\d.]+$/, '/$1/:ma');
}

function plain(text: string): string {
  return text.replaceAll('&amp;', '&').replaceAll('&quot;', '"').replaceAll('&#x27;', "'");
}
