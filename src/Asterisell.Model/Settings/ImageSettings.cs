namespace Asterisell;

/// <summary>The image that the container runs on.</summary>
/// <remarks>
/// Asterisell 5 was written for PHP 5.6, which Debian no longer has: for the original application give a <c>base</c> with its packages, or a
/// <c>dockerfile</c>. The old tool had one image for all instances, CentOS 7, most of whose sources are gone.
/// </remarks>
public sealed record ImageSettings
{
    /// <summary>Name of the image, with a tag. Instances of a host that name the same image must describe it alike.</summary>
    [Setting(SettingEffect.NewContainer, Format = SettingFormat.ImageName)]
    public string Name { get; init; } = "asterisell/debian12:latest";

    /// <summary>Image to build on: a Debian or a descendant of it, with apt.</summary>
    [Setting(SettingEffect.NewContainer, Format = SettingFormat.ImageReference)]
    public string Base { get; init; } = "debian:bookworm-slim";

    /// <summary>Debian packages of PHP: its command line, php-fpm, and the extensions; <c>name=version</c> for a certain version.</summary>
    [Setting(SettingEffect.NewContainer, Format = SettingFormat.DebianPackage)]
    public IReadOnlyList<string> PhpPackages { get; init; } =
        ["php-cli", "php-fpm", "php-mysql", "php-bcmath", "php-gd", "php-mbstring", "php-xml"];

    /// <summary>Further Debian packages.</summary>
    [Setting(SettingEffect.NewContainer, Format = SettingFormat.DebianPackage)]
    public IReadOnlyList<string> ExtraPackages { get; init; } = [];

    /// <summary>
    /// A Dockerfile of the operator's own, used in place of the module's; <c>base</c> and packages are then its own affair. Everything in its
    /// folder goes to the Docker engine.
    /// </summary>
    /// <remarks>An image whose MariaDB has TokuDB says so: <c>LABEL org.asterisell.tokudb=true</c>.</remarks>
    [Setting(SettingEffect.NewContainer, Format = SettingFormat.LocalPath)]
    public string? Dockerfile { get; init; }
}
