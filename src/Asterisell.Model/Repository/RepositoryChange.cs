namespace Asterisell;

/// <summary>A tracked file that differs from the last commit.</summary>
/// <param name="Path">Path below the checkout, with slashes.</param>
/// <param name="Kind">How.</param>
/// <param name="IsStaged">True where the index holds a change of it, ready for the next commit.</param>
public sealed record RepositoryChange(string Path, RepositoryChangeKind Kind, bool IsStaged)
{
    /// <inheritdoc/>
    public override string ToString() => Path;
}
