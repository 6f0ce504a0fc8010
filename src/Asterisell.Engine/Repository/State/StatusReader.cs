using System.Globalization;
using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.State;

/// <summary>Reads <c>git status</c> in its NUL-separated form, in which a name is what it is.</summary>
internal static class StatusReader
{
    private const string NoFile = "000000";

    /// <summary>Asks git, without taking its locks.</summary>
    public static async Task<WorkingState> ReadAsync(Checkout checkout, CancellationToken cancellation) => Parse(
        (await checkout.Git.RequireAsync(
            ["--no-optional-locks", "status", "--porcelain=v2", "--branch", "-z", "--untracked-files=all", "--ignore-submodules=none", "--no-renames"],
            cancellation).ConfigureAwait(false)).Fields());

    /// <summary>Reads the fields of an answer.</summary>
    public static WorkingState Parse(IEnumerable<string> fields)
    {
        List<RepositoryChange> changes = [];
        List<string> untracked = [];
        List<UnmergedFile> unmerged = [];
        WorkingState state = new();
        foreach (string field in fields)
        {
            switch (field.Length > 1 ? field[..2] : field)
            {
                case "# ":
                    state = WithHeader(state, field[2..]);
                    break;
                case "1 ":
                    changes.Add(Change(field.Split(' ', 9)));
                    break;
                case "u ":
                    unmerged.Add(Unmerged(field.Split(' ', 11)));
                    break;
                case "? ":
                    untracked.Add(field[2..]);
                    break;
            }
        }

        return state with { Changes = changes, Untracked = untracked, Unmerged = unmerged };
    }

    private static WorkingState WithHeader(WorkingState state, string header) => header.Split(' ') switch
    {
        ["branch.oid", var commit] => state with { Commit = commit == "(initial)" ? null : commit },
        ["branch.head", var branch] => state with { Branch = branch == "(detached)" ? null : branch },
        ["branch.upstream", var upstream] => state with { Upstream = upstream },
        ["branch.ab", var ahead, var behind] => state with { Ahead = Count(ahead), Behind = Count(behind) },
        _ => state,
    };

    private static int Count(string text) => Math.Abs(int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));

    // 1 XY SUB MODE-HEAD MODE-INDEX MODE-FILE OBJECT-HEAD OBJECT-INDEX PATH
    private static RepositoryChange Change(string[] parts)
    {
        RepositoryChangeKind kind = parts[2][0] == 'S' ? RepositoryChangeKind.Submodule
            : parts[3] == NoFile ? RepositoryChangeKind.Added
            : parts[5] == NoFile ? RepositoryChangeKind.Deleted
            : RepositoryChangeKind.Modified;
        return new RepositoryChange(parts[8], kind, parts[1][0] != '.');
    }

    // u XY SUB MODE-1 MODE-2 MODE-3 MODE-FILE OBJECT-1 OBJECT-2 OBJECT-3 PATH
    private static UnmergedFile Unmerged(string[] parts)
    {
        StageEntry? first = Stage(parts[3], parts[7]), second = Stage(parts[4], parts[8]), third = Stage(parts[5], parts[9]);
        return new UnmergedFile(parts[10], UnmergedFile.KindOf(first is not null, second is not null, third is not null), first, second, third);
    }

    private static StageEntry? Stage(string mode, string content) => mode == NoFile ? null : new StageEntry(mode, content);
}
