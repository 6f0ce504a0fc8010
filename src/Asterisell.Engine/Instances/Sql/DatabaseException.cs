namespace Asterisell.Engine.Instances;

/// <summary>A failure of the database of an instance.</summary>
public sealed class DatabaseException : AsterisellException
{
    /// <summary>Creates a failure.</summary>
    /// <param name="errorId">See <see cref="AsterisellException.ErrorId"/>.</param>
    /// <param name="kind">Sort of failure.</param>
    /// <param name="target">Instance.</param>
    /// <param name="serverCode">MariaDB's number, for example 1146; 0 where it gave none.</param>
    /// <param name="what">What failed and why.</param>
    /// <param name="remedy">What to do next.</param>
    public DatabaseException(string errorId, ErrorKind kind, string target, int serverCode, string what, string? remedy = null)
        : base(errorId, kind, target, what, remedy) => ServerCode = serverCode;

    /// <summary>MariaDB's number, for example 1146; 0 where it gave none.</summary>
    public int ServerCode { get; }
}
