namespace Asterisell;

/// <summary>One Asterisell instance as the inventory describes it; it flows through the pipeline and is never changed.</summary>
public sealed record AsterisellInstance : IInstanceObject
{
    private readonly string? _container;

    /// <inheritdoc/>
    public required string Name { get; init; }

    /// <inheritdoc/>
    public string HostName => Host.Name;

    /// <summary>Docker host it runs on.</summary>
    public required AsterisellHost Host { get; init; }

    /// <summary>False: listed, but left out of changes unless named exactly.</summary>
    public bool Active { get; init; } = true;

    /// <summary>Free words to select by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Places its backups go to.</summary>
    public IReadOnlyList<BackupTarget> Targets { get; init; } = [];

    /// <summary>Container of the instance: of the instance's own name, as the old tool gave it. A throw-away copy has another one.</summary>
    public string ContainerName
    {
        get => _container ?? Name;
        internal init => _container = value;
    }

    /// <summary>Every setting of the inventory, defaults and templates applied.</summary>
    public InstanceSettings Settings { get; init; } = new();

    /// <summary>Inventory file that describes it; null when made by hand.</summary>
    public string? InventoryPath { get; init; }

    /// <summary>Admin application in the container, where <c>asterisell.php</c> lives (the original's fixed layout).</summary>
    public string AdminDirectory => $"/var/www/{Name}/admin";

    /// <summary>Customer application in the container (the original's fixed layout).</summary>
    public string UserDirectory => $"/var/www/{Name}/user";

    /// <summary><c>host/name</c>.</summary>
    public override string ToString() => $"{HostName}/{Name}";
}
