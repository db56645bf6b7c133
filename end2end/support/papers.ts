import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { deflateSync } from 'node:zlib';
import type { BrowserContext } from '@playwright/test';
import { expect } from './fixtures';
import type { Server } from './server';

const run = promisify(execFile);

/** Fetches a paper with the session of a context, and reads the words in it. */
export async function wordsOf(server: Server, context: BrowserContext, address: string): Promise<string> {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await server.ask('GET', address, { cookie });
  expect(answer.status, address).toBe(200);
  expect(answer.headers['content-type']).toContain('application/pdf');
  expect(answer.body.subarray(0, 5).toString()).toBe('%PDF-');
  const folder = mkdtempSync(path.join(tmpdir(), 'motcua-e2e-paper-'));
  try {
    const [pdf, text] = [path.join(folder, 'a.pdf'), path.join(folder, 'a.txt')];
    writeFileSync(pdf, answer.body);
    await run('pdftotext', ['-layout', pdf, text]);
    return readFileSync(text, 'utf8').normalize('NFC').replaceAll(/\s+/g, ' ');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A photograph of a paper, as far as the server can tell: a real PNG with a changing picture in it. */
export function picture(file: string, side = 240): string {
  const rows: Buffer[] = [];
  for (let y = 0; y < side; y += 1) {
    const row = Buffer.alloc(1 + side * 3);
    for (let x = 0; x < side; x += 1) {
      row.set([x & 255, y & 255, (x * y) & 255], 1 + x * 3);
    }
    rows.push(row);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const png = [signature, chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))];
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, Buffer.concat(png));
  return file;
}

function chunk(kind: string, body: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const out = Buffer.alloc(named.length + 8);
  out.writeUInt32BE(body.length, 0);
  named.copy(out, 4);
  out.writeUInt32BE(crc(named), named.length + 4);
  return out;
}

/** The CRC of PNG (ISO 3309). */
function crc(bytes: Buffer): number {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit += 1) {
      value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    }
  }
  return (value ^ 0xffffffff) >>> 0;
}
