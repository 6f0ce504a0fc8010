namespace Asterisell.Engine.Instances;

/// <summary>The disk's part of a status.</summary>
internal static class DiskReader
{
    private const string Part = nameof(InstanceStatus.Disk);

    /// <summary>From <c>stat -f</c>: block size, blocks, free, free for all, files, free files.</summary>
    public static DiskStatus? Read(StatusFacts facts)
    {
        if (facts.Said(Part, "disk") is not { } text)
        {
            return null;
        }

        if (text.Trim().Split(' ') is not [var block, var total, _, var free, var files, var freeFiles])
        {
            facts.Miss(Part, "AnswerNotUnderstood", "The instance did not tell the size of its file system.");
            return null;
        }

        return facts.Part(Part, () => new DiskStatus(
            "/var",
            StatusFacts.ParseWhole(block) * StatusFacts.ParseWhole(total),
            StatusFacts.ParseWhole(block) * StatusFacts.ParseWhole(free),
            StatusFacts.ParseWhole(files) == 0 ? null : StatusFacts.ParseWhole(freeFiles)));
    }
}
