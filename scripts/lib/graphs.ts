import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import {
  layoutWorkflow,
  parseWorkflow,
  renderSvg,
} from '../../frontend/packages/workflow-graph/src/index.ts';
import { root } from './paths.ts';

/** A drawn state machine: where its picture belongs, and what it must be. */
export interface DrawnGraph {
  readonly path: string;
  readonly svg: string;
}

/** Draws every state machine of the repository. */
export function drawGraphs(): DrawnGraph[] {
  return globSync('workflows/statemachines/*.asl.json', { cwd: root })
    .sort()
    .map((path) => {
      const graph = parseWorkflow(JSON.parse(readFileSync(join(root, path), 'utf8')));
      const name = basename(path, '.asl.json');
      const svg = renderSvg(layoutWorkflow(graph), { title: `Workflow ${name}`, description: graph.comment });
      return { path: `docs/graphs/${name}.svg`, svg };
    });
}
