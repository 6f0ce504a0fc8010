using System.Text;
using Asterisell.Engine.Backup.Retention;

namespace Asterisell.Engine.Backup.Repository;

/// <summary>Where backups of the management directory are: <c>DEST/_repository/NAME/SNAPSHOT</c>, beside those of the instances.</summary>
public static class RepositoryLayout
{
    /// <summary>Stands in the place of a host. No host of an inventory can be called so: names begin with a letter or a digit.</summary>
    public const string HostName = "_repository";

    /// <summary>Passwords that the inventory refers to, encrypted; only where they were asked for.</summary>
    internal const string Secrets = "secrets/secrets.json.gpg";

    /// <summary>What is kept without other rules: a year, as the old tool's script did it.</summary>
    public static readonly RetentionRules Retention = new() { Within = TimeSpan.FromDays(366) };

    /// <summary>The name under which the management directory of an inventory is backed up: that of its folder.</summary>
    public static string NameOf(AsterisellInventory inventory)
    {
        ArgumentNullException.ThrowIfNull(inventory);
        StringBuilder name = new();
        foreach (char c in Path.GetFileName(Path.GetDirectoryName(inventory.Path)) ?? string.Empty)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' ? c : '-');
        }

        string text = name.ToString().TrimStart('.').TrimEnd('.');
        return text.Length == 0 ? "root" : text;
    }

    /// <summary>The management directory as targets and storage name it: an instance of that name on a host that is none.</summary>
    public static AsterisellInstance InstanceOf(AsterisellInventory inventory) => AsInstance(NameOf(inventory));

    /// <summary>As the storage of snapshots names it.</summary>
    internal static AsterisellInstance AsInstance(string name) => new()
    {
        Name = name,
        Host = new AsterisellHost { Name = HostName, Endpoint = new Uri("unix:///") },
    };
}
