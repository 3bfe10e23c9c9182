// Writes the models that are used out of the packages that carry them: `node pack-models.js <folder>`.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';

const [folder = 'models'] = process.argv.slice(2);
const modules = resolve('node_modules');
const require = createRequire(join(modules, 'index.js'));

/** nsfwjs carries its models as scripts for browsers, with the weights in base64. */
function moderation() {
  const source = join(modules, 'nsfwjs', 'dist', 'models', 'mobilenet_v2');
  const shards = readdirSync(source)
    .filter((name) => name.startsWith('group1-shard'))
    .sort();
  const weights = Buffer.concat(shards.map((name) => Buffer.from(require(join(source, name)), 'base64')));
  write('moderation', require(join(source, 'model.min.js')), weights, 'nsfwjs');
}

function people() {
  const source = join(modules, '@vladmandic', 'human', 'models');
  const model = JSON.parse(readFileSync(join(source, 'centernet.json'), 'utf8'));
  write('people', model, readFileSync(join(source, 'centernet.bin')), '@vladmandic/human');
}

function write(name, model, weights, packageName) {
  const { weightsManifest, ...rest } = model;
  const weightSpecs = weightsManifest.flatMap((group) => group.weights);
  mkdirSync(join(folder, name), { recursive: true });
  // All else stays, also who made and converted the model.
  writeFileSync(join(folder, name, 'model.json'), JSON.stringify({ ...rest, weightSpecs }));
  writeFileSync(join(folder, name, 'weights.bin'), weights);
  cpSync(join(modules, packageName, 'LICENSE'), join(folder, name, 'LICENSE'));
}

moderation();
people();
