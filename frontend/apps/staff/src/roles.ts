import { useServices } from '@happy-path/app';
import { type ComputedRef, computed } from 'vue';

export type Role = 'rangers' | 'baristas' | 'admins';

/** Rangers and admins decide about photos; everybody of the staff may look at photos, executions and workflows. */
export const photoRoles: readonly Role[] = ['rangers', 'admins'];
export const staffRoles: readonly Role[] = ['rangers', 'baristas', 'admins'];

/** Whether somebody of these groups has one of the roles. The server decides by the token again. */
export const hasRole = (groups: readonly string[], roles: readonly Role[]): boolean =>
  roles.some((role) => groups.includes(role));

/** The page that somebody of these groups needs most. */
export const homeOf = (groups: readonly string[]): 'review' | 'workflows' =>
  hasRole(groups, photoRoles) ? 'review' : 'workflows';

/** What the person signed in may do, as far as buttons and pages go. */
export function useRoles(): {
  staff: ComputedRef<boolean>;
  photos: ComputedRef<boolean>;
  admin: ComputedRef<boolean>;
} {
  const { session } = useServices();
  const may = (roles: readonly Role[]) => computed(() => hasRole(session.user.value?.groups ?? [], roles));
  return { staff: may(staffRoles), photos: may(photoRoles), admin: may(['admins']) };
}
