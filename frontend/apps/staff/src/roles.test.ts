import { onStage } from '@happy-path/app/testing';
import { expect, it } from 'vitest';
import { homeOf, useRoles } from './roles.ts';

it.each([
  [['rangers'], true, 'review'],
  [['admins'], true, 'review'],
  [['baristas'], true, 'orders'],
  [['baristas'], false, 'workflows'],
])('leads %j, with orders: %j, to what they do most', (groups, orders, name) => {
  expect(homeOf(groups, orders)).toBe(name);
});

it.each([
  [[], { staff: false, photos: false, orders: false, admin: false }],
  [['baristas'], { staff: true, photos: false, orders: true, admin: false }],
  [['rangers'], { staff: true, photos: true, orders: false, admin: false }],
  [['admins'], { staff: true, photos: true, orders: true, admin: true }],
  [['gardeners'], { staff: false, photos: false, orders: false, admin: false }],
])('lets %j do what their groups may', (groups, may) => {
  const { result } = onStage(
    ({ user }) => {
      user.value = { id: 'u', groups };
    },
    () => useRoles(),
  );
  const { staff, photos, orders, admin } = result;
  expect({ staff: staff.value, photos: photos.value, orders: orders.value, admin: admin.value }).toEqual(may);
});
