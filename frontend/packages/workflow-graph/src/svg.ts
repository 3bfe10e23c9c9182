import { roundedPath } from './paths.ts';
import { shapePath } from './shapes.ts';
import { labelSize, nameLines, sizes } from './sizes.ts';
import { style } from './svg-style.ts';
import type { PlacedEdge, PlacedNode, WorkflowLayout } from './types.ts';

export interface SvgOptions {
  /** The picture's name for everybody, also for those who do not see it. */
  title: string;
  description: string;
}

const margin = 28;

/** Draws a workflow as an SVG that stands alone, in light and in dark. */
export function renderSvg(layout: WorkflowLayout, { title, description }: SvgOptions): string {
  const width = Math.ceil(layout.width) + 2 * margin;
  const height = Math.ceil(layout.height) + 2 * margin;
  // What is quiet lies below what is not, and groups below what they hold.
  const edges = layout.edges.toSorted((a, b) => loudness(a) - loudness(b));
  const groups = layout.nodes.filter(({ node }) => node.inner.length > 0);
  const states = layout.nodes.filter(({ node }) => node.inner.length === 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title description">`,
    `<title id="title">${escaped(title)}</title>`,
    `<desc id="description">${escaped(description)}</desc>`,
    `<style>${style}</style>`,
    '<defs>',
    ...(['happy', 'next', 'catch'] as const).map(arrowTip),
    '</defs>',
    `<rect class="ground" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="14"/>`,
    `<g transform="translate(${margin} ${margin})">`,
    ...groups.map(group),
    ...edges.map(line),
    ...edges.map(label),
    ...states.map(state),
    '</g>',
    '</svg>',
    '',
  ]
    .filter((part) => part !== '')
    .join('\n')
    .concat('\n');
}

const kindOf = ({ edge, happy }: PlacedEdge) => (happy ? 'happy' : edge.kind === 'catch' ? 'catch' : 'next');
const loudness = (edge: PlacedEdge) => ['catch', 'next', 'happy'].indexOf(kindOf(edge));

const arrowTip = (kind: string) =>
  `<marker id="${kind}" class="tip ${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0.5 0.5L7.5 4L0.5 7.5Z"/></marker>`;

function line(placed: PlacedEdge): string {
  const { edge, points, drawn } = placed;
  const kind = kindOf(placed);
  const [tipAt, end] = [drawn.at(-1), points.at(-1)];
  const ends = tipAt?.x === end?.x && tipAt?.y === end?.y;
  const tip = ends ? ` marker-end="url(#${kind})"` : '';
  const says = [`${edge.from} to ${edge.to}`, edge.label].filter(Boolean).join(': ');
  return `<path class="line ${kind}" d="${roundedPath(drawn)}"${tip}><title>${escaped(says)}</title></path>`;
}

function label({ edge, label }: PlacedEdge): string {
  if (!label) return '';
  const { width, height } = labelSize(edge.label);
  return [
    `<rect class="label-ground" x="${label.x - width / 2}" y="${label.y - height / 2}" width="${width}" height="${height}" rx="${height / 2}"/>`,
    `<text class="label" x="${label.x}" y="${label.y + 4}">${escaped(edge.label)}</text>`,
  ].join('');
}

function group({ node, x, y, width, height, happy }: PlacedNode): string {
  return [
    `<path class="group${happy ? ' happy' : ''}" transform="translate(${x} ${y})" d="${shapePath(node, width, height)}"/>`,
    `<text class="name start" x="${x + sizes.groupPadding}" y="${y + 27}">${escaped(node.id)}`,
    `<tspan class="detail" dx="${sizes.titleGap}">${escaped(node.detail)}</tspan></text>`,
  ].join('');
}

function state({ node, x, y, width, height, happy }: PlacedNode): string {
  const middle = x + width / 2;
  if (node.type === 'start' || node.type === 'end') {
    return `<circle class="mark ${node.type}" cx="${middle}" cy="${y + height / 2}" r="${width / 2 - 2}"/>`;
  }
  const lines = nameLines(node);
  const retries = node.retries > 0 ? `Tried again up to ${node.retries} times.` : '';
  const says = [node.comment, retries].filter(Boolean).join(' ');
  const second = [node.detail, node.retries > 0 ? `↻ ${node.retries}` : ''].filter(Boolean).join('  ');
  const text = lines.length * sizes.line + (node.detail === '' ? 0 : sizes.detailLine);
  const top = y + (height - text) / 2;
  return [
    `<g class="state ${node.type.toLowerCase()}${happy ? ' happy' : ''}">`,
    says === '' ? '' : `<title>${escaped(says)}</title>`,
    `<path class="shape" transform="translate(${x} ${y})" d="${shapePath(node, width, height)}"/>`,
    ...lines.map(
      (words, index) =>
        `<text class="name" x="${middle}" y="${top + index * sizes.line + 14}">${escaped(words)}</text>`,
    ),
    node.detail === ''
      ? ''
      : `<text class="detail" x="${middle}" y="${top + lines.length * sizes.line + 12}">${escaped(second)}</text>`,
    '</g>',
  ].join('');
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escaped = (text: string) => text.replace(/[&<>"]/g, (letter) => escapes[letter] ?? letter);
