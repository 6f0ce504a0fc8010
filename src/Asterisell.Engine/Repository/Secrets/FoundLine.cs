namespace Asterisell.Engine.Repository.Secrets;

/// <summary>A line that must not be committed.</summary>
/// <param name="Path">Path below the checkout.</param>
/// <param name="Line">Line, from 1; 0 for the file as a whole.</param>
/// <param name="Raw">The line itself, to be looked for in the last commit; never shown.</param>
/// <param name="Text">The line as it may be shown.</param>
internal sealed record FoundLine(string Path, int Line, string Raw, string Text)
{
    public string Place => Line == 0 ? Path : $"{Path}:{Line}";
}
