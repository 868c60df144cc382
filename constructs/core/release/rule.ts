import type { EdgeCollector } from './edge-collector';
import type { ObjectIndex } from './object-index';

/** Reads one kind of dependency from the objects. Linear in the objects and in the edges it adds. */
export type EdgeRule = (index: ObjectIndex, edges: EdgeCollector) => void;
