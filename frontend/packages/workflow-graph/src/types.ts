export type StateType = 'Task' | 'Pass' | 'Choice' | 'Wait' | 'Succeed' | 'Fail' | 'Parallel' | 'Map';

/** A state as it is drawn: its name, what it does in a few words, and the graphs inside it. */
export interface GraphNode {
  /** The state's name, which is unique in a state machine. `start` and `end` are marks of no state. */
  readonly id: string;
  readonly type: StateType | 'start' | 'end';
  /** What it does: the service and action of a Task, the time of a Wait. */
  readonly detail: string;
  /** How often its task is tried again at most; 0 for none. */
  readonly retries: number;
  readonly comment: string;
  /** The branches of a Parallel state, the processor of a Map state. */
  readonly inner: readonly WorkflowGraph[];
}

/** Why one state follows another. */
export type EdgeKind = 'next' | 'choice' | 'catch';

export interface GraphEdge {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly kind: EdgeKind;
  /** When a Choice takes it, or which errors a Catch takes, in readable words; empty for a plain `Next`. */
  readonly label: string;
  /** The state has a Catch to the same state, too. */
  readonly alsoCatch: boolean;
}

/** The states of one scope (a state machine, a branch, a Map's processor) and what leads from one to the next. */
export interface WorkflowGraph {
  readonly comment: string;
  readonly start: string;
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  /** From the start to the good end: the way of a piece of work with which nothing is wrong. */
  readonly happyPath: readonly string[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Box extends Point {
  readonly width: number;
  readonly height: number;
}

/** A state with its place: `x` and `y` are the upper left corner in the whole picture. */
export interface PlacedNode extends Box {
  readonly node: GraphNode;
  /** The Parallel or Map state around it. */
  readonly parent: string | undefined;
  /** Lies on the happy path of its scope. */
  readonly happy: boolean;
}

export interface PlacedEdge {
  readonly edge: GraphEdge;
  /** All the way, in right angles. */
  readonly points: readonly Point[];
  /** The part that no other edge to the same state draws already. */
  readonly drawn: readonly Point[];
  /** The middle of its label, when it has one that is shown. */
  readonly label: Point | undefined;
  readonly happy: boolean;
}

/** A drawn workflow, ready to be shown by whatever means. */
export interface WorkflowLayout {
  readonly width: number;
  readonly height: number;
  /** Outer states before the ones inside them. */
  readonly nodes: readonly PlacedNode[];
  readonly edges: readonly PlacedEdge[];
}
