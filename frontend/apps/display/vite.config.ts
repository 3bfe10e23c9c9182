import { appConfig } from '../../vite.base.config.ts';

export default appConfig('display', '/display/');
