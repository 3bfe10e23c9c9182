import type { Assumptions } from './assumptions.ts';
import type { Counts } from './counts.ts';
import { type Measured, scenario } from './measured.ts';
import { type Engine, plus, times, type Usage, usageOf } from './usage.ts';

/** How much goes on in a month of 30 days. */
export interface Traffic {
  readonly ordersPerDay: number;
  readonly users: number;
  readonly photosPerUser: number;
}

/** Something that costs money: how often it happens, and what all of it uses. */
export interface Activity {
  readonly name: string;
  readonly number: number;
  readonly usage: Usage;
}

/** What a measured file and the assumptions say together. */
export interface Basis {
  readonly measured: Measured;
  readonly assumptions: Assumptions;
}

const daysPerMonth = 30;
const minutesPerMonth = daysPerMonth * 24 * 60;
const mbPerGb = 1024;

/** Everything that uses something in a month, with the newest workflow for photos. */
export function activities(basis: Basis, traffic: Traffic, engine: Engine): Activity[] {
  const photos = traffic.users * traffic.photosPerUser;
  const orders = traffic.ordersPerDay * daysPerMonth;
  const visits = traffic.users * basis.assumptions.visitsPerUser;
  return [
    { name: 'photos', number: photos, usage: times(photoUsage(basis, engine), photos) },
    { name: 'orders', number: orders, usage: times(orderUsage(basis), orders) },
    {
      name: 'minutes of an open café',
      number: openMinutes(basis),
      usage: times(openMinuteUsage(basis), openMinutes(basis)),
    },
    { name: 'visits', number: visits, usage: times(visitUsage(basis), visits) },
    { name: 'accounts', number: traffic.users, usage: { 'cognito.users': traffic.users } },
    { name: 'standing by', number: 1, usage: standingUsage(basis) },
  ];
}

/** A photo as v4 has it, and what is kept of it. */
function photoUsage({ measured, assumptions }: Basis, engine: Engine): Usage {
  const of = (name: string) => usageOf(scenario(measured, name), assumptions, engine);
  const { photosInCafes, originalMb, originalDays, renditionMonths, tableKbPerPhoto } = assumptions;
  const originals = (originalMb / mbPerGb) * (originalDays / daysPerMonth);
  const renditions = (renditionMb(measured) / mbPerGb) * renditionMonths;
  return plus(
    times(of('photo v4, park'), 1 - photosInCafes),
    times(of('photo v4, café'), photosInCafes),
    { 's3.gbMonths': originals + renditions },
    tableUsage(tableKbPerPhoto),
  );
}

/** What v1 writes for everybody; the others copy as much, which tells no size. */
export function renditionMb(measured: Measured): number {
  const { buckets } = scenario(measured, 'photo v1');
  const bytes = Object.entries(buckets).find(([name]) => /distribution/i.test(name))?.[1].bytesWritten ?? 0;
  return bytes / 1024 / 1024;
}

/** An order from the scan to the receipt, and what is kept of it. */
export function orderUsage({ measured, assumptions }: Basis): Usage {
  const counts: Counts = scenario(measured, 'order');
  return plus(usageOf(counts, assumptions, 'local'), tableUsage(assumptions.tableKbPerOrder));
}

/** What the cafés use in a day although nobody orders. */
export const openDayUsage = (basis: Basis): Usage =>
  times(openMinuteUsage(basis), openMinutes(basis) / daysPerMonth);

const openMinutes = ({ assumptions: { cafes, openMinutesPerDay } }: Basis): number =>
  cafes * openMinutesPerDay * daysPerMonth;

/** What display and tablet read while a café is open, each on a connection of its own. */
function openMinuteUsage({ measured, assumptions }: Basis): Usage {
  return plus(usageOf(scenario(measured, 'café minute'), assumptions, 'local'), { 'iot.minutes': 2 });
}

function tableUsage(kb: number): Usage {
  const gb = kb / 1024 / 1024;
  return { 'dynamodb.gbMonths': gb, 'dynamodb.recoveryGbMonths': gb };
}

function visitUsage({ measured, assumptions }: Basis): Usage {
  const { picturesPerVisit, picturesFromCache, mbPerVisit, minutesPerVisit, iotMessagesPerVisit } =
    assumptions;
  return plus(usageOf(scenario(measured, 'visit'), assumptions, 'local'), {
    'cloudfront.gb': mbPerVisit / mbPerGb,
    'cloudfront.requests': picturesPerVisit,
    's3.reads': picturesPerVisit * (1 - picturesFromCache),
    'iot.minutes': minutesPerVisit,
    'iot.messages': iotMessagesPerVisit,
  });
}

/** What is there when nobody comes. */
export function standingUsage({ measured, assumptions }: Basis): Usage {
  const { alarms, queueMappings, apiMethods, schedules } = measured.standing;
  const { pollsPerQueueAndMonth, metricsPerApiMethod, customMetrics } = assumptions;
  const idle = usageOf(scenario(measured, 'idle minute'), assumptions, 'local');
  return plus(times(idle, minutesPerMonth), {
    'cloudwatch.alarms': alarms,
    'cloudwatch.metrics': apiMethods * metricsPerApiMethod + customMetrics,
    'sqs.requests': queueMappings * pollsPerQueueAndMonth,
    'events.schedules': schedules * minutesPerMonth,
  });
}
