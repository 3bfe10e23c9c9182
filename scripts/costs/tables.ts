import { bill, type Line, total, totalOf } from './bill.ts';
import { amount, table, usd } from './markdown.ts';
import { scenario } from './measured.ts';
import { activities, type Basis, openDayUsage, orderUsage, type Traffic } from './month.ts';
import type { Price } from './prices.ts';
import { type Engine, plus, times, type Usage, usageOf } from './usage.ts';

/** What the tables are made from. */
export interface Sources extends Basis {
  readonly prices: readonly Price[];
}

const engines: readonly Engine[] = ['rekognition', 'local'];

/** All tables by the names that they have in docs/costs.md. */
export function tables(sources: Sources, traffic: Traffic): Record<string, string> {
  return {
    month: month(sources, traffic),
    activities: byActivity(sources, traffic),
    'orders of a day': ordersOfADay(sources, traffic),
    engines: enginesTable(sources),
    'way of a photo': wayOfAPhoto(sources),
    counts: countsTable(sources),
    prices: priceTable(sources.prices),
  };
}

/** A month by service, at list prices and less what is always free. */
function month({ prices, ...basis }: Sources, traffic: Traffic): string {
  const usage = plus(...activities(basis, traffic, 'rekognition').map((one) => one.usage));
  const rest = bill(prices, usage, true);
  const rows = bill(prices, usage).map((line, index) => [
    line.service,
    used(line),
    usd(line.usd),
    usd(rest[index]?.usd ?? 0),
  ]);
  const sums = engines.map((engine) => {
    const all = plus(...activities(basis, traffic, engine).map((one) => one.usage));
    return [
      engine === 'local' ? '**sum, local engine instead**' : '**sum**',
      '',
      `**${usd(totalOf(prices, all))}**`,
      `**${usd(totalOf(prices, all, true))}**`,
    ];
  });
  return table(['service', 'used', 'list price', 'less free tier'], [...rows, ...sums]);
}

const used = ({ amounts }: Line): string =>
  amounts.map((one) => `${amount(one.amount)} ${one.unit}`).join('<br>');

/** What each thing that people do costs, at list prices. */
function byActivity({ prices, ...basis }: Sources, traffic: Traffic): string {
  const local = activities(basis, traffic, 'local');
  const rows = activities(basis, traffic, 'rekognition').map(({ name, number, usage }, index) => {
    const cost = totalOf(prices, usage);
    const own = totalOf(prices, local[index]?.usage ?? {});
    const each = (sum: number) => (number === 0 ? '' : usd((sum * 1000) / number));
    return name === 'standing by'
      ? [name, '', '', usd(cost), usd(own)]
      : [name, amount(number), each(cost), usd(cost), usd(own)];
  });
  return table(['', 'a month', 'a thousand', 'all', 'all, local engine'], rows);
}

/** What the orders of one day cost by service, without what stands by. */
function ordersOfADay({ prices, ...basis }: Sources, { ordersPerDay }: Traffic): string {
  const lines = bill(prices, plus(times(orderUsage(basis), ordersPerDay), openDayUsage(basis)));
  const rows = lines.map((line) => [line.service, used(line), usd(line.usd)]);
  return table(['service', 'used', 'USD'], [...rows, ['**sum**', '', `**${usd(total(lines))}**`]]);
}

/** Who looks at photos: what one check of each costs in a month. */
function enginesTable({ prices, measured, assumptions }: Sources): string {
  const checks = (name: string, check: RegExp, engine: Engine): Usage => {
    const counts = scenario(measured, name);
    const functions = Object.fromEntries(Object.entries(counts.functions).filter(([key]) => check.test(key)));
    const nothing = { machines: {}, tables: {}, buckets: {}, queues: {}, requests: {}, events: {} };
    const none = { iotPublications: 0, snsPublications: 0, traces: 0 };
    return usageOf({ of: counts.of, functions, ...nothing, ...none }, assumptions, engine);
  };
  const moderate = /ModeratePhoto$/;
  const columns = [
    checks('photo v4, park', moderate, 'rekognition'),
    checks('photo v4, park', moderate, 'local'),
    checks('photo v4, café', /DetectPeople$/, 'local'),
  ];
  const rows = [1e5, 1e6, 5e6, 1e7, 5e7].map((photos) => [
    amount(photos),
    ...columns.map((usage) => usd(totalOf(prices, times(usage, photos)))),
  ]);
  return table(
    ['photos a month, one check each', 'Rekognition', 'local, Moderate Photo', 'local, Detect People'],
    rows,
  );
}

/** A million photos from the form to the message, by version and service. */
function wayOfAPhoto({ prices, measured, assumptions }: Sources): string {
  const names = ['photo v1', 'photo v2', 'photo v3', 'photo v4, park', 'photo v4, café'];
  const usages = (engine: Engine) =>
    names.map((name) => times(usageOf(scenario(measured, name), assumptions, engine), 1e6));
  const bills = usages('local').map((usage) => bill(prices, usage));
  const services = [...new Set(prices.map(({ service }) => service))];
  const rows = services
    .filter((service) => bills.some((lines) => lines.some((line) => line.service === service)))
    .map((service) => [
      service,
      ...bills.map((lines) => usd(lines.find((line) => line.service === service)?.usd ?? 0)),
    ]);
  const transitions = usages('local').map((usage) => amount((usage['states.transitions'] ?? 0) / 1e6));
  const sums = (engine: Engine) => usages(engine).map((usage) => `**${usd(totalOf(prices, usage))}**`);
  return table(
    ['USD for a million', ...names.map((name) => name.replace('photo ', ''))],
    [
      ['transitions of one photo', ...transitions],
      ...rows,
      ['**sum, local engine**', ...sums('local')],
      ['**sum, Rekognition**', ...sums('rekognition')],
    ],
  );
}

/** What was counted, for one of each. */
function countsTable({ measured, assumptions }: Sources): string {
  const meters = {
    'API requests': 'api.requests',
    invocations: 'lambda.requests',
    transitions: 'states.transitions',
    'Express runs': 'states.expressRequests',
    'write units': 'dynamodb.writes',
    'read units': 'dynamodb.reads',
    'S3 writes': 's3.writes',
    reads: 's3.reads',
    events: 'events.custom',
    'SQS requests': 'sqs.requests',
    SNS: 'sns.requests',
  };
  const rows = Object.entries(measured.scenarios).map(([name, { takenOn, of, ...counts }]) => {
    const usage = usageOf({ of, ...counts }, assumptions, 'local');
    const numbers = Object.values(meters).map((meter) => amount(usage[meter] ?? 0));
    return [name, ...numbers, amount(counts.iotPublications), `${of} times, ${takenOn}`];
  });
  return table(['one', ...Object.keys(meters), 'MQTT publications', 'counted'], rows);
}

/** The prices with where they are from. */
function priceTable(prices: readonly Price[]): string {
  const rows = prices.map(({ service, unit, usd: price, free, source, readIn, asOf }) => [
    `[${service}](${source})`,
    unit,
    typeof price === 'number' ? plain(price) : price.map((one) => tier(one)).join('<br>'),
    free ? `${amount(free.amount)}, ${free.kind}` : '',
    readIn ? `[${asOf}](${readIn})` : asOf,
  ]);
  return table(['service', 'of', 'USD', 'free a month', 'as of'], rows);
}

/** Small prices by the million. */
const plain = (price: number): string =>
  price < 0.01
    ? `${(price * 1e6).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 4 })} a million`
    : String(price);

const tier = ({ upTo, usd: price }: { upTo?: number | undefined; usd: number }): string =>
  upTo === undefined ? `${plain(price)} beyond` : `${plain(price)} up to ${amount(upTo)}`;
