import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contentTypeOf, listApp } from './web-upload.ts';

describe('upload of a built app', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'app-'));
    mkdirSync(join(folder, 'assets'));
    for (const name of ['index.html', 'sw.js', 'assets/app-12345678.js'])
      writeFileSync(join(folder, name), '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('sends hashed files before the pages that name them', () => {
    expect(listApp(folder)).toEqual(['assets/app-12345678.js', 'index.html', 'sw.js']);
  });

  it.each([
    ['index.html', 'text/html; charset=utf-8'],
    ['manifest.webmanifest', 'application/manifest+json'],
    ['assets/app.js', 'text/javascript; charset=utf-8'],
    ['data.bin', 'application/octet-stream'],
  ])('gives %s the type %s', (name, type) => {
    expect(contentTypeOf(name)).toBe(type);
  });
});
