import { useServices } from '@happy-path/app';
import { type InjectionKey, inject, ref, shallowRef } from 'vue';
import { useRouter } from 'vue-router';
import { messages } from '../messages.ts';

export interface UploadTarget {
  readonly placeId: string;
  readonly name: string;
}

interface SignInQuestion {
  readonly title: string;
  readonly text: string;
  readonly returnTo: string;
}

export type Sheets = ReturnType<typeof createSheets>;

export const sheetsKey: InjectionKey<Sheets> = Symbol('sheets');

/** Which sheet lies over the page: adding photos, or the question to sign in. */
export function createSheets() {
  const { session } = useServices();
  const router = useRouter();
  const uploadOpen = ref(false);
  const uploadTarget = shallowRef<UploadTarget>();
  const question = shallowRef<SignInQuestion>();

  function askToSignIn(title: string, text: string, returnTo = router.currentRoute.value.fullPath) {
    question.value = { title, text, returnTo };
  }

  return {
    uploadOpen,
    uploadTarget,
    question,
    askToSignIn,
    /** Opens the sheet for a place; a guest is asked to sign in first and comes back to the open sheet. */
    addPhotos(target: UploadTarget) {
      if (!session.user.value) {
        askToSignIn(messages.signIn.title, messages.signIn.text, `/places/${target.placeId}?add=1`);
        return;
      }
      uploadTarget.value = target;
      uploadOpen.value = true;
    },
    /** Opens the list of what is being sent, for no place in particular. */
    showUploads() {
      uploadTarget.value = undefined;
      uploadOpen.value = true;
    },
  };
}

/** The sheets over the page, inside a component's setup. */
export function useSheets(): Sheets {
  const sheets = inject(sheetsKey);
  if (!sheets) throw new Error('Expected App to provide the sheets, got none');
  return sheets;
}
