using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace Asterisell.PowerShell.Completion;

/// <summary>Completes the services of an instance's supervisord, which are the same in all of them.</summary>
public sealed class ServiceNameCompleter : IArgumentCompleter
{
    private static readonly (string Name, string Tooltip)[] Services =
    [
        ("crond", "scheduled jobs"),
        ("mysql", "MariaDB"),
        ("nginx", "web server"),
        ("php", "PHP for the web server"),
        ("sshd", "ssh into the instance"),
    ];

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Services
            .Where(service => service.Name.StartsWith(Word.Unquote(wordToComplete ?? ""), StringComparison.OrdinalIgnoreCase))
            .Select(service => new CompletionResult(service.Name, service.Name, CompletionResultType.ParameterValue, service.Tooltip));
}
