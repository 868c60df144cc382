import { runProvider } from '../apiserver/plugin/server';
import { DefinitionsProvider } from '../crds/provider/provider';
import { DEFINITIONS_TYPE, DRAIN_TYPE } from './types';
import { DrainProvider } from '../drain/provider';
import { ProviderOfTypes, type TypeProvider } from './provider-of-types';

const types = new Map<string, TypeProvider>([
  [DEFINITIONS_TYPE, new DefinitionsProvider()],
  [DRAIN_TYPE, new DrainProvider()],
]);
void runProvider(new ProviderOfTypes(types));
