import { onStage } from '@happy-path/app/testing';
import { expect, it } from 'vitest';
import { homeOf, useRoles } from './roles.ts';

it.each([
  [['rangers'], 'review'],
  [['admins'], 'review'],
  [['baristas'], 'workflows'],
])('leads %j to what they do most', (groups, name) => {
  expect(homeOf(groups)).toBe(name);
});

it.each([
  [[], { staff: false, photos: false, admin: false }],
  [['baristas'], { staff: true, photos: false, admin: false }],
  [['rangers'], { staff: true, photos: true, admin: false }],
  [['admins'], { staff: true, photos: true, admin: true }],
  [['gardeners'], { staff: false, photos: false, admin: false }],
])('lets %j do what their groups may', (groups, may) => {
  const { result } = onStage(
    ({ user }) => {
      user.value = { id: 'u', groups };
    },
    () => useRoles(),
  );
  const { staff, photos, admin } = result;
  expect({ staff: staff.value, photos: photos.value, admin: admin.value }).toEqual(may);
});
