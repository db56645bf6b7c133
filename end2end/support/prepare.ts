import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { emptyStore, motcua, settle } from './house';

/** Before all tests: the demonstration is put once into a store that every worker then copies. */
export default async function prepare(): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-e2e-'));
  mkdirSync(path.join(folder, 'data'));
  const store = await emptyStore(folder);
  await motcua(store, ['seed-demo']);
  await settle(store);
  process.env.MOTCUA_E2E_TEMPLATE = JSON.stringify(store);
}
