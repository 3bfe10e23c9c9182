import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { picture } from '../imaging/test-pictures.ts';
import { LocalModeration, moderationFindings } from './local-moderation.ts';
import { LocalPeople, peopleFindings } from './local-people.ts';

const reference = { bucket: 'uploads', key: 'staged/share.jpg' };

/** A picture in the store, and a model that answers with these numbers and remembers what it saw. */
async function prepare(side: number, answer: readonly number[]) {
  const jpeg = await picture(320, 240).jpeg().toBuffer();
  const seen: Uint8Array[] = [];
  return {
    seen,
    pictures: {
      read: async ({ bucket, key }: { bucket: string; key: string }) => {
        expect({ bucket, key }).toEqual(reference);
        return jpeg;
      },
    },
    model: {
      side,
      run: async (rgb: Uint8Array) => {
        seen.push(rgb);
        return Float32Array.from(answer);
      },
    },
  };
}

describe('LocalModeration', () => {
  it('hands the model a square of its size and names what comes out', async () => {
    // Prepare
    const { pictures, model, seen } = await prepare(224, [0.125, 0.25, 0.125, 0.375, 0.125]);

    // Act
    const findings = await new LocalModeration(pictures, model).label(reference);

    // Assess
    expect(seen.map(({ length }) => length)).toEqual([224 * 224 * 3]);
    expect(findings).toEqual([
      { name: 'Explicit', confidence: 62.5 },
      { name: 'Suggestive', confidence: 12.5, mild: true },
    ]);
  });
});

describe('moderationFindings', () => {
  const shares = fc
    .array(fc.double({ min: 0.001, max: 1, noNaN: true }), { minLength: 5, maxLength: 5 })
    .map((weights) => weights.map((weight) => weight / weights.reduce((sum, one) => sum + one, 0)));
  const confidences = (values: readonly number[]) =>
    moderationFindings(values).map(({ confidence }) => confidence);

  it('does not care whether something explicit is drawn or photographed', () => {
    fc.assert(
      fc.property(shares, ([drawing = 0, hentai = 0, neutral = 0, porn = 0, sexy = 0]) => {
        const [one = 0] = confidences([drawing, hentai, neutral, porn, sexy]);
        const [other = 0] = confidences([drawing, porn, neutral, hentai, sexy]);
        expect(one).toBeCloseTo(other, 9);
        expect(one).toBeCloseTo(100 * (porn + hentai), 9);
      }),
    );
  });

  it('finds nothing in drawings and in the rest', () => {
    expect(confidences([1, 0, 0, 0, 0])).toEqual([0, 0]);
    expect(confidences([0, 0, 1, 0, 0])).toEqual([0, 0]);
  });

  it('takes bare skin for mild and nothing else', () => {
    expect(moderationFindings([0, 0, 0, 0, 1]).filter(({ mild }) => mild)).toEqual([
      { name: 'Suggestive', confidence: 100, mild: true },
    ]);
  });

  it('says so when the model answers something else', () => {
    expect(() => moderationFindings([1])).toThrow('Expected five shares from the moderation model, got 1');
  });
});

describe('LocalPeople', () => {
  it('hands the model a square of its size and keeps the people', async () => {
    // Prepare
    const [cup, person] = [41, 0];
    const { pictures, model, seen } = await prepare(512, [
      ...[10, 10, 50, 90, 0.75, person],
      ...[0, 0, 9, 9, 0.875, cup],
      ...[60, 60, 80, 80, 0.25, person],
    ]);

    // Act
    const findings = await new LocalPeople(pictures, model).label(reference);

    // Assess
    expect(seen.map(({ length }) => length)).toEqual([512 * 512 * 3]);
    expect(findings).toEqual([
      { name: 'Person', confidence: 75 },
      { name: 'Person', confidence: 25 },
    ]);
  });
});

describe('peopleFindings', () => {
  it('counts exactly the rows of people', () => {
    const row = fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(79));
    fc.assert(
      fc.property(fc.array(row), (rows) => {
        const findings = peopleFindings(rows.flatMap(([score, kind]) => [1, 2, 3, 4, score, kind]));
        const people = rows.filter(([, kind]) => kind === 0);
        expect(findings.map(({ confidence }) => confidence)).toEqual(people.map(([score]) => 100 * score));
      }),
    );
  });
});
