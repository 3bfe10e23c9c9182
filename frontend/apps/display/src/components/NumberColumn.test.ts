import { mount } from '@vue/test-utils';
import { expect, it } from 'vitest';
import NumberColumn from './NumberColumn.vue';

const texts = (props: InstanceType<typeof NumberColumn>['$props']) =>
  mount(NumberColumn, { props })
    .findAll('li')
    .map((item) => item.text());
const count = (length: number) => Array.from({ length }, (_, index) => index + 1);

it('shows every number while there is room', () => {
  expect(texts({ title: 'Making', numbers: count(28) })).toHaveLength(28);
});

it('counts those beyond the screen', () => {
  const shown = texts({ title: 'Making', numbers: count(40) });

  expect(shown).toHaveLength(28);
  expect(shown.at(-1)).toBe('+13');
});

it('lets only the new ones stand out', () => {
  const column = mount(NumberColumn, { props: { title: 'Ready', numbers: [8, 7], fresh: new Set([8]) } });

  expect(column.findAll('.fresh').map((item) => item.text())).toEqual(['8']);
});

it('says that there are none', () => {
  expect(mount(NumberColumn, { props: { title: 'Ready', numbers: [] } }).text()).toContain('None');
});
