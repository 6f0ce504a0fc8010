namespace Asterisell;

/// <summary>A commit.</summary>
/// <param name="Commit">Its name (hash).</param>
/// <param name="Author">Who wrote it.</param>
/// <param name="AuthoredAt">When it was written, in the author's own time zone.</param>
/// <param name="Subject">First line of its message.</param>
public sealed record RepositoryCommit(string Commit, string Author, DateTimeOffset AuthoredAt, string Subject)
{
    /// <summary>Short name and subject.</summary>
    public override string ToString() => $"{Commit[..Math.Min(8, Commit.Length)]} {Subject}";
}
