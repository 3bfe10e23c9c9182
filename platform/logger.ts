import { Logger } from '@aws-lambda-powertools/logger';

/** The function's logger: JSON lines with the invocation's ids; never hand it payloads, tokens or EXIF. */
export const logger = new Logger();
