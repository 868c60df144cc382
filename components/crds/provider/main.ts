import { runProvider } from '../../apiserver/plugin/server';
import { DefinitionsProvider } from './provider';

void runProvider(new DefinitionsProvider());
