namespace Asterisell;

/// <summary>
/// A failure as an operator reads it: what failed, where, why, what to do next. Its <see cref="ErrorId"/> is stable across versions.
/// </summary>
public class AsterisellException : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="errorId">Stable, PascalCase, by <c>nameof</c> of the factory method that makes this error.</param>
    /// <param name="kind">Sort of failure.</param>
    /// <param name="target">What it happened to, as the operator names it: <c>milan/billing</c>, a host, a path. Empty where there is none.</param>
    /// <param name="what">One sentence without target: what failed and why. Ends with a full stop.</param>
    /// <param name="remedy">What to do next, or null where nothing better than the reason can be said.</param>
    /// <param name="inner">The cause, kept for developers; its text is never needed to understand this error.</param>
    public AsterisellException(string errorId, ErrorKind kind, string target, string what, string? remedy = null, Exception? inner = null)
        : base(Compose(target, what, remedy), inner)
    {
        ErrorId = errorId;
        Kind = kind;
        Target = target;
        Reason = what;
        Remedy = remedy;
    }

    /// <summary>Stable identifier, for example <c>InstanceNotRunning</c>.</summary>
    public string ErrorId { get; }

    /// <summary>Sort of failure.</summary>
    public ErrorKind Kind { get; }

    /// <summary>What it happened to; empty where there is no such thing.</summary>
    public string Target { get; }

    /// <summary>What failed and why, without target and remedy.</summary>
    public string Reason { get; }

    /// <summary>What to do next.</summary>
    public string? Remedy { get; }

    private static string Compose(string target, string what, string? remedy)
    {
        string sentence = target.Length == 0 ? what : $"{target}: {what}";
        return remedy is null ? sentence : $"{sentence}{Environment.NewLine}{remedy}";
    }
}
