using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Asterisell.PowerShell.Completion;

/// <summary>Completes whose logs there are: the services, and what else writes one.</summary>
public sealed class LogServiceCompleter : IArgumentCompleter
{
    private static readonly (string Name, string Tooltip)[] Others =
    [
        ("asterisell", "the application"),
        ("container", "what Docker keeps of the container's own program"),
        ("supervisord", "starts and stops of the services"),
    ];

    private readonly ServiceNameCompleter services = new();

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Others
            .Where(other => other.Name.StartsWith(Word.Unquote(wordToComplete ?? ""), StringComparison.OrdinalIgnoreCase))
            .Select(other => new CompletionResult(other.Name, other.Name, CompletionResultType.ParameterValue, other.Tooltip))
            .Concat(services.CompleteArgument(commandName, parameterName, wordToComplete ?? "", commandAst, fakeBoundParameters))
            .OrderBy(result => result.CompletionText, StringComparer.Ordinal);
}
