export { type Capacity, capacityOf, CapacityError, type ComponentDemand, requireRoom } from './capacity';
export { type Amounts, NOTHING, plus, timesOf } from './amounts';
export { type Misfit, type PoolUse } from './fit';
export { bytesText, cpuText } from './show';
