import { jsonPieces } from './json-text';
import { reporter } from './reporter';

/** `{ findings, coverage }`, as they are. */
export const jsonReporter = reporter('json', ({ findings, coverage }) => jsonPieces({ findings, coverage }, 1));
