import { bold, textWidth, wrapText } from './text.ts';
import type { GraphNode, WorkflowLayout } from './types.ts';

/** Sizes in pixels that the layout and everybody who draws it share. */
export const sizes = {
  name: 14,
  detail: 11.5,
  label: 11.5,
  line: 18,
  detailLine: 16,
  /** Above and around the states inside a group. */
  groupHead: 46,
  groupPadding: 18,
  /** Between a group's name and what it does. */
  titleGap: 8,
  mark: 18,
} as const;

const widest = 190;
const narrowest = 150;

interface Size {
  width: number;
  height: number;
}

/** The lines of a state's name. */
export const nameLines = (node: GraphNode): string[] => wrapText(node.id, sizes.name * bold, widest);

/** How much space a state needs; a group needs that of the graphs inside it, side by side. */
export function sizeOf(node: GraphNode, inner: readonly WorkflowLayout[]): Size {
  if (node.type === 'start' || node.type === 'end') return { width: sizes.mark, height: sizes.mark };
  const lines = nameLines(node);
  const text = Math.max(...lines.map((line) => textWidth(line, sizes.name * bold)), detailWidth(node));
  if (inner.length > 0)
    return groupSize(inner, textWidth(node.id, sizes.name * bold) + sizes.titleGap + detailWidth(node));
  const height = lines.length * sizes.line + (node.detail === '' ? 0 : sizes.detailLine);
  const [padding, least] = node.type === 'Choice' ? [60, 0] : [40, narrowest];
  return { width: even(Math.max(least, text + padding)), height: even(height + 22) };
}

/** Halves stay whole numbers, so that lines are sharp. */
const even = (length: number) => 2 * Math.ceil(length / 2);

const detailWidth = ({ detail, retries }: GraphNode) =>
  textWidth(detail, sizes.detail) + (retries > 0 ? textWidth(`  ↻ ${retries}`, sizes.detail) : 0);

function groupSize(inner: readonly WorkflowLayout[], title: number): Size {
  const gaps = sizes.groupPadding * (inner.length + 1);
  const content = inner.reduce((sum, { width }) => sum + width, gaps);
  return {
    width: even(Math.max(content, title + 2 * sizes.groupPadding)),
    height: even(sizes.groupHead + Math.max(...inner.map(({ height }) => height)) + sizes.groupPadding),
  };
}

/** The size of an edge's label with its ground. */
export const labelSize = (label: string): Size => ({
  width: even(textWidth(label, sizes.label) + 14),
  height: 20,
});
