// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { layoutWorkflow, parseWorkflow, renderSvg, roundedPath, shapePath } from './index.ts';

const graph = parseWorkflow({
  StartAt: 'Is <it> "good"?',
  States: {
    'Is <it> "good"?': {
      Type: 'Choice',
      Choices: [{ Condition: '{% $a < 1 & $b %}', Next: 'Work' }],
      Default: 'Bad',
    },
    Work: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Comment: 'Does it.',
      Retry: [{ ErrorEquals: ['States.ALL'], MaxAttempts: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Bad' }],
      Next: 'Good',
    },
    Good: { Type: 'Succeed' },
    Bad: { Type: 'Fail' },
  },
});
const svg = renderSvg(layoutWorkflow(graph), { title: 'A & B', description: 'What it <does>' });

describe('the picture', () => {
  it('has a name and a description for those who do not see it', () => {
    expect(svg).toContain('<title id="title">A &amp; B</title>');
    expect(svg).toContain('<desc id="description">What it &lt;does&gt;</desc>');
    expect(svg).toContain('aria-labelledby="title description"');
  });

  it('is well-formed whatever the states are called', () => {
    expect(svg).toContain('Is &lt;it&gt; &quot;good&quot;?');
    const opened = svg.match(/<[a-z][^>]*[^/]>/g)?.length;
    expect(svg.match(/<\/[a-z]+>/g)?.length).toBe(opened);
    const text = svg.replace(/<style>.*<\/style>/, '').replace(/<[^<>]*>/g, '');
    expect(text.replace(/&(amp|lt|gt|quot);/g, '')).not.toMatch(/[<>&]/);
  });

  it('shows the happy path, other outcomes and failures apart', () => {
    expect(svg).toContain('class="state choice happy"');
    expect(svg).toContain('class="state succeed happy"');
    expect(svg).toContain('class="state fail"');
    expect(svg).toContain('Lambda  ↻ 2');
    expect(svg).toContain('<title>Does it. Tried again up to 2 times.</title>');
  });

  it('has colours for light and for dark', () => {
    expect(svg).toContain('@media (prefers-color-scheme:dark)');
  });
});

describe('a line', () => {
  it('has round corners, as round as there is room for', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 20 },
      { x: 6, y: 20 },
      { x: 6, y: 40 },
    ];
    expect(roundedPath(points)).toBe('M0 0L0 17Q0 20 3 20L3 20Q6 20 6 23L6 40');
  });

  it('has no corner where it goes on straight, and none where it stays', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 0, y: 10 },
      { x: 0, y: 10 },
      { x: 0, y: 30 },
    ];
    expect(roundedPath(points)).toBe('M0 0L0 30');
  });
});

it('draws work as a box, a question as a hexagon and an end as a pill', () => {
  const [, question, work, good] = graph.nodes;
  if (!question || !work || !good) throw new Error('Expected the states');
  expect(shapePath(question, 100, 40)).toBe('M0 20L16 0H84L100 20L84 40H16Z');
  expect(shapePath(work, 100, 40)).toContain('a10 10');
  expect(shapePath(good, 100, 40)).toContain('a20 20');
});
