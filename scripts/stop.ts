import { Failure, runMain } from './lib/failure.ts';
import { readOutputs } from './lib/outputs.ts';
import { stopRunning } from './lib/running.ts';

await runMain(async () => {
  const running = readOutputs();
  if (!running) return console.log('The app is not running.');
  console.log(`Stopping the app (process ${running.pid}) ...`);
  if (!(await stopRunning(running.pid))) {
    throw new Failure(
      `Expected process ${running.pid} to end within 60 s, but it is still there. End it with: kill -9 ${running.pid}`,
    );
  }
  console.log('Stopped. The data is kept for the next `npm start`; `npm run reset` removes it.');
});
