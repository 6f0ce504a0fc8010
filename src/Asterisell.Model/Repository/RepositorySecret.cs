namespace Asterisell;

/// <summary>A password or key in clear that the next commit would keep for ever.</summary>
/// <param name="Path">Path below the checkout, with slashes.</param>
/// <param name="Line">Line, from 1; 0 where the file as a whole is secret.</param>
/// <param name="Text">The line without the secret.</param>
public sealed record RepositorySecret(string Path, int Line, string Text)
{
    /// <summary>Where it is: <c>path:line</c>.</summary>
    public override string ToString() => Line == 0 ? Path : $"{Path}:{Line}";
}
