export { cacheRoot } from '../../components/cache';
export { toolchainDir } from './cache';
export { codeOf } from './error-code';
export { GoUnavailableError, ToolchainBuildError } from './errors';
export { startOf } from './liveness';
export { withLock, type LockOptions } from './lock';
export { ensureToolchain, type Toolchain, type ToolchainOptions, type ToolchainProgress } from './toolchain';
export { GO_MODULES, MINIMUM_GO, TOOL_IDS, TOOLS, type GoModuleId, type GoModulePin, type ToolId, type ToolPin } from './versions';
