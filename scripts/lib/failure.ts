/** An expected failure: its message says what was expected, what was got and what to do, and is all that is shown. */
export class Failure extends Error {
  override readonly name = 'Failure';
}

/** Runs a command's main function and turns what it throws into output and an exit code. */
export async function runMain(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    console.error(error instanceof Failure ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
