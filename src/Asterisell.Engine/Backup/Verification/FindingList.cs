using System.Globalization;

namespace Asterisell.Engine.Backup.Verification;

/// <summary>Collects findings, failures apart; of a snapshot that lost a hundred thousand files the first thousand tell enough.</summary>
internal sealed class FindingList
{
    private const int Most = 1000;

    private readonly List<BackupFinding> _failures = [];
    private readonly List<BackupFinding> _remarks = [];

    /// <summary>Findings that make the backup untrustworthy, counted beyond what is kept.</summary>
    public int FailureCount { get; private set; }

    private int RemarkCount { get; set; }

    public void Fail(string file, string what, string? expected = null, string? actual = null) =>
        Add(new BackupFinding(true, file, what, expected, actual));

    public void Fail(string file, string what, long expected, long actual) =>
        Fail(file, what, expected.ToString(CultureInfo.InvariantCulture), actual.ToString(CultureInfo.InvariantCulture));

    public void Remark(string file, string what, string? expected = null, string? actual = null) =>
        Add(new BackupFinding(false, file, what, expected, actual));

    public void Add(BackupFinding finding)
    {
        List<BackupFinding> list = finding.IsFailure ? _failures : _remarks;
        if (list.Count < Most)
        {
            list.Add(finding);
        }

        (FailureCount, RemarkCount) = finding.IsFailure ? (FailureCount + 1, RemarkCount) : (FailureCount, RemarkCount + 1);
    }

    /// <summary>What makes it untrustworthy, in words.</summary>
    public IReadOnlyList<string> Failures() => [.. _failures.Select(finding => finding.ToString())];

    /// <summary>Failures first.</summary>
    public IReadOnlyList<BackupFinding> ToList()
    {
        List<BackupFinding> all = [.. _failures.Concat(_remarks).Take(Most)];
        int more = FailureCount + RemarkCount - all.Count;
        if (more > 0)
        {
            all.Add(new BackupFinding(FailureCount > Most, string.Empty, string.Create(CultureInfo.InvariantCulture, $"{more} more findings are left out here")));
        }

        return all;
    }
}
