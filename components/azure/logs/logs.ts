import * as pulumi from '@pulumi/pulumi';
import * as operationalinsights from '@pulumi/azure-native/operationalinsights';
import { checkWholeNumber } from '../../../constructs/core';
import { protectedBy, type Retention } from '../../retention';

/** How long a workspace may keep logs for searching, in days. @see https://learn.microsoft.com/azure/azure-monitor/logs/data-retention-configure */
export const LOG_DAYS = { least: 30, most: 730 } as const;

/** Props of {@link Logs}. */
export interface LogsArgs {
  readonly resourceGroupName: pulumi.Input<string>;
  readonly location: string;
  /** Days that logs are kept, 30 to 730. @default 90 */
  readonly days?: number;
  /** Gigabytes a day after which nothing more is taken in until the next. Audit logs are lost then. @default no limit */
  readonly dailyLimitGb?: number;
  /** @default 'keep' */
  readonly retention?: Retention;
}

/**
 * A Log Analytics workspace: audit logs of API server and vaults, flows through the network, alerts of Defender. Who may read a resource may read its logs here, and no others.
 *
 * @throws InvalidInputError
 */
export class Logs extends pulumi.ComponentResource {
  readonly workspaceId: pulumi.Output<string>;

  constructor(name: string, args: LogsArgs, options?: pulumi.ComponentResourceOptions) {
    const days = checkWholeNumber('days', args.days ?? 90, name, LOG_DAYS);
    if (args.dailyLimitGb !== undefined) checkWholeNumber('dailyLimitGb', args.dailyLimitGb, name, { least: 1 });
    super('kubeflow-cdk:azure:Logs', name, {}, options);
    const workspace = new operationalinsights.Workspace(
      name,
      {
        resourceGroupName: args.resourceGroupName,
        location: args.location,
        sku: { name: 'PerGB2018' },
        retentionInDays: days,
        features: { enableLogAccessUsingOnlyResourcePermissions: true },
        ...(args.dailyLimitGb !== undefined && { workspaceCapping: { dailyQuotaGb: args.dailyLimitGb } }),
      },
      protectedBy(args.retention ?? 'keep', this),
    );
    this.workspaceId = workspace.id;
    this.registerOutputs({ workspaceId: this.workspaceId });
  }
}
