namespace Asterisell.Engine.Inventory.Settings;

/// <summary>What can be said of the description of an image.</summary>
internal static class ImageFacts
{
    /// <summary>The name with its tag; Docker's own default is <c>latest</c>.</summary>
    public static string FullName(ImageSettings image) => image.Name.LastIndexOf(':') > image.Name.LastIndexOf('/') ? image.Name : $"{image.Name}:latest";

    /// <summary>True when both make the same image, whatever it is called.</summary>
    public static bool AreAlike(ImageSettings one, ImageSettings other) =>
        one.Dockerfile == other.Dockerfile
        && (one.Dockerfile is not null
            || (one.Base == other.Base && one.PhpPackages.SequenceEqual(other.PhpPackages) && one.ExtraPackages.SequenceEqual(other.ExtraPackages)));
}
