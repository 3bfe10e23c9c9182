import { asList, asMap, at, type Value, type ValueMap } from '../static/templates.ts';

/** A state of a deployed definition, wherever it stands, with the names of those that may come next and why. */
export interface Step {
  readonly name: string;
  readonly state: ValueMap;
  /** The Parallel or Map around it, innermost last. */
  readonly within: readonly string[];
}

/** Every state of a definition, those inside Parallel and Map included. */
export function stepsOf(definition: ValueMap, within: readonly string[] = []): Step[] {
  return Object.entries(asMap(definition.States)).flatMap(([name, value]) => {
    const state = asMap(value);
    const inner = [state.ItemProcessor, ...asList(state.Branches)].map(asMap);
    return [{ name, state, within }, ...inner.flatMap((one) => stepsOf(one, [...within, name]))];
  });
}

/** A state that calls a function, which is known by its ARN in a deployed definition. */
export interface FunctionStep extends Step {
  readonly functionName: string;
}

/** The states that call a function. */
export const functionSteps = (definition: ValueMap): FunctionStep[] =>
  stepsOf(definition).flatMap((step) => {
    const arn = at(step.state, 'Arguments', 'FunctionName');
    const functionName = typeof arn === 'string' ? arn.split(':function:')[1] : undefined;
    return functionName === undefined ? [] : [{ ...step, functionName }];
  });

/** One way out of a state: by what, and where it leads. */
export interface Exit {
  readonly from: string;
  readonly to: string;
  readonly why: 'Next' | 'Choice' | 'Default' | 'Catch';
  /** The errors that a Catch takes. */
  readonly errors: readonly string[];
}

/** Every way from a state to another one. */
export const exitsOf = (definition: ValueMap): Exit[] =>
  stepsOf(definition).flatMap(({ name, state }) => {
    const exit = (why: Exit['why'], to: Value | undefined, errors: readonly string[] = []): Exit[] =>
      typeof to === 'string' ? [{ from: name, to, why, errors }] : [];
    return [
      ...exit('Next', state.Next),
      ...exit('Default', state.Default),
      ...asList(state.Choices).flatMap((choice) => exit('Choice', at(choice, 'Next'))),
      ...asList(state.Catch).flatMap((one) =>
        exit('Catch', at(one, 'Next'), asList(at(one, 'ErrorEquals')).map(String)),
      ),
    ];
  });

/** A definition with one state of any depth replaced. */
export function withState(
  definition: ValueMap,
  name: string,
  change: (state: ValueMap) => ValueMap,
): ValueMap {
  const states = Object.entries(asMap(definition.States)).map(([each, value]) => {
    const state = asMap(value);
    if (each === name) return [each, change(state)] as const;
    const inner = (one: Value): ValueMap => withState(asMap(one), name, change);
    return [
      each,
      {
        ...state,
        ...(state.Branches ? { Branches: asList(state.Branches).map(inner) } : {}),
        ...(state.ItemProcessor ? { ItemProcessor: inner(state.ItemProcessor) } : {}),
      },
    ] as const;
  });
  return { ...definition, States: Object.fromEntries(states) };
}
