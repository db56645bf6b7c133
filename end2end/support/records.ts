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
  const found = await rows<{ kind: string }>(
    server.store,
    `SELECT ${kindOf('body')} AS kind FROM dossier_events WHERE ${hex('dossier_id')} = '${plain(id)}' ORDER BY seq`,
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

/** What happened to a dossier in somebody's place, in order: who did it, in whose place, and by which right. */
export async function standIns(server: Server, id: string): Promise<{ kind: string; actor_name: string; form: string; from_name: string }[]> {
  return rows(
    server.store,
    `SELECT ${kindOf('e.body')} AS kind, e.actor_name, m.kind AS form, m.from_name FROM dossier_events e
     JOIN mandates m ON m.id = e.mandate_id WHERE ${hex('e.dossier_id')} = '${plain(id)}' ORDER BY e.seq`,
  );
}

/** Acts on a dossier in the audit log that were done in somebody's place, each with both names. */
export async function standInAudit(server: Server, id: string): Promise<{ act: string; actor_name: string; in_place_of: string }[]> {
  return rows(
    server.store,
    `SELECT a.act, a.actor_name, s.name AS in_place_of FROM audit_rows a JOIN staff s ON s.id = a.acting_for
     WHERE replace(a.object_id, '-', '') = '${plain(id)}' ORDER BY a.id`,
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

/** The kind of an event, from the column that has it. */
function kindOf(column: string): string {
  return process.env.MOTCUA_TEST_POSTGRES ? `${column}->>'kind'` : `json_extract(${column}, '$.kind')`;
}

function plain(id: string): string {
  return id.replaceAll('-', '');
}
