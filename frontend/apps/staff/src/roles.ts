import { useServices } from '@happy-path/app';
import { type ComputedRef, computed } from 'vue';

export type Role = 'rangers' | 'baristas' | 'admins';

/** Rangers and admins decide about photos; everybody of the staff may look at photos, executions and workflows. */
export const photoRoles: readonly Role[] = ['rangers', 'admins'];
/** Baristas and admins make orders; each barista in his own cafés. */
export const orderRoles: readonly Role[] = ['baristas', 'admins'];
export const staffRoles: readonly Role[] = ['rangers', 'baristas', 'admins'];

/** Whether somebody of these groups has one of the roles. The server decides by the token again. */
export const hasRole = (groups: readonly string[], roles: readonly Role[]): boolean =>
  roles.some((role) => groups.includes(role));

/** The page that somebody of these groups needs most, on a stage with or without café orders. */
export function homeOf(groups: readonly string[], orders: boolean): 'review' | 'orders' | 'workflows' {
  if (hasRole(groups, photoRoles)) return 'review';
  return orders && hasRole(groups, orderRoles) ? 'orders' : 'workflows';
}

/** What the person signed in may do, as far as buttons and pages go. */
export function useRoles(): {
  staff: ComputedRef<boolean>;
  photos: ComputedRef<boolean>;
  orders: ComputedRef<boolean>;
  admin: ComputedRef<boolean>;
} {
  const { session } = useServices();
  const may = (roles: readonly Role[]) => computed(() => hasRole(session.user.value?.groups ?? [], roles));
  return { staff: may(staffRoles), photos: may(photoRoles), orders: may(orderRoles), admin: may(['admins']) };
}
