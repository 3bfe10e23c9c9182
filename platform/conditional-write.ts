import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';

/** Answers whether a conditional write was made. */
export async function whenConditionHolds(write: Promise<unknown>): Promise<boolean> {
  try {
    await write;
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}
