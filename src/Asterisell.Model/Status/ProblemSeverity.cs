namespace Asterisell;

/// <summary>How bad a problem is; the application's own numbers divided by ten, in rising order.</summary>
public enum ProblemSeverity
{
    /// <summary>Type 10.</summary>
    Info = 1,

    /// <summary>Type 20.</summary>
    Warning = 2,

    /// <summary>Type 30.</summary>
    Error = 3,

    /// <summary>Type 40: the instance does not do its work.</summary>
    Critical = 4,
}
