import '../../../packages/ui/src/styles/index.css';
import './styles/shell.css';
import { createServices, provideServices, StartFailed } from '@happy-path/app';
import { createApp } from 'vue';
import App from './App.vue';
import { createVisitorRouter } from './router.ts';
import { provideUploads } from './uploads/index.ts';
import { createUploads } from './uploads/uploads.ts';

try {
  const services = await createServices();
  const app = createApp(App);
  provideServices(app, services);
  provideUploads(app, createUploads(services));
  app.use(createVisitorRouter((text) => services.toasts.show({ kind: 'attention', text })));
  app.mount('#app');
} catch (error) {
  console.error(error);
  createApp(StartFailed).mount('#app');
}
