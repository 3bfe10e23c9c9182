import type { ValueMap } from '../static/templates.ts';
import type { Sending, Subject } from './subject.ts';

/** How a photo comes to a state of a copy of the definition. */
export interface Road {
  readonly sending?: () => Promise<Sending> | Sending;
  /** What the copy does otherwise, so that the photo comes there. */
  readonly change?: (definition: ValueMap) => ValueMap;
}

/** What is tested of one version only, on top of what every version must do. */
export interface VersionTests {
  /** By state, for those that neither a good photo nor a file that is no photo comes to. */
  readonly roads?: Readonly<Record<string, Road>>;
  /** Registers the version's own scenarios. */
  readonly scenarios: (subject: Subject) => void;
}
