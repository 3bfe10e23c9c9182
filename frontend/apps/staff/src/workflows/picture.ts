import { layoutWorkflow, parseWorkflow, renderSvg } from '@happy-path/workflow-graph';

/** A drawn workflow as an image's address. */
export interface Picture {
  readonly url: string;
  /** What its definition says it adds. */
  readonly description: string;
}

const drawn = new Map<string, Picture | undefined>();

/** Draws a definition, once for as long as it stays the same; undefined when it cannot be drawn. */
export function pictureOf(definition: Readonly<Record<string, unknown>>, title: string): Picture | undefined {
  const key = `${title} ${JSON.stringify(definition)}`;
  if (!drawn.has(key)) drawn.set(key, draw(definition, title));
  return drawn.get(key);
}

function draw(definition: Readonly<Record<string, unknown>>, title: string): Picture | undefined {
  try {
    const graph = parseWorkflow(definition);
    const svg = renderSvg(layoutWorkflow(graph), { title, description: graph.comment });
    // A comment begins with the version, for who reads the file; here it stands below the version already.
    const description = graph.comment
      .replace(/^v\d+:\s*/, '')
      .replace(/^[a-z](?!\d)/, (first) => first.toUpperCase());
    return { url: `data:image/svg+xml,${encodeURIComponent(svg)}`, description };
  } catch (error) {
    console.error(error);
    return undefined;
  }
}
