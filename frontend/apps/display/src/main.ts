import '../../../packages/ui/src/styles/index.css';
import './styles/palette.css';
import './styles/screen.css';
import { createServices, provideServices, StartFailed } from '@happy-path/app';
import { createApp } from 'vue';
import App from './App.vue';
import { createDisplayRouter } from './router.ts';
import { createRecovery } from './state/recover.ts';
import { applyTheme } from './state/settings.ts';

const recover = createRecovery();
applyTheme();

try {
  const services = await createServices(import.meta.env.BASE_URL);
  const app = createApp(App);
  app.config.errorHandler = (error) => {
    console.error(error);
    recover();
  };
  provideServices(app, services);
  app.use(createDisplayRouter());
  app.mount('#app');
} catch (error) {
  console.error(error);
  createApp(StartFailed).mount('#app');
  recover();
}
