import type { StateVisit } from '@happy-path/api-client';
import { layoutWorkflow, parseWorkflow } from '@happy-path/workflow-graph';
import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import GraphState from './GraphState.vue';
import JsonTree from './JsonTree.vue';
import StatePanel from './StatePanel.vue';

// The copy button is of no matter here, and wants the pop-ups.
const global = {
  stubs: {
    JsonBlock: { props: ['title', 'value', 'none'], template: '<p>{{ title }}: {{ value ?? none }}</p>' },
  },
};
const visit = (more: Partial<StateVisit> = {}): StateVisit => ({
  name: 'Copy Rendition',
  type: 'Task',
  enteredAt: '2026-06-01T12:00:00.000Z',
  exitedAt: '2026-06-01T12:00:00.250Z',
  status: 'succeeded',
  input: 'in',
  output: 'out',
  attempts: 1,
  ...more,
});
const panel = (...visits: StateVisit[]) =>
  mount(StatePanel, { props: { name: 'Copy Rendition', visits, outcome: 'succeeded' }, global });

describe('the panel of a state', () => {
  it('shows what went in and came out, how long it took and how often it was tried', () => {
    const text = panel(visit({ attempts: 2 })).text();

    for (const part of ['250 ms', 'Attempts2', 'Input: in', 'Output: out']) expect(text).toContain(part);
  });

  it('opens on the visit that went wrong, and leads to the others', async () => {
    const failure = { error: 'Timeout', cause: '{"errorMessage":"too slow"}' };
    const { output: _none, ...failed } = visit({ status: 'failed', failure });
    const view = panel(visit(), failed, visit({ input: 'third' }));

    expect(view.text()).toContain('Visit 2 of 3');
    expect(view.text()).toContain('Error: Timeout');
    expect(view.text()).toContain('too slow');
    await view.get('[aria-label="Later visit"]').trigger('click');

    expect(view.text()).toContain('Visit 3 of 3');
    expect(view.text()).toContain('Input: third');
  });

  it('tells a failure that a retry mended from one that stayed', () => {
    expect(panel(visit({ failure: { error: 'Busy', cause: '' } })).text()).toContain(
      'An attempt failed before: Busy',
    );
  });

  it('says so when the execution has not come there', () => {
    expect(panel().text()).toContain('has not come here');
  });
});

it('names a state of the graph with what happened to it', () => {
  const { nodes } = layoutWorkflow(
    parseWorkflow({ StartAt: 'Check', States: { Check: { Type: 'Succeed' } } }),
  );
  const placed = nodes.find(({ node }) => node.id === 'Check');
  if (!placed) throw new Error('Expected the state');
  const view = mount(GraphState, { props: { placed, outcome: 'caught', took: 1500, chosen: true } });

  expect(view.get('button').attributes()).toMatchObject({
    'aria-label': 'Check, failed, caught, 1.5 sec',
    'aria-pressed': 'true',
  });
});

describe('the tree of a JSON document', () => {
  it('shows values of every kind, empty ones too', () => {
    const text = mount(JsonTree, {
      props: { value: { a: 'x', b: 1, c: null, d: [], e: {}, f: false } },
    }).text();

    for (const part of ['6 fields', 'x', '1', 'null', '[]', '{}', 'false']) expect(text).toContain(part);
  });

  it('keeps deep levels folded until they are asked for', async () => {
    const view = mount(JsonTree, { props: { value: { a: { b: { c: { d: 'deep' } } } } } });
    expect(view.text()).not.toContain('deep');
    const folded = view.findAll('details').find((one) => !one.element.open);

    if (folded) folded.element.open = true;
    await folded?.trigger('toggle');

    expect(view.text()).toContain('deep');
  });
});
