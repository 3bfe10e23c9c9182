export { layoutWorkflow } from './layout.ts';
export { endId, parseWorkflow, startId } from './parse.ts';
export { roundedPath } from './paths.ts';
export { shapePath } from './shapes.ts';
export { labelSize, nameLines, sizes } from './sizes.ts';
export { renderSvg, type SvgOptions } from './svg.ts';
export type * from './types.ts';
