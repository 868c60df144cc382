import { runProvider } from '../../components/apiserver/plugin/server';
import { KubernetesProvider } from './provider';

void runProvider(new KubernetesProvider());
