import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { executionView } from '#contracts/api/executions.ts';
import { type RoutingView, routingView, workflowsResponse } from '#contracts/api/workflows.ts';
import { localStacks } from '../../scripts/lib/stacks.ts';
import { callApi } from '../support/api.ts';
import { createPlace, expectBody, requestUpload, upload, waitForEnd } from '../support/photos.ts';
import { goodPhoto } from '../support/pictures.ts';
import { newUser, type User } from '../support/users.ts';
import { aws, outputs, ranger, visitor, web } from './app.ts';
import { itemOf } from './photo-items.ts';
import { workflowCommand } from './workflow-command.ts';

let admin: User;
let staff: User;
let owner: User;
let placeId: string;
let bytes: Buffer;
beforeAll(async () => {
  [admin, staff, owner] = await Promise.all([newUser(aws, outputs, ['admins']), ranger(), visitor()]);
  ({ placeId } = await createPlace(web, staff));
  bytes = await goodPhoto();
});
afterAll(async () => {
  await decide({ active: 'v1' });
});

async function readWorkflows(user = staff) {
  return expectBody(workflowsResponse, 200, await callApi(web, 'GET', '/workflows', { token: user.token }));
}

const put = (body: object, user = admin) =>
  callApi(web, 'PUT', '/workflows/routing', { token: user.token, body });

/** Decides upon what holds now. */
async function decide(routes: object): Promise<RoutingView> {
  const { routing } = await readWorkflows();
  return expectBody(routingView, 200, await put({ ...routes, revision: routing.revision }));
}

const versions = localStacks.map(({ name }) => name).filter((name) => /^v\d+$/.test(name));

describe('The routing', () => {
  it('is shown with every version that is deployed', async () => {
    await decide({ active: 'v1', canary: { version: 'v2', percent: 10 } });
    const { routing, workflows } = await readWorkflows();
    expect(routing).toMatchObject({ active: 'v1', canary: { version: 'v2', percent: 10 } });
    expect(workflows.map(({ version }) => version)).toEqual(versions);
    expect(workflows.map(({ share }) => share)).toEqual(
      versions.map((version) => ({ v1: 90, v2: 10 })[version] ?? 0),
    );
    for (const { version, definition, consoleUrl } of workflows) {
      expect(definition.StartAt, version).toBe('Claim Photo');
      expect(consoleUrl, version).toBeUndefined();
    }
    await decide({ active: 'v1' });
  });

  it('is for admins to change, for the staff to read, and for nobody else', async () => {
    const { routing } = await readWorkflows();
    const same = { active: 'v1', revision: routing.revision };
    expect((await put(same, staff)).status).toBe(403);
    expect((await callApi(web, 'PUT', '/workflows/routing', { body: same })).status).toBe(401);
    for (const path of ['/workflows', `/executions/${placeId}`]) {
      expect((await callApi(web, 'GET', path, { token: owner.token })).status, path).toBe(403);
      expect((await callApi(web, 'GET', path)).status, path).toBe(401);
    }
  });

  it('changed by two admins at once is changed by one of them; the other one is told', async () => {
    const { routing } = await readWorkflows();
    const canaries = [10, 20].map((percent) => ({ version: 'v2', percent }));
    const answers = await Promise.all(
      canaries.map((canary) => put({ active: 'v1', canary, revision: routing.revision })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    const won = answers.find(({ status }) => status === 200)?.body;
    expect((await readWorkflows()).routing).toEqual(won);
    expect(won).toMatchObject({ revision: routing.revision + 1, previous: { active: 'v1' } });
    await decide({ active: 'v1' });
  });

  it('leads to no version that is not deployed', async () => {
    const { routing } = await readWorkflows();
    const routes = [
      { active: 'v99' },
      { active: 'v1', canary: { version: 'v99', percent: 1 } },
      { active: 'v1', places: { [placeId]: 'v99' } },
    ];
    for (const one of routes) {
      const { status, body } = await put({ ...one, revision: routing.revision });
      expect(status, JSON.stringify(one)).toBe(409);
      expect(JSON.stringify(body)).toContain('v99');
    }
    expect((await readWorkflows()).routing).toEqual(routing);
  });

  it('sends the photos of a place to the version of its own, and of others to the active one', async () => {
    const { placeId: elsewhere } = await createPlace(web, staff);
    await decide({ active: 'v1', places: { [placeId]: 'v2' } });
    const [here, there] = await Promise.all(
      [placeId, elsewhere].map((place) => upload(web, owner, place, bytes)),
    );
    expect(await waitForEnd(web, owner, here ?? '')).toMatchObject({ workflow: 'v2' });
    expect(await waitForEnd(web, owner, there ?? '')).toMatchObject({ workflow: 'v1' });
    await decide({ active: 'v1' });
  });

  it('is decided by command as by the API', async () => {
    const command = (...args: string[]) => workflowCommand(outputs.endpoint, ...args);
    const active = async () => (await readWorkflows()).routing;
    expect(await command('canary', 'v2', '25')).toMatchObject({
      code: 0,
      output: expect.stringContaining('25 % of new photos go to v2, 75 % to v1'),
    });
    expect(await active()).toMatchObject({ active: 'v1', canary: { version: 'v2', percent: 25 } });
    await command('promote');
    expect(await active()).toMatchObject({ active: 'v2' });
    await command('rollback');
    expect(await active()).toMatchObject({ active: 'v1', canary: { version: 'v2', percent: 25 } });
    const refused = await command('activate', 'v99');
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('got v99') });
    const [list, status] = await Promise.all([command('list'), command('status')]);
    expect(list.output).toMatch(/v1 +75 %/);
    expect(status.output).toContain('25 % of new photos go to v2, 75 % to v1');
    await decide({ active: 'v1' });
  });
});

describe('An execution', () => {
  const read = (photoId: string) => callApi(web, 'GET', `/executions/${photoId}`, { token: staff.token });

  it('is shown state by state, those inside a Map with their own input and output', async () => {
    await decide({ active: 'v1', places: { [placeId]: 'v2' } });
    const photoId = await upload(web, owner, placeId, bytes);
    await waitForEnd(web, owner, photoId, 'PUBLISHED');
    const view = expectBody(executionView, 200, await read(photoId));
    expect(view).toMatchObject({ photoId, workflow: 'v2', status: 'SUCCEEDED' });
    expect(view.definition.StartAt).toBe('Claim Photo');
    expect(view.visits.at(0)).toMatchObject({ name: 'Claim Photo', attempts: 1, status: 'succeeded' });
    expect(view.visits.at(-1)).toMatchObject({ name: 'Photo Published', type: 'Succeed' });
    const copies = view.visits.filter(({ name }) => name === 'Copy Rendition');
    expect(new Set(copies.map(({ input }) => input)).size).toBe(4);
    for (const { input, output, status } of copies) expect([output, status]).toEqual([input, 'succeeded']);
    const { executionId } = await itemOf(photoId);
    expect(executionId).toContain(view.name);
    await decide({ active: 'v1' });
  });

  it('does not exist before a workflow has taken the photo, nor without a photo', async () => {
    const { photoId } = await requestUpload(web, owner, placeId);
    expect(await read(photoId)).toMatchObject({
      status: 404,
      body: { error: { message: expect.stringContaining('yet') } },
    });
    expect((await read(placeId)).status).toBe(404);
  });
});
