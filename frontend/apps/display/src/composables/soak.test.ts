import { OfflineError } from '@happy-path/api-client';
import { onStage, place, publicPhoto, type Stage } from '@happy-path/app/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { boardOf, cafe, cafeId, windowAt } from '../testing.ts';
import { useCafeScreen } from './useCafeScreen.ts';

const DAYS = 3;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const start = Date.UTC(2026, 5, 1, 6);

beforeEach(() => {
  vi.useFakeTimers({ now: start });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Random numbers that are the same in every run. */
function random(seed = 1) {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return state / 2 ** 31;
  };
}

/** A café whose guests scan, order and fetch, that closes at night, and whose server and messages break off. */
function createWorld({ api, realtime, setOnline }: Stage) {
  const chance = random();
  const board = boardOf();
  let next = 1;
  let taken = 0;
  let takenIn = 0;
  let up = true;
  const topic = `cafes/${cafeId}`;

  const reach = <Value>(answer: () => Value) =>
    up ? Promise.resolve(answer()) : Promise.reject(new OfflineError());
  const window = () => {
    const now = windowAt(Date.now());
    const left = Date.parse(now.startsAt) === takenIn ? 10 - taken : 10;
    return windowAt(Date.now(), { isOpen: board.isOpen, tokensLeft: left });
  };
  const copy = () =>
    boardOf({ ...board, waiting: [...board.waiting], making: [...board.making], ready: [...board.ready] });
  api.orders.board.mockImplementation(() => reach(copy));
  api.orders.window.mockImplementation(() => reach(window));
  api.orders.cafe.mockImplementation(() => reach(() => cafe));
  api.getPlace.mockImplementation(() => reach(() => place(cafeId, 37.7, -119.6)));
  api.listPlaces.mockImplementation(() => reach(() => ({ items: [place('park', 37.8, -119.5)] })));
  api.listPlacePhotos.mockImplementation(() =>
    reach(() => ({ items: [publicPhoto('a', 1), publicPhoto('b', 2)] })),
  );

  function scan(): void {
    const { startsAt } = windowAt(Date.now());
    if (Date.parse(startsAt) !== takenIn) taken = 0;
    takenIn = Date.parse(startsAt);
    taken = Math.min(10, taken + 1);
    board.waiting.push(next++);
    for (const type of ['NewOrderAdmitted', 'OrderPlaced', 'OrderQueued']) realtime.emit(topic, { type });
  }

  function move(): void {
    const made = board.making.shift();
    if (made !== undefined) board.ready.unshift(made);
    const begun = board.waiting.shift();
    if (begun !== undefined) board.making.push(begun);
    board.ready.length = Math.min(board.ready.length, chance() < 0.3 ? 0 : 8);
    realtime.emit(topic, { type: 'PreparationCompleted' });
  }

  function breakOff(): void {
    up = !up;
    realtime.setState(up ? 'online' : 'offline');
    setOnline(up);
  }

  return {
    board,
    window,
    readPage: () => reach(() => '<script src="/display/assets/index-a.js">'),
    repair: () => up || breakOff(),
    live(): void {
      const hour = new Date(Date.now()).getUTCHours();
      const isOpen = hour >= 7 && hour < 21;
      if (isOpen !== board.isOpen) {
        board.isOpen = isOpen;
        realtime.emit(topic, { type: 'ConfigChanged' });
      }
      // Lunch is quiet enough for photos.
      if (isOpen && hour !== 12 && board.waiting.length < 10 && chance() < 0.5) scan();
      else move();
      if (chance() < (up ? 0.02 : 0.2)) breakOff();
      if (chance() < 0.02) realtime.reconnect();
    },
  };
}

/** What the screen holds on to at a moment. */
function countHeld({ realtime }: Stage) {
  const held = { subscriptions: 0, callbacks: 0, listeners: 0 };
  const counted =
    <Arguments extends unknown[]>(name: keyof typeof held, take: (...given: Arguments) => () => void) =>
    (...given: Arguments) => {
      const giveBack = take(...given);
      held[name]++;
      return () => {
        held[name]--;
        giveBack();
      };
    };
  Object.assign(realtime, {
    subscribe: counted('subscriptions', realtime.subscribe),
    onReconnect: counted('callbacks', realtime.onReconnect),
  });
  for (const target of [globalThis.window, document]) {
    vi.spyOn(target, 'addEventListener').mockImplementation(() => void held.listeners++);
    vi.spyOn(target, 'removeEventListener').mockImplementation(() => void held.listeners--);
  }
  return held;
}

/** Lets time pass timer by timer, and after each lets promises and watchers do their work. */
async function pass(until: number, look = () => {}): Promise<void> {
  while (Date.now() < until) {
    vi.advanceTimersToNextTimer();
    for (let turn = 0; turn < 12; turn++) await Promise.resolve();
    look();
  }
}

function startScreen() {
  const reload = vi.fn();
  const ask = vi.fn(async () => new Headers({ date: new Date(Date.now()).toUTCString() }));
  const parts: { world: ReturnType<typeof createWorld>; held: ReturnType<typeof countHeld> }[] = [];
  const stage = onStage(
    (given) => parts.push({ held: countHeld(given), world: createWorld(given) }),
    () => {
      const readPage = async () => parts[0]?.world.readPage() ?? '';
      return useCafeScreen(cafeId, { reload, readPage, ask, running: '/display/assets/index-a.js' });
    },
  );
  const [part] = parts;
  if (!part) throw new Error('Expected the stage to be prepared');
  return { ...stage, ...part, reload, screen: stage.result };
}

it(`runs for ${DAYS} days of windows, orders and disconnections, and holds no more than at their start`, async () => {
  const { api, screen, held, world, reload, unmount } = startScreen();
  const most = { timers: 0, fresh: 0 };
  const scenes = new Set<string>();
  let turns = 0;
  const turn = () => {
    world.live();
    // Slow in the morning, fast later: two minutes to fifteen seconds.
    everyTurn = setTimeout(turn, 15_000 + 105_000 / (1 + (turns++ % 300) / 30));
  };
  let everyTurn = setTimeout(turn, MINUTE);

  for (let hour = 1; hour <= DAYS * 24; hour++) {
    await pass(start + hour * HOUR, () => {
      most.timers = Math.max(most.timers, vi.getTimerCount());
      most.fresh = Math.max(most.fresh, screen.board.fresh.value.size);
      scenes.add(screen.scene.value);
    });
    expect(held).toEqual({ subscriptions: 1, callbacks: 2, listeners: 0 });
  }
  clearTimeout(everyTurn);
  world.repair();
  await pass(Date.now() + 2 * MINUTE);

  // The clock, three reads each with a timer or the patience of a request, the window's end, idle or slides, fresh
  // numbers, the build; and the one of this test.
  expect(most.timers).toBeLessThanOrEqual(10);
  expect(most.fresh).toBeLessThanOrEqual(8);
  expect([...scenes].sort()).toEqual(['board', 'closed', 'photos']);
  expect(screen.board.board.value).toEqual(world.board);
  expect(screen.tokens.window.value).toEqual(world.window());
  expect(reload).not.toHaveBeenCalled();
  expect(api.orders.window.mock.calls.length).toBeLessThan(DAYS * 24 * 60 * 4);

  unmount();
  expect(held).toEqual({ subscriptions: 0, callbacks: 0, listeners: 0 });
  expect(vi.getTimerCount()).toBe(0);
}, 60_000);
