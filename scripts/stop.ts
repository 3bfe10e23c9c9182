import { Failure, runMain } from './lib/failure.ts';
import { findRunning, stopRunning } from './lib/running.ts';

await runMain(async () => {
  const pid = findRunning();
  if (!pid) return console.log('The app is not running.');
  console.log(`Stopping the app (process ${pid}) ...`);
  if (!(await stopRunning(pid))) {
    throw new Failure(
      `Expected process ${pid} to end within 60 s, but it is still there. End it with: kill -9 ${pid}`,
    );
  }
  console.log('Stopped. The data is kept for the next `npm start`; `npm run reset` removes it.');
});
