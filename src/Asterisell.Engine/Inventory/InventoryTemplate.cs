using System.Text;

namespace Asterisell.Engine.Inventory;

/// <summary>The commented start of an inventory. Lines that begin with <c>#</c> and no blank are keys to be taken into use.</summary>
public static class InventoryTemplate
{
    private const string Start =
        """
        # Asterisell inventory: which instances there are, on which Docker hosts, and how each is set up.
        #
        # Check it with Test-AsterisellInventory, see it with Get-AsterisellInstance. Every key has a default, so keep only what you
        # need; docs/inventory.md of the module explains them all. Lines like '#active: false' are examples: take the '#' away to use them.
        version: 1

        # Docker hosts. A host reached by ssh needs nothing but Docker, and your ssh configuration as it is.
        hosts:
          local:
            endpoint: {{endpoint}}
          #milan:
            #endpoint: ssh://root@milan.example.com
            #tags: [production]

        # Places for backups. Every instance uses all of them, unless it says 'targets: [name]'.
        #targets:
          #disk:
            #kind: directory
            #path: /srv/asterisell-backup
            #retention: { keepDaily: 14, keepWeekly: 8, keepMonthly: 12 }

        # What all instances have in common. Templates and the instance itself override it, key by key.
        defaults:
          container:
            # PHP's time zone. Database and operating system in the container keep UTC.
            timeZone: Europe/Rome
            memoryMegabytes: 1000
            cpuCores: 2
          display:
            culture: en_US
          currency:
            code: EUR

        # What some instances have in common. An instance takes it over with 'extends: reseller', or 'extends: [reseller, vip]'.
        # 'tags: [reseller]' replaces a list, 'tags+: [reseller]' adds to it.
        #templates:
          #reseller:
            #tags+: [reseller]
            #jobs:
              #import: [ImportFromSwitch]

        # Instances by name: the name is the container's, too. Where two hosts have one of the same name, write host/name.
        instances:
          billing:
            host: local
            tags: [production]
            #extends: reseller
            # An inactive instance is listed, but left out of changes unless you name it exactly.
            #active: false
            # Ports of the host. What is not given is not published. Without bindAddress only the host itself reaches them.
            ports:
              http: 8000
              bindAddress: 127.0.0.1
            web:
              domain: 127.0.0.1
              #aliases: [billing.example.com]
            rating:
              # Calls before this day are ignored.
              startDate: 2015-01-01
            # Passwords are kept elsewhere: { env: NAME }, { file: path } with mode 0600, { secret: NAME } for Get-Secret, or a question.
            # They are looked up only when they are needed: to install an instance, not to see or back up one.
            database:
              password: { prompt: "Database password of billing" }
              customerPassword: { prompt: "Database password of billing's customer application" }
            #smtp:
              #host: mail.example.com
              #encryption: tls
              #user: billing
              #password: { file: secrets/smtp.password }
              #sender: billing@example.com

        """;

    /// <summary>The text of a new inventory.</summary>
    /// <param name="schemaPath">JSON Schema for editors; null for none.</param>
    public static string Text(string? schemaPath = null)
    {
        string endpoint = OperatingSystem.IsWindows() ? "npipe:////./pipe/docker_engine" : "unix:///var/run/docker.sock";
        string schema = schemaPath is null ? string.Empty : $"# yaml-language-server: $schema={schemaPath}\n";
        return schema + Start.ReplaceLineEndings("\n").Replace("{{endpoint}}", endpoint, StringComparison.Ordinal);
    }

    /// <summary>Writes a new inventory, readable by its owner only. The file is there as a whole or not at all.</summary>
    /// <param name="path">Full path. Its folder is made when it is not there.</param>
    /// <param name="schemaPath">JSON Schema for editors; null for none.</param>
    /// <param name="force">True to replace a file that is there.</param>
    /// <exception cref="AsterisellException"><c>InventoryExists</c>, <c>InventoryNotWritable</c>.</exception>
    public static void Create(string path, string? schemaPath = null, bool force = false)
    {
        if (Directory.Exists(path) || (!force && File.Exists(path)))
        {
            throw InventoryErrors.InventoryExists(path);
        }

        string folder = Path.GetDirectoryName(path)!;
        string temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.tmp");
        try
        {
            Directory.CreateDirectory(folder);
            Write(temporary, Text(schemaPath));
            File.Move(temporary, path, force);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            DeleteIfThere(temporary);
            throw !force && File.Exists(path) ? InventoryErrors.InventoryExists(path) : InventoryErrors.InventoryNotWritable(path, error.Message, error);
        }
    }

    private static void DeleteIfThere(string path)
    {
        if (File.Exists(path))
        {
            File.Delete(path);
        }
    }

    private static void Write(string path, string text)
    {
        FileStreamOptions options = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using FileStream file = new(path, options);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
    }
}
