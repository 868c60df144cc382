/** One project a level: `unit` needs nothing but Node; `cluster` starts the embedded control plane. */
const common = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  transform: { '^.+\\.ts$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }] },
};
module.exports = {
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: ['\\.cluster\\.test\\.ts$'] },
    { ...common, displayName: 'cluster', testMatch: ['<rootDir>/test/**/*.cluster.test.ts'] },
  ],
};
