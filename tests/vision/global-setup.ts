import type { TestProject } from 'vitest/node';
import { visionLayer } from './layer.ts';

declare module 'vitest' {
  interface ProvidedContext {
    visionLayer: string;
  }
}

/** Builds the layer that carries the models; seconds at first, nothing later. */
export default async function setup(project: TestProject): Promise<void> {
  project.provide('visionLayer', await visionLayer());
}
