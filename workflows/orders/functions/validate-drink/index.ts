import { loadConfig } from '#platform/config.ts';
import { taskHandler } from '#platform/middleware/task.ts';
import { preOrderOf, preOrderSettings } from '../../config.ts';
import { validateDrink, validateDrinkInput } from './validate-drink.ts';

const config = loadConfig(preOrderSettings, process.env);

export const handler = taskHandler(validateDrinkInput, validateDrink(preOrderOf(config)));
