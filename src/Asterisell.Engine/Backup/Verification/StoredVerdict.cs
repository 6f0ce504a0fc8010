namespace Asterisell.Engine.Backup.Verification;

/// <summary>The last verdict on a snapshot, kept beside it.</summary>
/// <param name="Snapshot">Which one.</param>
/// <param name="ManifestSha256">Manifest that was tested: a verdict on another one says nothing.</param>
/// <param name="Level">How deep the test went.</param>
/// <param name="Passed">Whether it passed.</param>
/// <param name="TestedAt">UTC.</param>
/// <param name="Failures">Number of findings that made it fail.</param>
internal sealed record StoredVerdict(
    string Snapshot, string ManifestSha256, BackupTestLevel Level, bool Passed, DateTimeOffset TestedAt, int Failures);
