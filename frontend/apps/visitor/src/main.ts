import '../../../packages/ui/src/styles/index.css';
import './styles/shell.css';
import { createApp } from 'vue';
import App from './App.vue';
import StartFailed from './components/StartFailed.vue';
import { createVisitorRouter } from './router.ts';
import { createServices, provideServices } from './services.ts';

try {
  const services = await createServices();
  const app = createApp(App);
  provideServices(app, services);
  app.use(createVisitorRouter((text) => services.toasts.show({ kind: 'attention', text })));
  app.mount('#app');
} catch (error) {
  console.error(error);
  createApp(StartFailed).mount('#app');
}
