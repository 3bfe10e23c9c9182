import { type App, type InjectionKey, inject } from 'vue';
import type { Uploads } from './types.ts';

const uploadsKey: InjectionKey<Uploads> = Symbol('uploads');

/** Gives the uploads to the app. */
export function provideUploads(app: App, uploads: Uploads): void {
  app.provide(uploadsKey, uploads);
}

/** The uploads of this phone: they go on whatever view is open. */
export function useUploads(): Uploads {
  const uploads = inject(uploadsKey);
  if (!uploads) throw new Error('Expected provideUploads(app, uploads) before mount, got no uploads');
  return uploads;
}
