namespace Asterisell;

/// <summary>One thing that a test of a backup found.</summary>
/// <param name="IsFailure">True when the backup cannot be trusted because of it; false for what an operator should only know.</param>
/// <param name="File">File in the snapshot, by relative path; empty where it is about the whole.</param>
/// <param name="What">What is wrong, one sentence.</param>
/// <param name="Expected">What the manifest says; null where there is no such thing.</param>
/// <param name="Actual">What was found; null where there is no such thing.</param>
public sealed record BackupFinding(bool IsFailure, string File, string What, string? Expected = null, string? Actual = null)
{
    /// <summary>The finding in one line.</summary>
    public override string ToString()
    {
        string text = File.Length == 0 ? What : $"{File}: {What}";
        return Expected is null && Actual is null ? text : $"{text} (expected {Expected ?? "nothing"}, found {Actual ?? "nothing"})";
    }
}
