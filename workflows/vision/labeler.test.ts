import { describe, expect, it } from 'vitest';
import { openedOnce } from './labeler.ts';

const picture = { bucket: 'uploads', key: 'staged/share.jpg' };
const found = [{ name: 'Person', confidence: 80 }];

describe('openedOnce', () => {
  it('opens the engine at the first picture, and once', async () => {
    // Prepare
    let opened = 0;
    const labeler = openedOnce(async () => {
      opened += 1;
      return { label: async () => found };
    });
    const before = opened;

    // Act
    const results = [
      await labeler.label(picture),
      ...(await Promise.all([1, 2].map(() => labeler.label(picture)))),
    ];

    // Assess
    expect(before).toBe(0);
    expect(opened).toBe(1);
    expect(results).toEqual([found, found, found]);
  });

  it('tries again after an engine could not be opened', async () => {
    // Prepare
    let opened = 0;
    const labeler = openedOnce(async () => {
      opened += 1;
      if (opened === 1) throw new Error('Expected a model, got nothing');
      return { label: async () => found };
    });

    // Act
    const first = labeler.label(picture);

    // Assess
    await expect(first).rejects.toThrow('Expected a model');
    await expect(labeler.label(picture)).resolves.toEqual(found);
  });
});
