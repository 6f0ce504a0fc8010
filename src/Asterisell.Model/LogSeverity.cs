namespace Asterisell;

/// <summary>How bad a log line says it is, in the words of whoever wrote it or by the status of a web request.</summary>
public enum LogSeverity
{
    /// <summary>For developers.</summary>
    Debug,

    /// <summary>Normal work; web requests answered below 400.</summary>
    Information,

    /// <summary>Unusual; web requests answered 400 to 499.</summary>
    Warning,

    /// <summary>Something failed; web requests answered 500 and above.</summary>
    Error,

    /// <summary>A whole service failed.</summary>
    Critical,
}
