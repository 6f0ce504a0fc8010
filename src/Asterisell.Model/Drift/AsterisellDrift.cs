namespace Asterisell;

/// <summary>One difference between what inventory and checkout would make of an instance, and what runs.</summary>
/// <param name="Name">Instance.</param>
/// <param name="HostName">Docker host of the instance.</param>
/// <param name="Change">How it differs.</param>
/// <param name="Subject">Full path of a file in the container, key of a setting, <c>VERSION</c>, or PHP class of an upgrade job.</param>
/// <param name="Effect">What has to be done before a mended difference is felt.</param>
public sealed record AsterisellDrift(string Name, string HostName, DriftChange Change, string Subject, DriftEffect Effect) : IInstanceObject
{
    /// <summary>What should be; null for a file, and where nothing should be.</summary>
    public string? Wanted { get; init; }

    /// <summary>What is; null for a file, and where nothing is.</summary>
    public string? Running { get; init; }

    /// <summary>Bytes of the file that should be there; null where there should be none, or it is no file.</summary>
    public long? WantedBytes { get; init; }

    /// <summary>Bytes of the file that is there; null where there is none, or it is no file.</summary>
    public long? RunningBytes { get; init; }

    /// <summary>True when the file in the instance is not the one that was deployed: somebody edited it there, and an update would write over it.</summary>
    public bool EditedInside { get; init; }

    /// <summary>What an operator should know of it; empty for nothing.</summary>
    public string Note { get; init; } = "";

    /// <summary>
    /// From what is to what should be, as hunks of a unified diff, without secrets. Null where it was not asked for, and where there is no text
    /// to compare.
    /// </summary>
    public string? Diff { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{HostName}/{Name}: {Change} {Subject}";
}
