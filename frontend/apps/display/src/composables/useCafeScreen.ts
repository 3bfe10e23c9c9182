import { useLiveTopics, useServices } from '@happy-path/app';
import type { Notification } from '@happy-path/realtime';
import { computed } from 'vue';
import type { ServerClock } from './server-clock.ts';
import { useBoard } from './useBoard.ts';
import { type FreshBuildOptions, useFreshBuild } from './useFreshBuild.ts';
import { useIdle } from './useIdle.ts';
import { type LiveRead, useLiveRead } from './useLiveRead.ts';
import { useServerClock } from './useServerClock.ts';
import { useSlides } from './useSlides.ts';
import { useTokenWindow } from './useTokenWindow.ts';

/** What fills the screen: nothing known yet, a café without orders, one that is closed, photos, or code and board. */
export type Scene = 'loading' | 'no-cafe' | 'closed' | 'photos' | 'board';

/** How the screen reaches the server beside the API; tests play it. */
export interface ScreenPorts extends Pick<FreshBuildOptions, 'readPage' | 'reload' | 'running'> {
  ask?: () => Promise<Headers>;
}

/** Events of the café's topic that move a token; all others than these and `quiet` move the board. */
const tokenEvents = new Set(['NewOrderAdmitted', 'ConfigChanged']);
/** Nothing that the board shows. */
const quiet = new Set([
  'NewOrderAdmitted',
  'OrderWorkflowStarted',
  'OrderChoiceAwaited',
  'OrderPlaced',
  'OrderScheduled',
]);

/** Its name and time zone; their change is told by a message, too. */
const CAFE_EVERY = 60 * 60_000;

/** Everything that a café's screen shows, kept up to date until its scope ends. */
export function useCafeScreen(cafeId: string, ports: ScreenPorts = {}) {
  const { api, realtime } = useServices();
  const clock: ServerClock = useServerClock(ports);
  const cafe = useLiveRead({
    read: (signal) => api.orders.cafe(cafeId, { signal }),
    every: () => CAFE_EVERY,
  });
  const board = useBoard(cafeId, clock);
  const tokens = useTokenWindow(cafeId, clock);

  useCafeTopic(cafeId, { cafe, board, tokens });

  const empty = computed(() => {
    const shown = board.board.value;
    return shown !== undefined && shown.waiting.length + shown.making.length + shown.ready.length === 0;
  });
  const scanned = computed(() => {
    const window = tokens.window.value;
    return window !== undefined && window.tokensLeft < window.tokens;
  });
  const idle = useIdle(() => !empty.value || scanned.value || !board.board.value?.isOpen);
  const slide = useSlides(cafeId, () => idle.value);

  const scene = computed<Scene>(() => {
    if (!board.board.value) return board.error.value?.kind === 'not-found' ? 'no-cafe' : 'loading';
    if (!board.board.value.isOpen && empty.value) return 'closed';
    return idle.value && slide.value ? 'photos' : 'board';
  });

  const failing = computed(() => failed(board.error.value?.kind) || failed(tokens.error.value?.kind));
  const calm = computed(() => idle.value || scene.value === 'closed');
  useFreshBuild({
    ...ports,
    calm: () => calm.value,
    // Without messages the board is read every few seconds: no reason to disturb guests, as where a network blocks them.
    troubled: () => failing.value || (calm.value && realtime.state.value !== 'online'),
  });

  return { clock, cafe: cafe.value, board, tokens, slide, scene, failing };
}

const failed = (kind: string | undefined) => kind === 'offline' || kind === 'failed';

type Readable = Pick<LiveRead<unknown>, 'hint' | 'now'>;

/** Lets each message read what it may have changed, and each reconnection all that changes often. */
function useCafeTopic(cafeId: string, reads: Record<'cafe' | 'board' | 'tokens', Readable>): void {
  useLiveTopics({
    cafeId,
    onNotification: ({ type }: Notification) => {
      if (type === 'ConfigChanged') reads.cafe.hint();
      if (tokenEvents.has(type)) reads.tokens.hint();
      if (!quiet.has(type)) reads.board.hint();
    },
    onReconnect: () => {
      reads.board.now();
      reads.tokens.now();
    },
  });
}
