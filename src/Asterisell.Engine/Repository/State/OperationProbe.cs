using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.State;

/// <summary>Which operation of git is under way in a checkout, by the files that it keeps.</summary>
internal static class OperationProbe
{
    private static readonly (string File, string Operation)[] Known =
    [
        ("rebase-merge", "rebase"), ("rebase-apply", "rebase"), ("CHERRY_PICK_HEAD", "cherry-pick"), ("REVERT_HEAD", "revert"), ("BISECT_LOG", "bisect"),
    ];

    /// <summary>An operation other than a merge, as git's command is called; null for none.</summary>
    public static string? FindOther(Checkout checkout) =>
        Known.Where(one => Path.Exists(checkout.OwnPath(one.File))).Select(one => one.Operation).FirstOrDefault();

    /// <summary>True while a merge waits for its commit.</summary>
    public static bool IsMerging(Checkout checkout) => checkout.Has("MERGE_HEAD");
}
