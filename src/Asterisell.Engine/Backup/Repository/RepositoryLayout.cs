using Asterisell.Engine.Backup.Retention;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>Where backups of the management directory are: <c>DEST/_repository/NAME/SNAPSHOT</c>, beside those of the instances.</summary>
internal static class RepositoryLayout
{
    /// <summary>Stands in the place of a host. No host of an inventory can be called so: names begin with a letter or a digit.</summary>
    public const string HostName = "_repository";

    /// <summary>What is kept without other rules: a year, as the old tool's script did it.</summary>
    public static readonly RetentionRules Retention = new() { Within = TimeSpan.FromDays(366) };
}
