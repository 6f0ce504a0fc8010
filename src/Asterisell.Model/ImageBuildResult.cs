namespace Asterisell;

/// <summary>How the building of an image on one host ended.</summary>
/// <param name="HostName">Docker host.</param>
/// <param name="Image">Name of the image, with its tag.</param>
/// <param name="Status">How it ended; <see cref="OperationStatus.Unchanged"/> where the image was there, made from the same description.</param>
/// <param name="ImageId">The image's digest; null where the building failed.</param>
/// <param name="SizeBytes">Size of the image in bytes with all its layers; 0 where the building failed.</param>
/// <param name="Instances">Instances that are to run on it.</param>
/// <param name="StartedAt">UTC.</param>
/// <param name="Duration">From first to last step.</param>
/// <param name="Message">What was done, or why it failed.</param>
public sealed record ImageBuildResult(
    string HostName, string Image, OperationStatus Status, string? ImageId, long SizeBytes, IReadOnlyList<string> Instances,
    DateTimeOffset StartedAt, TimeSpan Duration, string Message);
