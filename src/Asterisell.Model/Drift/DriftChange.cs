namespace Asterisell;

/// <summary>How an instance differs from what it should be.</summary>
public enum DriftChange
{
    /// <summary>A file that should be there and is not.</summary>
    Added,

    /// <summary>A file with other content, or something else in its place.</summary>
    Changed,

    /// <summary>A file of an earlier release or configuration that should be gone.</summary>
    Removed,

    /// <summary>A file that an operator put into the application's folder. No update touches it; the old tool deleted it.</summary>
    OperatorFile,

    /// <summary>A setting of the container: ports, limits, volumes, image.</summary>
    Setting,

    /// <summary>The application's version.</summary>
    Version,

    /// <summary>An upgrade job that was never applied, or that failed.</summary>
    UpgradeJob,
}
