using System.Management.Automation;

namespace Asterisell.PowerShell.Pipeline;

/// <summary>Turns failures into what an operator reads and a script can test for.</summary>
internal static class ErrorRecords
{
    /// <summary>Id of the error for everything that nobody foresaw.</summary>
    internal const string UnexpectedFailure = nameof(UnexpectedFailure);

    /// <summary>An error record with a stable id, a category and a target. It never carries a stack or an inner exception's text.</summary>
    /// <param name="failure">What happened.</param>
    /// <param name="target">What it happened to; null for what the failure itself names.</param>
    /// <param name="command">Cmdlet, for the report of something unforeseen.</param>
    internal static ErrorRecord From(Exception failure, object? target, string command)
    {
        if (failure is not AsterisellException known)
        {
            return new ErrorRecord(Unforeseen(failure, target, command), UnexpectedFailure, ErrorCategory.NotSpecified, target);
        }

        var record = new ErrorRecord(known, known.ErrorId, Category(known.Kind), target ?? (known.Target.Length == 0 ? null : known.Target));
        if (target?.ToString() is string name && !known.Message.Contains(name, StringComparison.OrdinalIgnoreCase))
        {
            record.ErrorDetails = new ErrorDetails($"{name}: {known.Message}");
        }

        return record;
    }

    internal static ErrorCategory Category(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.InvalidState => ErrorCategory.InvalidOperation,
        ErrorKind.Conflict => ErrorCategory.ResourceExists,
        ErrorKind.Connection => ErrorCategory.ConnectionError,
        ErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.Protocol => ErrorCategory.ProtocolError,
        ErrorKind.Timeout => ErrorCategory.OperationTimeout,
        ErrorKind.ResourceExhausted => ErrorCategory.ResourceUnavailable,
        ErrorKind.DataMismatch => ErrorCategory.InvalidData,
        ErrorKind.CommandFailed => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };

    private static InvalidOperationException Unforeseen(Exception failure, object? target, string command) => new(
        $"{(target is null ? "" : $"{target}: ")}{command} met something that was not foreseen ({failure.GetType().Name}).{Environment.NewLine}"
        + "That is a mistake in the module. Report it to whoever gave it to you, with what the same command says with -Debug.");
}
