export { container, resourceRequirements, type Amount, type ContainerPorts, type ContainerProps, type ContainerResources, type SecurityOverrides } from './container';
export { HardenedDaemonSet, type HardenedDaemonSetProps } from './daemon-set';
export { disruptionBudget, HardenedDeployment, type HardenedDeploymentProps } from './deployment';
export { environment, environmentJson, type EnvValue } from './environment';
export { containerWaivers, podTemplate, type PodProps, tokenWaiver, workloadWaivers } from './pod';
export { execProbe, httpProbe, intOrString, tcpProbe, type ProbeTiming } from './probe';
export { service, type ServicePortProps, type ServiceProps } from './service';
export { templateContainer } from './template-container';
