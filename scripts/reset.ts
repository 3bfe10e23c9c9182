import { rmSync } from 'node:fs';
import { Failure, runMain } from './lib/failure.ts';
import { readOutputs } from './lib/outputs.ts';
import { stopRunning } from './lib/running.ts';
import { stateFolder } from './lib/state.ts';

await runMain(async () => {
  const running = readOutputs();
  if (running) {
    console.log(`The app is running (process ${running.pid}): stopping it first ...`);
    if (!(await stopRunning(running.pid))) {
      throw new Failure(
        `Expected process ${running.pid} to end within 60 s, but it is still there. End it with: kill -9 ${running.pid}`,
      );
    }
  }
  rmSync(stateFolder, { recursive: true, force: true });
  console.log(
    'Removed the local data: places, photos, users. Sample photos and installed tools are kept. `npm start` begins anew.',
  );
});
