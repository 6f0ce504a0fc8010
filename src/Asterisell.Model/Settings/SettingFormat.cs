namespace Asterisell;

/// <summary>What a text setting must look like; Engine knows the rule, the words and the JSON Schema of each.</summary>
internal enum SettingFormat
{
    /// <summary>Any text of one line.</summary>
    Line,

    /// <summary>Instance, host, template or target.</summary>
    Name,

    /// <summary>Word to select by.</summary>
    Tag,

    /// <summary>PHP class.</summary>
    PhpClass,

    /// <summary>PHP class and title: <c>Class: "Title"</c>.</summary>
    Report,

    /// <summary>MariaDB database or user.</summary>
    DatabaseName,

    /// <summary>Unix user or group.</summary>
    UnixUser,

    /// <summary>Account of HTTP basic authentication.</summary>
    WebUser,

    /// <summary>Host name or IP address.</summary>
    HostName,

    /// <summary>IPv4 or IPv6 address.</summary>
    IpAddress,

    /// <summary>IANA time zone.</summary>
    TimeZone,

    /// <summary>Locale such as <c>en_US</c>.</summary>
    Culture,

    /// <summary>ISO 4217 currency code.</summary>
    Currency,

    /// <summary>E-mail address.</summary>
    Email,

    /// <summary>Path on the machine that runs the command; relative to the folder of the inventory, <c>~/</c> is the home folder.</summary>
    LocalPath,

    /// <summary>Relative path that stays below its root.</summary>
    SafePath,

    /// <summary>Format of PHP's <c>date()</c>.</summary>
    PhpDateFormat,

    /// <summary>Exactly one character.</summary>
    Character,

    /// <summary>Number of days, or <c>month</c>.</summary>
    DaysOrMonth,

    /// <summary>Docker engine: unix, npipe, tcp or ssh.</summary>
    Endpoint,

    /// <summary>Address of a remote backup target.</summary>
    TargetUri,

    /// <summary>Name of a Docker image to make: registry, path, tag.</summary>
    ImageName,

    /// <summary>Name of a Docker image to use: also by digest.</summary>
    ImageReference,

    /// <summary>Debian package, with or without a version.</summary>
    DebianPackage,
}
