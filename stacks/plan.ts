import type { ConfiguredStack, Declared } from './stack';

/**
 * What a stack declares, found out without a cloud, an account or the engine: what only a deployment will know is left open. Everything
 * that can be wrong with the configuration has been said when it returns.
 *
 * @throws ConfigError, InvalidInputError
 */
export async function plan(stack: ConfiguredStack): Promise<Declared> {
  return stack.target.kind === 'provisioned' ? rehearse(() => stack.declare('assumed')) : stack.declare('assumed');
}

/** Runs a program whose resources are registered nowhere. */
async function rehearse<T>(program: () => Promise<T>): Promise<T> {
  const { runtime } = await import('@pulumi/pulumi');
  await runtime.setMocks(
    {
      newResource: ({ id, inputs }) => ({ id, state: { ...inputs } }),
      call: ({ token }) => {
        throw new Error(`${token} was asked of a cloud, in a rehearsal without one`);
      },
    },
    'kubeflow-cdk',
    'plan',
    true,
  );
  try {
    return await program();
  } finally {
    // What it has begun to register must not go on into the engine's run.
    await runtime.disconnect();
  }
}
