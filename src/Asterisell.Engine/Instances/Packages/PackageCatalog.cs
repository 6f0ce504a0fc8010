namespace Asterisell.Engine.Instances.Packages;

/// <summary>Packages of an instance, and newer versions of them. Leaves the instance as it is: lists of repositories go to a folder that is gone afterwards.</summary>
public sealed class PackageCatalog(IInstance instance)
{
    private AsterisellInstance Definition => instance.Definition;

    /// <summary>Packages in the order of their names.</summary>
    /// <exception cref="AsterisellException"><c>RepositoryUnreachable</c>, <c>NoPackageRepository</c>, <c>PackageManagerNotFound</c>, <c>InstanceNotRunning</c>.</exception>
    public async Task<IReadOnlyList<InstancePackage>> ListAsync(PackageQuery query, IProgress<string>? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        PackageAgent agent = await PackageAgent.LookAsync(instance, cancellation).ConfigureAwait(false);
        await using (agent.ConfigureAwait(false))
        {
            IReadOnlyList<PackageVersion> installed = await agent.ReadInstalledAsync(cancellation).ConfigureAwait(false);
            IEnumerable<InstancePackage> packages = query is { PendingOnly: false, SecurityOnly: false }
                ? installed.Select(one => Package(agent, one.Package, one.Architecture, one.Version, null, null, null))
                : (await AskAsync(agent, installed, progress, cancellation).ConfigureAwait(false)).Steps
                    .Where(step => step.To is not null && (!query.SecurityOnly || step.IsSecurity == true))
                    .Select(step => Package(agent, step.Package, step.Architecture, step.From, step.To, step.IsSecurity, step.Origin));
            return [.. packages.Where(one => query.Matches(one.Package)).OrderBy(one => one.Package, StringComparer.Ordinal)];
        }
    }

    /// <summary>What an update would do; empty where nothing is pending.</summary>
    /// <param name="query">Which of the pending ones; what they depend on comes with them.</param>
    /// <param name="progress">Told the steps.</param>
    /// <param name="cancellation">Gives up; the instance is as before.</param>
    /// <exception cref="AsterisellException">As <see cref="ListAsync"/>; <c>PackageRemovalNeeded</c>.</exception>
    internal async Task<PackagePlan> PlanAsync(PackageQuery query, IProgress<string>? progress, CancellationToken cancellation)
    {
        PackageAgent agent = await PackageAgent.LookAsync(instance, cancellation).ConfigureAwait(false);
        await using (agent.ConfigureAwait(false))
        {
            if ((await agent.DoAsync("looking for an update that was cut off", "leftover", [], cancellation).ConfigureAwait(false)).Length > 0)
            {
                return new PackagePlan(new PackageTransaction([]), isCutOff: true);
            }

            IReadOnlyList<PackageVersion> installed = await agent.ReadInstalledAsync(cancellation).ConfigureAwait(false);
            PackageTransaction all = await AskAsync(agent, installed, progress, cancellation).ConfigureAwait(false);
            PackageStep[] chosen = [.. all.Steps.Where(step => step.To is not null && query.Matches(step.Package) && (!query.SecurityOnly || step.IsSecurity == true))];
            if (chosen.Length == 0)
            {
                return query.Packages.Count == 0 || installed.Any(one => query.Matches(one.Package))
                    ? new PackagePlan(new PackageTransaction([]), isCutOff: false)
                    : throw PackageErrors.PackageNotPending(Definition, query.Packages);
            }

            PackageTransaction plan = chosen.Length == all.Steps.Count
                ? all
                : agent.Manager.ReadTransaction(
                    await agent.DoAsync("choosing packages", "select", [.. chosen.Select(agent.Manager.Address)], cancellation).ConfigureAwait(false), installed);
            return plan.Removed.Count == 0 ? new PackagePlan(plan, isCutOff: false) : throw PackageErrors.PackageRemovalNeeded(Definition, plan.Removed);
        }
    }

    private static async Task<PackageTransaction> AskAsync(
        PackageAgent agent, IReadOnlyList<PackageVersion> installed, IProgress<string>? progress, CancellationToken cancellation)
    {
        progress?.Report("asking the package repositories");
        await agent.DoAsync("asking the package repositories", "refresh", [], cancellation).ConfigureAwait(false);
        return agent.Manager.ReadTransaction(await agent.DoAsync("looking for newer packages", "pending", [], cancellation).ConfigureAwait(false), installed);
    }

    private InstancePackage Package(
        PackageAgent agent, string package, string architecture, string? installed, string? candidate, bool? isSecurity, string? origin) =>
        new(Definition.Name, Definition.HostName, package, architecture, installed, candidate, isSecurity, origin, agent.Manager.Name);
}
