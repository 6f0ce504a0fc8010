using System.Text;

namespace Asterisell.Engine.Instances;

/// <summary>How the application reaches its database. Never printed: <see cref="ToString"/> leaves the password out.</summary>
internal sealed record DatabaseCredentials(string Database, string User, string Password)
{
    /// <summary>Host; <c>localhost</c> is the unix socket.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>TCP port; null for the usual one.</summary>
    public string? Port { get; init; }

    /// <summary>Unix socket; null for the client's own default.</summary>
    public string? Socket { get; init; }

    /// <summary>
    /// An option file for MariaDB's client programs. The group of <c>mysql</c> undoes what an operator may have set in the container's own
    /// option files and what would change the form of the output; ours is read after them.
    /// </summary>
    public string ToOptionFile()
    {
        var file = new StringBuilder();
        file.Append("[client]\n");
        Option("user", User);
        Option("password", Password);
        Option("host", Host);
        Option("port", Port);
        Option("socket", Socket);
        Option("default-character-set", "utf8mb4");
        file.Append("[mysql]\n");
        Option("database", Database);
        file.Append("skip-raw\nskip-table\nskip-html\nskip-vertical\nskip-force\nskip-safe-updates\nskip-reconnect\nskip-auto-rehash\nskip-tee\n");
        return file.ToString();

        void Option(string name, string? value)
        {
            if (value is not null)
            {
                file.Append(name).Append("=\"").Append(Escape(value)).Append("\"\n");
            }
        }
    }

    /// <inheritdoc/>
    public override string ToString() => $"{User}@{Host}/{Database}";

    /// <summary>Inside double quotes only these are special to the option file's reader.</summary>
    private static string Escape(string value) => value
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal)
        .Replace("\n", "\\n", StringComparison.Ordinal)
        .Replace("\r", "\\r", StringComparison.Ordinal)
        .Replace("\t", "\\t", StringComparison.Ordinal);
}
