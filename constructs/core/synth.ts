import { ApiObject, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Component, refusalOf } from './component';
import { InvalidInputError } from './errors';
import type { Manifest, SynthesizedObject } from './manifest';
import { checkDnsLabel, checkObjectName } from './names';
import { hasToken } from './token';

/**
 * Synthesises every object below `scope`, in order of construction, with where it was declared. Names are checked here, once,
 * for objects of every origin.
 *
 * @throws InvalidInputError for a name the API server would refuse, or one that is known only at deploy time
 */
export function synthesize(scope: Construct): SynthesizedObject[] {
  const objects: SynthesizedObject[] = [];
  for (const construct of scope.node.findAll()) {
    if (!ApiObject.isApiObject(construct)) continue;
    const manifest = render(construct);
    const path = construct.node.path;
    checkIdentity(manifest, path);
    objects.push({ manifest, path, component: componentOf(construct) });
  }
  return objects;
}

function render(object: ApiObject): Manifest {
  try {
    return object.toJson() as Manifest;
  } catch (error) {
    throw refusalOf(object) ?? error;
  }
}

/** What the release graph and reports need to know of a component. */
export interface ComponentSummary {
  readonly id: string;
  readonly version: string;
  readonly requires: readonly string[];
  readonly reconciles: readonly string[];
}

/** The components below `scope`, with the ids of those they were given. */
export function componentsOf(scope: Construct): ComponentSummary[] {
  return scope.node
    .findAll()
    .filter((construct) => Component.isComponent(construct))
    .map(({ componentId, version, requires, reconciles }) => ({ id: componentId, version, requires, reconciles }));
}

function componentOf(object: ApiObject): string {
  const owner = object.node.scopes.findLast((scope) => Component.isComponent(scope));
  return owner ? owner.node.id : Chart.of(object).node.id;
}

function checkIdentity(manifest: Manifest, path: string): void {
  const { name, namespace } = manifest.metadata;
  for (const [property, value] of Object.entries({ 'metadata.name': name, 'metadata.namespace': namespace, kind: manifest.kind, apiVersion: manifest.apiVersion })) {
    if (value !== undefined && hasToken(value)) {
      throw new InvalidInputError({ property, value, expected: 'a value known before deployment: it is part of the object\'s identity', where: path });
    }
  }
  checkObjectName(manifest.kind, name, path);
  if (namespace !== undefined) checkDnsLabel('metadata.namespace', namespace, path);
}
