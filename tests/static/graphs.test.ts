import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { drawGraphs } from '../../scripts/lib/graphs.ts';
import { root } from '../../scripts/lib/paths.ts';

const graphs = drawGraphs();

describe.each(graphs)('$path', ({ path, svg }) => {
  it('shows the state machine as it is', () => {
    const written = existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : 'nothing';
    expect(written === svg, 'Run `npm run graphs` and commit docs/graphs').toBe(true);
  });
});

describe('the pictures', () => {
  it('are those of the state machines', () => {
    const pictures = globSync('docs/graphs/*', { cwd: root }).sort();
    expect(pictures, 'Run `npm run graphs` and commit docs/graphs').toEqual(graphs.map(({ path }) => path));
    expect(pictures).not.toEqual([]);
  });

  it('stand alone', () => {
    for (const { svg } of graphs) expect(svg).not.toMatch(/(href|src)=|url\((?!#)|@import/);
  });
});
