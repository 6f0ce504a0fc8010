namespace Asterisell;

/// <summary>One place of a file where both sides say something else.</summary>
/// <param name="Line">First line of the place in the file with conflict markers, from 1.</param>
/// <param name="Ours">The operator's lines; passwords masked.</param>
/// <param name="Base">The lines that both began with; null where git was not asked for them.</param>
/// <param name="Theirs">The new version's lines; passwords masked.</param>
public sealed record ConflictHunk(int Line, IReadOnlyList<string> Ours, IReadOnlyList<string>? Base, IReadOnlyList<string> Theirs)
{
    /// <summary>The place as git would show it.</summary>
    public override string ToString() => string.Join(
        '\n',
        [
            $"@@ line {Line} @@", .. Ours.Select(line => $"< {line}"), .. (Base ?? []).Select(line => $"| {line}"), .. Theirs.Select(line => $"> {line}"),
        ]);
}
