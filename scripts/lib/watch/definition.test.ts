import { describe, expect, it } from 'vitest';
import { missingValues, problemsOf, readValues, substitute } from './definition.ts';

const text = `{
  "QueryLanguage": "JSONata",
  "StartAt": "Claim Photo",
  "States": {
    "Claim Photo": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Arguments": { "FunctionName": "\${MakeArn}", "Payload": [{ "lease": "{% $millis() + \${LeaseSeconds} * 1000 %}" }] },
      "TimeoutSeconds": 10,
      "Next": "Done"
    },
    "Done": { "Type": "Succeed" }
  }
}
`;
const values = { MakeArn: 'arn:aws:lambda:eu-west-1:1:function:make', LeaseSeconds: '300' };
const deployed = substitute(text, values);

describe('the values of placeholders', () => {
  it('are read off what was deployed', () => {
    expect(readValues(text, deployed)).toEqual(values);
    expect(readValues(text, JSON.stringify(JSON.parse(deployed)))).toEqual(values);
  });

  it('are unknown when another text was deployed', () => {
    expect(readValues(text.replace('* 1000', '* 10'), deployed)).toBeUndefined();
    expect(readValues(text.replace('* 1000', ''), deployed)).toBeUndefined();
    expect(readValues('{', deployed)).toBeUndefined();
  });

  it('are told apart by what is known from elsewhere', () => {
    const two = `{"a":"\${X}-\${Y}","b":"\${X} \${X}"}`;
    expect(readValues(two, '{"a":"1-2-3","b":"1 1"}')).toEqual({ X: '1', Y: '2-3' });
    expect(readValues(`{"a":"\${X}-\${Y}"}`, '{"a":"1-2"}')).toBeUndefined();
  });

  it('are missed by name', () => {
    expect(missingValues(text, { MakeArn: 'x' })).toEqual(['LeaseSeconds']);
    expect(missingValues(text, values)).toEqual([]);
  });
});

describe('the problems of a definition', () => {
  const problems = (from: string, to: string) => problemsOf('v9.asl.json', text.replace(from, to), values);

  it('are none when it is good', async () => {
    expect(await problems('', '')).toEqual([]);
  });

  it.each([
    ['no JSON', '"States": {', '"States": {,', /^v9\.asl\.json:4:14 /],
    ['nothing', text, '', /^v9\.asl\.json:1:1 /],
    [
      'a state that is not there',
      '"Next": "Done"',
      '"Next": "Gone"',
      /^v9\.asl\.json:10:15 .*existing state/,
    ],
    ['a wrong value', '"TimeoutSeconds": 10', '"TimeoutSeconds": "ten"', /^v9\.asl\.json:9:\d+ /],
  ])('name the line of %s', async (_, from, to, expected) => {
    expect((await problems(from, to))[0]).toMatch(expected);
  });
});
