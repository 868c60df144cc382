import type { KubernetesObject } from '../../../engine/object';
import { type PodPolicy, podPolicy } from '../../../engine/pod-policy';
import type { Container, PodTemplate } from '../../../engine/pod-template';
import type { Policy, PolicyContext, Report } from '../../../engine/policy';
import { type Setting, setting } from '../../../engine/setting';
import { isLeftOpen } from '../left-open';
import { volumeName } from '../volumes';
import { type ImageReference, parseImage } from './reference';

/** What is left open until something is put in its place, such as `{{inputs.parameters.image}}` or `${IMAGE}`. */
const PLACEHOLDER = /\{\{|\$[({]|<\w/;

/** A policy over the images of pods: those of containers of every role, and those that are mounted as volumes. */
export type ImagePolicy = Omit<PodPolicy, 'checkPod' | 'checkContainer'> & {
  /** Whether there is anything to ask. @default always */
  asks?(context: PolicyContext, object: KubernetesObject): boolean;
  /** What is wrong with an image, to be said after its subject; `undefined` if nothing is. */
  problemOf(image: ImageReference, context: PolicyContext): string | undefined;
};

/** Makes a policy that looks at every image a pod pulls. */
export function imagePolicy({ asks = () => true, problemOf, ...about }: ImagePolicy): Policy {
  const judge = (at: Container | PodTemplate, subject: string, { path, value }: Setting, report: Report, context: PolicyContext): void => {
    // Nothing is pulled where no image is named.
    if (value === undefined || value === '') return;
    const image = typeof value === 'string' ? parseImage(value) : undefined;
    if (!image && typeof value === 'string' && PLACEHOLDER.test(value)) {
      report.undecided({ at, path, reason: 'a placeholder stands in the name of the image' });
      return;
    }
    const problem = image ? problemOf(image, context) : `${JSON.stringify(value)}, which is no image's name`;
    if (problem !== undefined) report.finding({ at, path, found: value, message: `${subject} ${problem}` });
  };
  return podPolicy({
    ...about,
    checkPod(template, report, context, object) {
      const { value: volumes } = setting(template, 'volumes');
      if (!Array.isArray(volumes) || !asks(context, object)) return;
      for (const index of volumes.keys()) {
        judge(template, `volume '${volumeName(template, index)}' holds`, setting(template, 'volumes', index, 'image', 'reference'), report, context);
      }
    },
    checkContainer(container, report, context, object) {
      if (!asks(context, object)) return;
      const stated = setting(container, 'image');
      if (!isLeftOpen(container, stated, report)) judge(container, `container '${container.name}' runs`, stated, report, context);
    },
  });
}
