import { conditionOf } from './conditions.ts';
import { detailOf, errorsOf, retriesOf } from './details.ts';
import { findHappyPath } from './happy-path.ts';
import type { EdgeKind, GraphEdge, GraphNode, StateType, WorkflowGraph } from './types.ts';
import { type Fields, fieldsOf, listOf, textOf } from './values.ts';

/** The marks before the first state and after those with `End: true`; no state can have these names. */
export const startId = '(start)';
export const endId = '(end)';

/** The label of a Choice's Default; it says all when a rule leads to the same state. */
const otherwise = 'otherwise';

const types: readonly StateType[] = ['Task', 'Pass', 'Choice', 'Wait', 'Succeed', 'Fail', 'Parallel', 'Map'];

/**
 * Reads a definition in Amazon States Language as a graph.
 *
 * @example
 * const graph = parseWorkflow(JSON.parse(await readFile('v1.asl.json', 'utf8')));
 */
export function parseWorkflow(definition: unknown): WorkflowGraph {
  const scope = parseScope(fieldsOf(definition));
  const ends = scope.nodes.filter(({ id }) => endsHere(definition, id));
  const start: GraphNode = mark(startId, 'start');
  return {
    ...scope,
    start: startId,
    nodes: [start, ...scope.nodes, ...(ends.length > 0 ? [mark(endId, 'end')] : [])],
    edges: [
      edge(startId, scope.start, 'next'),
      ...scope.edges,
      ...ends.map(({ id }) => edge(id, endId, 'next')),
    ],
    happyPath: [
      startId,
      ...scope.happyPath,
      ...(ends.some(({ id }) => id === scope.happyPath.at(-1)) ? [endId] : []),
    ],
  };
}

const mark = (id: string, type: 'start' | 'end'): GraphNode => ({
  id,
  type,
  detail: '',
  retries: 0,
  comment: '',
  inner: [],
});

const endsHere = (definition: unknown, name: string) =>
  fieldsOf(fieldsOf(fieldsOf(definition).States)[name]).End === true;

function parseScope(definition: Fields): WorkflowGraph {
  const start = textOf(definition.StartAt);
  const states = Object.entries(fieldsOf(definition.States)).map(
    ([name, state]) => [name, fieldsOf(state)] as const,
  );
  if (!states.some(([name]) => name === start)) {
    throw new Error(`Expected StartAt to name one of the states, got "${start}". Correct the definition.`);
  }
  const nodes = states.map(([name, state]) => nodeOf(name, state));
  const edges = states.flatMap(([name, state]) => edgesOf(name, state));
  const known = new Set(nodes.map(({ id }) => id));
  const lost = edges.find(({ to }) => !known.has(to));
  if (lost) {
    throw new Error(
      `Expected "${lost.from}" to lead to a state beside it, got "${lost.to}". Correct the definition.`,
    );
  }
  return {
    comment: textOf(definition.Comment),
    start,
    nodes,
    edges,
    happyPath: findHappyPath(start, nodes, edges),
  };
}

function nodeOf(name: string, state: Fields): GraphNode {
  const type = types.find((known) => known === state.Type);
  if (!type)
    throw new Error(
      `Expected the Type of "${name}" to be one of ${types.join(', ')}, got "${String(state.Type)}".`,
    );
  // `Iterator` is what ItemProcessor was called before 2022.
  const scopes = type === 'Map' ? [state.ItemProcessor ?? state.Iterator] : listOf(state.Branches);
  return {
    id: name,
    type,
    detail: detailOf(name, state),
    retries: retriesOf(state),
    comment: textOf(state.Comment),
    inner: type === 'Map' || type === 'Parallel' ? scopes.map((scope) => parseScope(fieldsOf(scope))) : [],
  };
}

const edge = (from: string, to: string, kind: EdgeKind, label = '', alsoCatch = false): GraphEdge => ({
  id: `${from} ${kind} ${to}`,
  from,
  to,
  kind,
  label,
  alsoCatch,
});

/** One edge a pair of states: rules with the same target share theirs, and a Catch to the next state is that edge. */
function edgesOf(name: string, state: Fields): GraphEdge[] {
  const ways = new Map<string, { kind: EdgeKind; labels: string[]; alsoCatch: boolean }>();
  const add = (to: string, kind: EdgeKind, label: string) => {
    const known = ways.get(to);
    if (!known) ways.set(to, { kind, labels: [label], alsoCatch: false });
    else if (known.kind === kind) known.labels.push(label);
    else known.alsoCatch = true;
  };
  if (textOf(state.Next) !== '') add(textOf(state.Next), 'next', '');
  for (const rule of listOf(state.Choices).map(fieldsOf)) add(textOf(rule.Next), 'choice', conditionOf(rule));
  if (textOf(state.Default) !== '') add(textOf(state.Default), 'choice', otherwise);
  for (const one of listOf(state.Catch).map(fieldsOf))
    add(textOf(one.Next), 'catch', errorsOf(listOf(one.ErrorEquals)));
  return [...ways].map(([to, { kind, labels, alsoCatch }]) => {
    const words = labels.includes(otherwise)
      ? [otherwise]
      : [...new Set(labels)].filter((label) => label !== '');
    return edge(name, to, kind, words.join(kind === 'catch' ? ', ' : ' or '), alsoCatch);
  });
}
