import type { Box, WorkflowLayout } from '@happy-path/workflow-graph';
import { useVueFlow } from '@vue-flow/core';
import { type MaybeRefOrGetter, nextTick, ref, toValue, useId, watch } from 'vue';
import { readableWindow, sees, type Viewport } from './graph-window.ts';

interface Options {
  layout: MaybeRefOrGetter<WorkflowLayout>;
  /** The state that matters most just now. */
  focus: MaybeRefOrGetter<string | undefined>;
}

/** Which part of the graph one sees: at first one that can be read, then whatever the person or the execution moves it to. */
export function useGraphWindow({ layout, focus }: Options) {
  const id = useId();
  const { dimensions, viewport, setViewport, setCenter, fitView, zoomIn, zoomOut, onMoveStart } =
    useVueFlow(id);
  const moved = ref(false);
  const boxOf = (state: string | undefined): Box | undefined =>
    toValue(layout).nodes.find(({ node }) => node.id === state);
  const calm = () => ({
    duration: globalThis.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 240,
  });

  onMoveStart(({ event }) => {
    // Without an event the graph was moved by this composable.
    if (event?.sourceEvent) moved.value = true;
  });
  watch(
    () => [dimensions.value.width, dimensions.value.height, toValue(layout)] as const,
    async ([width, height, shown]) => {
      if (width === 0 || moved.value) return;
      await nextTick();
      // Without a state that matters, around the beginning: the way that an execution hopes to go runs down from there.
      const around = boxOf(toValue(focus)) ?? shown.nodes[0];
      await setViewport(readableWindow(shown, { width, height }, around));
    },
    { immediate: true },
  );
  watch(
    () => toValue(focus),
    (state) => {
      if (state !== undefined && !moved.value) show(state);
    },
  );

  /** Brings a state into sight, if it is not. */
  function show(state: string): void {
    const box = boxOf(state);
    const view: Viewport = viewport.value;
    if (!box || dimensions.value.width === 0 || sees(view, dimensions.value, box)) return;
    void setCenter(box.x + box.width / 2, box.y + box.height / 2, { zoom: view.zoom, ...calm() });
  }

  return {
    id,
    show,
    closer: () => zoomIn(calm()),
    farther: () => zoomOut(calm()),
    fit: () => fitView({ padding: 0.06, ...calm() }),
  };
}
