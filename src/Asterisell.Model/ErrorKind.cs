namespace Asterisell;

/// <summary>What sort of failure an <see cref="AsterisellException"/> is; the cmdlets turn it into a PowerShell error category.</summary>
public enum ErrorKind
{
    /// <summary>The caller gave something that cannot be right: a name, a path, a file's content.</summary>
    InvalidInput,

    /// <summary>The thing asked for does not exist.</summary>
    NotFound,

    /// <summary>The thing exists, but its state does not allow the operation: stopped, locked, half installed.</summary>
    InvalidState,

    /// <summary>Something of that name is there already, or somebody else is working on it.</summary>
    Conflict,

    /// <summary>No connection, or a connection that broke.</summary>
    Connection,

    /// <summary>The other side does not accept who we are, or we do not accept who it is.</summary>
    Authentication,

    /// <summary>A file, a socket or a database refuses us.</summary>
    PermissionDenied,

    /// <summary>The other side answered something that is not an answer.</summary>
    Protocol,

    /// <summary>It took longer than allowed.</summary>
    Timeout,

    /// <summary>A disk, memory or another resource is exhausted.</summary>
    ResourceExhausted,

    /// <summary>Data is damaged or does not agree with what was recorded about it.</summary>
    DataMismatch,

    /// <summary>A program in the instance or on the host ended with a failure.</summary>
    CommandFailed,
}
