import { createRequire } from 'node:module';
import { join } from 'node:path';

export type ModelName = 'moderation' | 'people';

/** A model that looks at a square of pixels, three bytes each, and returns numbers. */
export interface Model {
  readonly side: number;
  run(rgb: Uint8Array): Promise<ArrayLike<number>>;
}

/** What `workflows/layers/vision` ships. */
interface VisionLayer {
  loadModel(name: ModelName): Promise<Model>;
}

/**
 * Loads a model of the vision layer.
 *
 * The layer is attached only where this engine is chosen, so it is neither imported nor bundled: it is looked up from the
 * function's folder, as its other packages are.
 *
 * @param folder - the folder from which the layer's module is found
 */
export async function loadModel(
  name: ModelName,
  folder = process.env.LAMBDA_TASK_ROOT ?? process.cwd(),
): Promise<Model> {
  return openLayer(folder).loadModel(name);
}

function openLayer(folder: string): VisionLayer {
  try {
    return createRequire(join(folder, 'index.js'))('happy-path-vision');
  } catch (cause) {
    throw new Error('Expected the vision layer, got none. Attach VisionLayer or set ENGINE to rekognition.', {
      cause,
    });
  }
}
