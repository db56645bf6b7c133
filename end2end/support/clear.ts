import { rmSync } from 'node:fs';
import { dropStore, type Store } from './house';

/** After all tests: the store that was copied goes. */
export default async function clear(): Promise<void> {
  if (!process.env.MOTCUA_E2E_TEMPLATE) {
    return;
  }
  const store = JSON.parse(process.env.MOTCUA_E2E_TEMPLATE) as Store;
  await dropStore(store);
  rmSync(store.folder, { recursive: true, force: true });
}
