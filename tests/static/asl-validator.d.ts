declare module 'asl-validator' {
  /** Validates a definition; the package brings no types of its own. */
  export default function validate(definition: object): { isValid: boolean; errors: unknown[] };
}
