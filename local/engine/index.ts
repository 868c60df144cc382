export { DeploymentError, Engine, type RunOptions } from './engine';
export type { JournalEntry } from './journal';
export type { ComponentProgress, PolicyViolation, RunSummary } from './progress';
export { fileBackendOf, hasRecord, privateWorkspace, PROJECT, pulumiCommand, type EngineWorkspace } from './workspace';
