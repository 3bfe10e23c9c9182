import type { Box } from '@happy-path/workflow-graph';

/** Where a graph lies in its window: moved by x and y, after it was scaled. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly zoom: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const margin = 28;
/** Smaller letters than these cannot be read, not even on a sharp screen. */
const smallest = 0.55;

/** The whole graph, if it can be read then; otherwise as much of its width as possible, around one box or from the top. */
export function readableWindow(graph: Size, window: Size, around?: Box): Viewport {
  const scaleFor = (inside: number, length: number) => (inside - 2 * margin) / length;
  const whole = Math.min(scaleFor(window.width, graph.width), scaleFor(window.height, graph.height), 1);
  const zoom = Math.max(whole, Math.min(1, Math.max(smallest, scaleFor(window.width, graph.width))));
  const along = (inside: number, length: number, center: number) => {
    const free = inside - length * zoom;
    // Never past the ends of the graph.
    return free >= 2 * margin
      ? free / 2
      : Math.min(margin, Math.max(free - margin, inside / 2 - center * zoom));
  };
  return {
    zoom,
    x: along(window.width, graph.width, around ? around.x + around.width / 2 : graph.width / 2),
    y: along(window.height, graph.height, around ? around.y + around.height / 2 : 0),
  };
}

/** Whether a box is in sight as a whole. */
export function sees({ x, y, zoom }: Viewport, window: Size, box: Box): boolean {
  const left = box.x * zoom + x;
  const top = box.y * zoom + y;
  return (
    left >= 0 &&
    top >= 0 &&
    left + box.width * zoom <= window.width &&
    top + box.height * zoom <= window.height
  );
}
