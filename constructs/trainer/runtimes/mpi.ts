import { type Image, tcpProbe } from '../../core';
import { TRAINER_IMAGES } from '../images';
import type { Framework } from '../runtime';
import { programWaivers, type RuntimeDefinition } from './definition';
import { nodes } from './pods';
import { nodeCount } from './single-job';

const SSH_PORT = 2222;
const SSH_DIRECTORY = '/home/mpiuser/.ssh';

/** DeepSpeed, started over SSH by `mpirun`. */
export const deepspeedDistributed = mpi('deepspeed-distributed', 'deepspeed', TRAINER_IMAGES.deepspeed);

/** MLX, started over SSH by `mpirun`. */
export const mlxDistributed = mpi('mlx-distributed', 'mlx', TRAINER_IMAGES.mlx);

function mpi(name: string, framework: Framework, image: Image): RuntimeDefinition {
  return {
    name,
    framework,
    waivers: programWaivers,
    spec: (context) => ({
      mlPolicy: {
        numNodes: nodeCount(context),
        mpi: { numProcPerNode: 1, mpiImplementation: 'OpenMPI', sshAuthMountPath: SSH_DIRECTORY, runLauncherAsNode: true },
      },
      template: {
        spec: {
          // The launcher looks nodes up before they are ready.
          network: { publishNotReadyAddresses: true },
          successPolicy: { operator: 'All', targetReplicatedJobs: ['launcher'] },
          replicatedJobs: [
            nodes(context, { job: 'launcher', image, user: 'image' }),
            nodes(context, {
              job: 'node',
              step: 'none',
              image,
              user: 'image',
              // sshd in the image has this set on its file; where it is dropped, the kernel refuses to start it.
              security: { addCapabilities: ['NET_BIND_SERVICE'] },
              command: ['/usr/sbin/sshd'],
              args: ['-De', '-f', '/home/mpiuser/.sshd_config'],
              readiness: tcpProbe(SSH_PORT, { initialDelaySeconds: 5 }),
            }),
          ],
        },
      },
    }),
  };
}
