namespace Asterisell.Engine.Deployment.Images;

/// <summary>Failures of building an image.</summary>
internal static class ImageErrors
{
    public static AsterisellException ImageBuildFailed(
        AsterisellHost host, string image, string step, string why, IReadOnlyList<string> lastLines, Exception cause) => new(
        nameof(ImageBuildFailed), ErrorKind.CommandFailed, host.Name,
        $"the image {image} was not built, {(step.Length == 0 ? "the building did not begin" : $"it failed in {step}")}: {why}."
        + string.Concat(lastLines.Select(line => $"{Environment.NewLine}  {line}")),
        "An image of that name that was there before is unchanged. Where packages could not be fetched: a build may use the host's own network with -Network host.",
        cause);

    public static AsterisellException BaseImageNotFound(AsterisellHost host, string image, string why, Exception cause) => new(
        nameof(BaseImageNotFound), ErrorKind.NotFound, host.Name,
        $"the image {image} to build on is not on the host and could not be pulled: {why}",
        $"Check image.base in the inventory, or bring it to the host: docker pull {image}, or docker load.", cause);

    public static AsterisellException DockerfileNotReadable(AsterisellHost host, string path, string why, Exception? cause = null) => new(
        nameof(DockerfileNotReadable), ErrorKind.NotFound, host.Name, $"the Dockerfile '{path}' or a file of its folder cannot be read: {why}",
        "Check image.dockerfile in the inventory; everything in its folder belongs to it.", cause);
}
