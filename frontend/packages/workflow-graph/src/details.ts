import { type Fields, fieldsOf, listOf, textOf } from './values.ts';

const services: Readonly<Record<string, string>> = {
  apigateway: 'API Gateway',
  dynamodb: 'DynamoDB',
  events: 'EventBridge',
  eventbridge: 'EventBridge',
  lambda: 'Lambda',
  rekognition: 'Rekognition',
  s3: 'S3',
  sfn: 'Step Functions',
  sns: 'SNS',
  sqs: 'SQS',
  ssm: 'SSM',
  states: 'Step Functions',
};

/** `updateItem` -> `update item`. */
const words = (name: string) => name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

/** What a state does, in a few words: `DynamoDB update item`, `Lambda`, `waits 5 s`. */
export function detailOf(name: string, state: Fields): string {
  switch (state.Type) {
    case 'Task':
      return taskDetail(state);
    case 'Wait':
      return waitDetail(state);
    case 'Fail':
      // An error that is called like its state says nothing new.
      return textOf(state.Error) === name.replaceAll(' ', '') ? '' : textOf(state.Error);
    case 'Map':
      return 'for each item';
    case 'Parallel':
      return `${listOf(state.Branches).length} at once`;
    default:
      return '';
  }
}

function taskDetail(state: Fields): string {
  const resource = textOf(state.Resource);
  const waits = resource.endsWith('.waitForTaskToken') ? ', waits for an answer' : '';
  const [, called = ''] = /^arn:[^:]+:states:[^:]*:[^:]*:(.*)$/.exec(resource) ?? [];
  const [service = '', action = ''] = called
    .replace(/^aws-sdk:/, '')
    .replace(/\..*$/, '')
    .split(':');
  // A function named directly, by its ARN or by a placeholder for it.
  if (service === '' || service === 'lambda') return `Lambda${waits}`;
  if (service === 'activity') return 'activity';
  return `${services[service] ?? service} ${words(action)}${waits}`.trim();
}

function waitDetail(state: Fields): string {
  if (typeof state.Seconds === 'number') return `waits ${state.Seconds} s`;
  return 'Timestamp' in state || 'TimestampPath' in state ? 'waits until a time' : 'waits';
}

/** How often a state's task is tried again at most, by its most patient retrier of general errors. */
export function retriesOf(state: Fields): number {
  const all = listOf(state.Retry).map(fieldsOf);
  const general = all.filter(({ ErrorEquals }) => listOf(ErrorEquals).includes('States.ALL'));
  // Three is what Amazon States Language says for a retrier without the number.
  const attempts = (general.length > 0 ? general : all).map(({ MaxAttempts }) =>
    typeof MaxAttempts === 'number' ? MaxAttempts : 3,
  );
  return Math.max(0, ...attempts);
}

/** The errors that a Catch takes, in words. */
export function errorsOf(errors: readonly unknown[]): string {
  return errors
    .map(textOf)
    .map((name) =>
      name === 'States.ALL'
        ? 'any error'
        : words(name.replace(/^.*\./, '').replace(/(Exception|Error)$/, '')),
    )
    .join(', ');
}
