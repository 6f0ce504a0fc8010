using System.Collections.ObjectModel;
using System.Management.Automation;
using DriveNotFound = System.Management.Automation.DriveNotFoundException;

namespace Asterisell.PowerShell.Pipeline;

/// <summary>Paths as an operator gives them: relative to the shell's folder, with <c>~</c>, on a PowerShell drive of files.</summary>
internal static class OperatorPath
{
    private const string Files = "FileSystem";

    /// <summary>The full path of a file or folder, there or not.</summary>
    /// <exception cref="AsterisellException"><c>PathNotUsable</c>.</exception>
    public static string Resolve(PathIntrinsics paths, string path)
    {
        ProviderInfo provider = null!;
        string full = Guard(path, () => paths.GetUnresolvedProviderPathFromPSPath(path, out provider, out _));
        RequireFiles(path, provider);
        return full.Length > 0 ? full : throw PathErrors.PathNotUsable(path, "it names nothing");
    }

    /// <summary>The full paths that a pattern names; PowerShell's own error where a path without wildcards is not there.</summary>
    /// <exception cref="AsterisellException"><c>PathNotUsable</c>.</exception>
    public static Collection<string> Expand(PathIntrinsics paths, string pattern)
    {
        ProviderInfo provider = null!;
        Collection<string> found = Guard(pattern, () => paths.GetResolvedProviderPathFromPSPath(pattern, out provider));
        RequireFiles(pattern, provider);
        return found;
    }

    private static T Guard<T>(string path, Func<T> resolve)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
        {
            throw PathErrors.PathNotUsable(path, "it holds a NUL character");
        }

        try
        {
            return resolve();
        }
        catch (Exception wrong) when (wrong is DriveNotFound or ProviderNotFoundException or ProviderInvocationException or ArgumentException or NotSupportedException)
        {
            throw PathErrors.PathNotUsable(path, wrong.Message.TrimEnd('.'));
        }
    }

    private static void RequireFiles(string path, ProviderInfo provider)
    {
        if (provider.Name != Files)
        {
            throw PathErrors.PathNotUsable(path, $"it is on a drive of {provider.Name}, not of files");
        }
    }
}
