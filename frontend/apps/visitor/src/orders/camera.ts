/** Why there is no picture: not allowed, none there (or the page is not trusted with one), or in use elsewhere. */
export type CameraFault = 'refused' | 'missing' | 'busy';

/** The part of the browsers' BarcodeDetector that is needed; where it is missing, a library has the same. */
interface Detector {
  detect(image: HTMLVideoElement): Promise<readonly { rawValue: string }[]>;
}
interface DetectorClass {
  new (options: { formats: ['qr_code'] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

/** As often as a hand moves; more only warms the phone. */
const LOOK_EVERY = 160;

export class CameraError extends Error {
  override readonly name = 'CameraError';
  readonly fault: CameraFault;

  constructor(fault: CameraFault, cause?: unknown) {
    super(`Expected a camera to read codes with, got: ${fault}`, { cause });
    this.fault = fault;
  }
}

/**
 * Shows the rear camera in a video element and tells what the QR codes in it say, until the returned function is called.
 * Rejects with `CameraError`.
 */
export async function readCodes(
  video: HTMLVideoElement,
  onText: (text: string) => void,
): Promise<() => void> {
  const stream = await openCamera();
  const detector = await createDetector();
  video.srcObject = stream;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let ended = false;

  async function look(): Promise<void> {
    if (video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) {
      // A frame that cannot be read is followed by the next.
      const found = await detector.detect(video).catch(() => []);
      if (!ended) for (const { rawValue } of found) onText(rawValue);
    }
    if (!ended) timer = setTimeout(look, LOOK_EVERY);
  }

  function end(): void {
    ended = true;
    clearTimeout(timer);
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }

  // Leaving the page while it starts interrupts the playing, which is no fault.
  await video.play().catch(() => undefined);
  void look();
  return end;
}

async function openCamera(): Promise<MediaStream> {
  // Browsers hide the cameras from pages that did not come over a secure connection.
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  if (!devices?.getUserMedia) throw new CameraError('missing');
  try {
    return await devices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
  } catch (error) {
    throw new CameraError(faultOf(error), error);
  }
}

function faultOf(error: unknown): CameraFault {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
}

async function createDetector(): Promise<Detector> {
  const own = (globalThis as { BarcodeDetector?: DetectorClass }).BarcodeDetector;
  const canReadQr =
    own && (await own.getSupportedFormats().catch((): readonly string[] => [])).includes('qr_code');
  const Detector: DetectorClass = canReadQr ? own : (await import('qr/decode.js')).BarcodeDetector;
  return new Detector({ formats: ['qr_code'] });
}
