import sharp, { type Sharp } from 'sharp';

// One photo at a time in a worker: threads and a cache of operations would only cost memory.
sharp.concurrency(1);
sharp.cache(false);

/** Ours have at most 1200 pixels a side; more is somebody else's. */
const mostPixels = 4_000_000;

/**
 * The picture squeezed into a square by picking pixels, three bytes each.
 *
 * nsfwjs scales like this, without smoothing, and its models learnt from such pictures: when pixels are averaged, as a
 * decoder does that makes a JPEG smaller on the way, party dresses turn from suggestive into pornographic.
 */
export async function pickedSquare(jpeg: Uint8Array, side: number): Promise<Uint8Array> {
  const { data, info } = await open(jpeg).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return rgb(
    sharp(data, { raw: { width, height, channels } }).resize(side, side, { fit: 'fill', kernel: 'nearest' }),
  );
}

/** The whole picture in a black square, undistorted and smooth, three bytes a pixel. */
export async function framedSquare(jpeg: Uint8Array, side: number): Promise<Uint8Array> {
  return rgb(open(jpeg).resize(side, side, { fit: 'contain', kernel: 'linear', background: '#000' }));
}

function open(jpeg: Uint8Array): Sharp {
  return sharp(jpeg, { limitInputPixels: mostPixels, failOn: 'error' }).toColourspace('srgb');
}

async function rgb(picture: Sharp): Promise<Uint8Array> {
  return picture.removeAlpha().raw().toBuffer();
}
