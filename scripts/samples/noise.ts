/** A repeatable stream of numbers in [0, 1): the same seed always paints the same photo. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 4294967296;
  };
}

const size = 256;

/** Smooth value noise of one octave: `(x, y) => [0, 1]`, repeating every 256 units. */
export function valueNoise(seed: number): (x: number, y: number) => number {
  const random = seededRandom(seed);
  const lattice = Float32Array.from({ length: size * size }, random);
  const at = (x: number, y: number) => lattice[(y & (size - 1)) * size + (x & (size - 1))] ?? 0;
  return (x, y) => {
    const left = Math.floor(x);
    const top = Math.floor(y);
    const dx = x - left;
    const dy = y - top;
    const sx = dx * dx * (3 - 2 * dx);
    const sy = dy * dy * (3 - 2 * dy);
    const upper = at(left, top) * (1 - sx) + at(left + 1, top) * sx;
    const lower = at(left, top + 1) * (1 - sx) + at(left + 1, top + 1) * sx;
    return upper * (1 - sy) + lower * sy;
  };
}

/** Sums octaves of one noise into the look of clouds, rock and grass, still in [0, 1]. */
export function fractal(
  noise: (x: number, y: number) => number,
  x: number,
  y: number,
  octaves: number,
): number {
  let sum = 0;
  let weight = 0.5;
  let scale = 1;
  for (let octave = 0; octave < octaves; octave += 1) {
    sum += weight * noise(x * scale + octave * 17, y * scale + octave * 31);
    weight /= 2;
    scale *= 2;
  }
  return sum / (1 - 2 ** -octaves);
}

const grainSide = 1021;

/**
 * Adds sensor grain to full-size pixels in place: it is what makes a real photo weigh megabytes.
 *
 * The grain's side is prime, so that rows never repeat in step with the picture.
 */
export function addGrain(pixels: Uint8Array, strength: number, seed: number): void {
  const random = seededRandom(seed);
  const grain = Int8Array.from({ length: grainSide * grainSide }, () =>
    Math.round((random() + random() + random() - 1.5) * strength),
  );
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
  let next = 0;
  for (let index = 0; index < clamped.length; index += 3) {
    const value = grain[next] ?? 0;
    next = next + 1 === grain.length ? 0 : next + 1;
    clamped[index] = (clamped[index] ?? 0) + value;
    clamped[index + 1] = (clamped[index + 1] ?? 0) + value;
    clamped[index + 2] = (clamped[index + 2] ?? 0) + value;
  }
}
