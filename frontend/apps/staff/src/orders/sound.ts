/** Two notes that carry over a milk steamer: E5 and A5, each a sine with a soft octave above it. */
const notes = [
  { frequency: 659.26, at: 0 },
  { frequency: 880, at: 0.18 },
];
const LENGTH = 0.6;

/** Plays the chime that tells of a new order; made here, so that there is no file to load. */
export function playChime(context: AudioContext): void {
  for (const { frequency, at } of notes) {
    const start = context.currentTime + at;
    ring(context, frequency, start, 0.5);
    ring(context, frequency * 2, start, 0.12);
  }
}

function ring(context: AudioContext, frequency: number, start: number, loudness: number): void {
  const tone = context.createOscillator();
  const volume = context.createGain();
  tone.frequency.value = frequency;
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(loudness, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, start + LENGTH);
  tone.connect(volume).connect(context.destination);
  tone.start(start);
  tone.stop(start + LENGTH);
}
