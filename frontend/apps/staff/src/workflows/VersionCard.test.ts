import { mount } from '@vue/test-utils';
import { describe, expect, it } from 'vitest';
import VersionCard from './VersionCard.vue';

const definition = {
  Comment: 'v2: v1 + a rule.',
  StartAt: 'Check',
  States: { Check: { Type: 'Pass', Next: 'Done' }, Done: { Type: 'Succeed' } },
};
const routing = { revision: 1, active: 'v1', canary: { version: 'v2', percent: 10 }, places: { p: 'v3' } };
const card = (version: string, { admin = true, failed = 0, more = false, deployed = true } = {}) =>
  mount(VersionCard, {
    props: {
      routing,
      admin,
      shown: {
        version,
        workflow: deployed
          ? {
              version,
              share: version === 'v1' ? 90 : 0,
              places: [],
              definition,
              lastHour: { started: 1000, running: 4, succeeded: 996 - failed, failed, more },
            }
          : undefined,
      },
    },
  });
const buttons = (view: ReturnType<typeof card>) =>
  view.findAll('footer button').map((button) => button.text());

describe('the card of a version', () => {
  it('shows its graph and what it adds', () => {
    const view = card('v2');

    expect(view.get('img').attributes('src')).toMatch(/^data:image\/svg\+xml,/);
    expect(view.get('img').attributes('alt')).toBe('Graph of workflow v2');
    expect(view.text()).toContain('v1 + a rule.');
    expect(view.text()).toContain('Being tried · 10 %');
  });

  it.each([
    ['v1', []],
    ['v2', ['Keep for all', 'Change share', 'Stop the try']],
    ['v3', ['Try on some', 'Send all here']],
  ])('lets an admin decide about %s', (version, offered) => {
    expect(buttons(card(version))).toEqual(offered);
    expect(buttons(card(version, { admin: false }))).toEqual([]);
  });

  it('says which decision a button stands for', async () => {
    const view = card('v2');

    await view.get('footer button').trigger('click');

    expect(view.emitted('decide')).toEqual([[{ what: 'promote', version: 'v2' }]]);
  });

  it('does not pretend to have counted everything', () => {
    expect(card('v1', { more: true }).text()).toContain('1,000+');
    expect(card('v1').text()).not.toContain('1,000+');
  });

  it('draws the eye to failures', () => {
    expect(card('v1', { failed: 3 }).find('.bad').text()).toContain('3');
    expect(card('v1').find('.bad').exists()).toBe(false);
  });

  it('warns of a version that photos are sent to though it is not deployed', () => {
    const view = card('v9', { deployed: false });

    expect(view.text()).toContain('Not deployed.');
    expect(buttons(view)).toEqual([]);
  });
});
