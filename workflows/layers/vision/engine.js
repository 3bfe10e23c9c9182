import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { cast, div, enableProdMode, setBackend, tensor4d, tidy } from '@tensorflow/tfjs-core';
import { loadLayersModel } from '@tensorflow/tfjs-layers';

/** What each model looks at, a square of RGB, and how to ask it. */
const models = {
  // Shares of drawing, hentai, neutral, porn and sexy, which add up to 1.
  moderation: { side: 224, load: loadLayersModel, infer: (model, pixels) => model.predict(div(pixels, 255)) },
  // 100 rows of left, top, right, bottom, score and COCO class.
  people: {
    side: 512,
    load: loadGraphModel,
    infer: (model, pixels) => model.execute(pixels, 'tower_0/detections'),
  },
};

let backend;

/**
 * Loads a model of this layer: `side` is that of the square it looks at, and `run` takes the square's pixels, three bytes
 * each, and returns the numbers that come out.
 */
export async function loadModel(name) {
  const { side, load, infer } = models[name];
  backend ??= startBackend();
  await backend;
  const model = await load({ load: async () => readModel(name) });
  return {
    side,
    run: async (rgb) => {
      const result = tidy(() => infer(model, cast(tensor4d(rgb, [1, side, side, 3], 'int32'), 'float32')));
      try {
        return await result.data();
      } finally {
        result.dispose();
      }
    },
  };
}

async function startBackend() {
  enableProdMode();
  // A worker has one photo at a time and hardly more than one processor.
  setThreadsCount(1);
  setWasmPaths(join(__dirname, '/'));
  await setBackend('wasm');
}

function readModel(name) {
  const read = (file) => readFileSync(join(__dirname, 'models', name, file));
  const { buffer, byteOffset, byteLength } = read('weights.bin');
  return { ...JSON.parse(read('model.json')), weightData: buffer.slice(byteOffset, byteOffset + byteLength) };
}
