import { rmSync } from 'node:fs';
import { Failure, runMain } from './lib/failure.ts';
import { findRunning, stopRunning } from './lib/running.ts';
import { stateFolder } from './lib/state.ts';

await runMain(async () => {
  const pid = findRunning();
  if (pid) {
    console.log(`The app is running (process ${pid}): stopping it first ...`);
    if (!(await stopRunning(pid))) {
      throw new Failure(
        `Expected process ${pid} to end within 60 s, but it is still there. End it with: kill -9 ${pid}`,
      );
    }
  }
  rmSync(stateFolder, { recursive: true, force: true });
  console.log(
    'Removed the local data: places, photos, users. Sample photos and installed tools are kept. `npm start` begins anew.',
  );
});
