// Makes the app's icons out of public/icon.svg: `npm run icons`. They are kept in the repository.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// sharp is the backend's; the front end needs it only here.
const sharp = createRequire(new URL('../../package.json', import.meta.url))('sharp');
const folder = new URL('../apps/visitor/public/', import.meta.url);
const svg = readFileSync(new URL('icon.svg', folder));
// A maskable icon and Apple's fill the whole square; the platform cuts the corners.
const square = Buffer.from(svg.toString().replace(/rx="\d+"/, 'rx="0"'));

for (const [name, size, source] of [
  ['icon-192.png', 192, svg],
  ['icon-512.png', 512, svg],
  ['icon-maskable-512.png', 512, square],
  ['apple-touch-icon.png', 180, square],
]) {
  await sharp(source, { density: 300 })
    .resize(size, size)
    .png({ palette: true })
    .toFile(new URL(name, folder).pathname);
}
