using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Backup.Targets;

/// <summary>Where this machine keeps what targets need: snapshots on their way, manifests read before, keys.</summary>
internal static class StateFolder
{
    /// <summary>What the module keeps for the operator.</summary>
    public static string Root => OperatorFolders.State;

    /// <summary>What belongs to one target: a folder for its name and its address, because another inventory may call another place the same.</summary>
    public static string Of(BackupTarget target)
    {
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{target.Kind} {target.Uri ?? target.Path}"));
        string name = string.Concat(target.Name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return Path.Combine(Root, "targets", $"{name}-{Convert.ToHexString(hash.AsSpan(0, 4)).ToLowerInvariant()}");
    }

    /// <summary>Where snapshots are made that go to a place which is no folder of this machine.</summary>
    public static string StagingOf(BackupTarget target) => target.Staging ?? Path.Combine(Root, "staging");
}
