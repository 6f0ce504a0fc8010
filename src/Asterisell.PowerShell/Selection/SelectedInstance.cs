namespace Asterisell.PowerShell.Selection;

/// <summary>An instance that a cmdlet is to work on.</summary>
/// <param name="Instance">Instance.</param>
/// <param name="NamedExactly">True when its name stood on the command line, without a wildcard.</param>
internal sealed record SelectedInstance(AsterisellInstance Instance, bool NamedExactly);
