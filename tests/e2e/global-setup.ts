import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { findChromium } from '../../scripts/lib/chromium.ts';
import { startLocal } from '../../scripts/lib/local.ts';
import { makeSamples } from '../../scripts/samples.ts';
import { seed } from '../../scripts/seed.ts';

declare module 'vitest' {
  interface ProvidedContext {
    chromium: string;
  }
}

const parameters = {
  /** In doubt about every photo, so that what it gets goes to the rangers. */
  v3: { ModerationReviewConfidence: '0', ModerationRejectConfidence: '100' },
  /** Stamps come as they are waited for; all else of an order takes the time that it takes at a café. */
  orders: { StampDelaySeconds: '5' },
};

/** Starts the whole app for this run, front ends and sample photos included, with ports and data of its own. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateFolder = mkdtempSync(join(tmpdir(), 'happy-path-e2e-'));
  const samplePhotos = join(stateFolder, 'samples');
  project.provide('chromium', findChromium());
  await makeSamples({ folder: samplePhotos, count: 3 });
  const app = await startLocal({ stateFolder, samplePhotos, apps: true, seed, parameters });
  project.provide('outputs', app.outputs);
  return async () => {
    await app.stop();
    rmSync(stateFolder, { recursive: true, force: true });
  };
}
