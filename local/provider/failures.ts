import { FIELD_MANAGER } from '../../components/apiserver/client';
import { ApiError } from '../../components/apiserver/errors';

/** An error about one object, with what to do about it. */
export class ObjectError extends Error {
  override readonly name = 'ObjectError';
}

/** Says what an error of the API server means for an object. */
export function explain(what: string, error: unknown): Error {
  if (!(error instanceof ApiError)) return error instanceof Error ? new ObjectError(`${what}: ${error.message}`) : new ObjectError(`${what}: ${String(error)}`);
  const conflicts = error.causes.filter(({ reason }) => reason === 'FieldManagerConflict');
  if (conflicts.length > 0) {
    const fields = conflicts.map(({ field, message }) => `${field ?? '?'} (${/"([^"]+)"/.exec(message ?? '')?.[1] ?? 'another manager'})`);
    return new ObjectError(
      `${what}: other managers own fields that ${FIELD_MANAGER} would change: ${fields.join(', ')}. ` +
        'Take the field out of the program, take it away from the other manager, or annotate the object with pulumi.com/patchForce: "true" to take it over',
    );
  }
  const details = error.causes.filter(({ message }) => message && !error.message.includes(message)).map(({ field, message }) => `${field ?? ''}: ${message ?? ''}`);
  const hint = error.code === 422 && /immutable|may not be changed|forbidden: updates to/i.test(error.message) ? '. The field cannot be changed on an existing object: give the resource the option replaceOnChanges' : '';
  return new ObjectError(`${what}: ${error.message}${details.length > 0 ? ` (${details.join('; ')})` : ''}${hint}`);
}

/** The error for an object that exists and is someone else's. */
export function foreignObject(what: string, id: string, managers: readonly string[]): Error {
  return new ObjectError(
    `${what} exists already and belongs to ${managers.join(', ')}. Delete it, or import it with the resource option import: "${id}", ` +
      'or set upsertExistingObjects: true on the provider to take over whatever exists',
  );
}
