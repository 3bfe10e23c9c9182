import { describe, expect, it } from 'vitest';
import { outcomeOf, sampledFunctions } from './sam-local.ts';
import { localStacks } from './stacks.ts';

const log = '{"level":"INFO","message":"Task done","timestamp":"2026-07-04T10:00:00.000Z"}';
const report = 'REPORT RequestId: 1 Duration: 20 ms';

describe('outcomeOf', () => {
  it.each([
    ['an answer of the API', '{"statusCode": 200, "body": "{}"}', true, '200'],
    [
      'a refusal',
      '{"statusCode": 404, "body": "{\\"error\\":{\\"code\\":\\"NOT_FOUND\\",\\"message\\":\\"Expected a place\\"}}"}',
      true,
      '404 Expected a place',
    ],
    [
      'an error of its own',
      '{"errorType": "OriginalMissing", "errorMessage": "gone"}',
      true,
      'OriginalMissing: gone',
    ],
    ['nothing', 'null', true, 'null'],
    [
      'code that does not load',
      '{"errorType": "Runtime.ImportModuleError", "errorMessage": "no sharp"}',
      false,
      'Runtime.ImportModuleError: no sharp',
    ],
    [
      'an answer beside a complaint of the runtime',
      '{"statusCode": 200}[ERROR] [1795273126017] LAMBDA_RUNTIME Failed to get next invocation.',
      true,
      '200',
    ],
  ])('reads %s', (_what, answer, ran, result) => {
    expect(outcomeOf(`START\n${log}\n${report}\n\n${answer}`, 0)).toMatchObject({ ran, result });
  });

  it.each([
    ['{"statusCode": 500}', true],
    ['{"statusCode": 404}', false],
    ['{"batchItemFailures": []}', false],
    ['{"batchItemFailures": [{"itemIdentifier": "1"}]}', true],
    ['{"errorType": "Runtime.ExitError", "errorMessage": "gone"}', true],
  ])('tells whether work was done: %s', (answer, failed) => {
    expect(outcomeOf(answer, 0).failed).toBe(failed);
  });

  it('takes a log line for no answer', () => {
    expect(outcomeOf(`${log}\nError: no engine`, 1)).toMatchObject({
      ran: false,
      result: 'Error: no engine',
    });
  });
});

describe('sampledFunctions', () => {
  it('finds the functions of every stack with their samples', () => {
    const functions = localStacks.flatMap(sampledFunctions);
    expect(functions.length).toBeGreaterThan(15);
    expect(functions.filter(({ samples }) => samples.length === 0)).toEqual([]);
  });
});
