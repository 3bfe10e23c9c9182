import '../../../packages/ui/src/styles/index.css';
import './styles/shell.css';
import { createApp } from 'vue';
import App from './App.vue';
import StartFailed from './components/StartFailed.vue';
import { messages } from './messages.ts';
import { createVisitorRouter } from './router.ts';
import { createServices, provideServices } from './services.ts';

try {
  const services = await createServices();
  const app = createApp(App);
  provideServices(app, services);
  const router = createVisitorRouter();
  // A view's code may be out of reach: before the service worker has kept it, and after a new version went live.
  router.onError(() => services.toasts.show({ kind: 'attention', text: messages.errors.viewUnreachable }));
  app.use(router);
  app.mount('#app');
} catch (error) {
  console.error(error);
  createApp(StartFailed).mount('#app');
}
