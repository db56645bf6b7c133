import { expect } from '@playwright/test';
import { hex, rows } from './house';
import type { Server } from './server';

/** A dossier as the database keeps it. */
export interface Kept {
  id: string;
  code: string | null;
  temporary_code: string | null;
  lookup_code: string;
  status: number;
  applicant_name: string;
  due_at: number | null;
  delivered_at: number | null;
}

const COLUMNS = `${hex('id')} AS id, code, temporary_code, lookup_code, status, applicant_name, due_at, delivered_at`;

/** What the database keeps of a dossier. */
export async function kept(server: Server, id: string): Promise<Kept> {
  const found = await rows<Kept>(server.store, `SELECT ${COLUMNS} FROM dossiers WHERE ${hex('id')} = '${plain(id)}'`);
  expect(found, 'one dossier').toHaveLength(1);
  return found[0] as Kept;
}

/** What happened to a dossier, in order. */
export async function history(server: Server, id: string): Promise<string[]> {
  const body = process.env.MOTCUA_TEST_POSTGRES ? "body->>'kind'" : "json_extract(body, '$.kind')";
  const found = await rows<{ kind: string }>(
    server.store,
    `SELECT ${body} AS kind FROM dossier_events WHERE ${hex('dossier_id')} = '${plain(id)}' ORDER BY seq`,
  );
  return found.map(({ kind }) => kind);
}

/** Acts on a dossier in the audit log, each with the person who did it. */
export async function audit(server: Server, id: string): Promise<{ act: string; actor_name: string }[]> {
  return rows(
    server.store,
    `SELECT act, actor_name FROM audit_rows WHERE replace(object_id, '-', '') = '${plain(id)}' ORDER BY id`,
  );
}

/** How many rows a table has for a condition. */
export async function count(server: Server, table: string, where: string): Promise<number> {
  const found = await rows<{ n: number }>(server.store, `SELECT count(*) AS n FROM ${table} WHERE ${where}`);
  return Number(found[0]?.n);
}

/** The id in an address, or nothing. */
export function idIn(address: string): string {
  return address.match(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/)?.[0] ?? '';
}

function plain(id: string): string {
  return id.replaceAll('-', '');
}
