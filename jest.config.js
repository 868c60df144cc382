/** One project a level: `unit` needs nothing but Node and the build; `package` installs the packed package; `models` reads the clouds' API models from pip's index; `cluster` starts the embedded control plane. */
const common = {
  testEnvironment: 'node',
  // Libraries that live as long as the process (gRPC, Pulumi's settings) outlive a test file.
  testEnvironmentOptions: { globalsCleanup: 'off' },
  roots: ['<rootDir>/test'],
  setupFiles: ['<rootDir>/test/stack-traces.js'],
  transform: {
    '^.+\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } }],
  },
  // Modules that are loaded on demand are named as Node finds them in the build.
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': ['$1', '$1.js'] },
  // The Kubernetes client and what it signs in with are ES modules only.
  transformIgnorePatterns: ['/node_modules/(?!(@kubernetes/client-node|openid-client|oauth4webapi|jose)/)'],
};
module.exports = {
  reporters: ['default', '<rootDir>/test/count-reporter.js'],
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: ['\\.cluster\\.test\\.ts$', '/test/package/', '/test/models/'] },
    { ...common, displayName: 'models', testMatch: ['<rootDir>/test/models/**/*.test.ts'] },
    { ...common, displayName: 'package', testMatch: ['<rootDir>/test/package/*.test.ts'] },
    {
      ...common,
      displayName: 'cluster',
      testMatch: ['<rootDir>/test/**/*.cluster.test.ts'],
      globalSetup: '<rootDir>/test/cluster-setup.ts',
      globalTeardown: '<rootDir>/test/cluster-teardown.ts',
    },
  ],
};
