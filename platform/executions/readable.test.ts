import { describe, expect, it } from 'vitest';
import { readable } from './readable.ts';

describe('readable', () => {
  it('leaves out task tokens wherever they are', () => {
    const text =
      '{"a":[{"taskToken":{"S":"x"},"b":1}],"TaskToken":"x","task_token":"x","baristaTaskToken":"x","token":"y"}';
    expect(readable(text)).toEqual({ a: [{ b: 1 }], token: 'y' });
  });

  it('shows text that was cut as text, unless a token may be in it', () => {
    expect(readable('{"a":"cu')).toBe('{"a":"cu');
    expect(readable('{"taskToken":"x","a":"cu')).not.toContain('x"');
    expect(readable(undefined)).toBeUndefined();
  });
});
