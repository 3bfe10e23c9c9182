import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadModel } from './wasm-models.ts';

const folder = mkdtempSync(join(tmpdir(), 'happy-path-vision-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('loadModel', () => {
  it('finds the layer from the function’s folder', async () => {
    // Prepare
    const modules = join(folder, 'attached', 'node_modules', 'happy-path-vision');
    mkdirSync(modules, { recursive: true });
    writeFileSync(join(modules, 'index.js'), 'exports.loadModel = async (name) => ({ side: name.length });');

    // Act
    const model = await loadModel('people', join(folder, 'attached'));

    // Assess
    expect(model.side).toBe(6);
  });

  it('says what to do when the layer is not attached', async () => {
    await expect(loadModel('people', folder)).rejects.toThrow(/Attach VisionLayer/);
  });
});
