using System.Globalization;
using System.Text;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Tests.Unit.Inventory.Generated;

namespace Asterisell.Tests.Unit.Deployment;

/// <summary>
/// Whole files, byte for byte. After an intended change: <c>ASTERISELL_REGENERATE=1 dotnet test tests/unit --filter FullyQualifiedName~Golden</c>,
/// and look at the difference.
/// </summary>
public sealed class GoldenTests
{
    [Fact]
    public void A_small_instance() => Check("small", Samples.Render(Samples.Small));

    [Fact]
    public void An_instance_with_everything() => Check("large", Samples.Render(Samples.Large));

    [Fact]
    public void On_an_image_with_TokuDB() => Check("tokudb", Samples.Render(Samples.Small, new ImageLayout { HasTokuDb = true }));

    private static void Check(string name, RenderedConfiguration rendered)
    {
        string folder = Path.Combine(GeneratedFilesTests.Root, "tests/unit/Deployment/Golden", name);
        Dictionary<string, string> made = rendered.Files.ToDictionary(
            file => file.Path.TrimStart('/') + ".txt", file => Encoding.UTF8.GetString(file.Content.Span));
        made.Add("list.txt", List(rendered));
        if (Environment.GetEnvironmentVariable("ASTERISELL_REGENERATE") == "1")
        {
            Write(folder, made);
        }

        string[] there = [.. Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))];
        Assert.Equal(made.Keys.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
        Assert.All(made, file => Assert.Equal(File.ReadAllText(Path.Combine(folder, file.Key)), file.Value));
    }

    private static void Write(string folder, Dictionary<string, string> files)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach ((string name, string text) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(folder, name))!);
            File.WriteAllText(Path.Combine(folder, name), text);
        }
    }

    private static string List(RenderedConfiguration rendered) => string.Concat(
        rendered.Folders.Select(folder => $"folder {Mode(folder.Mode)} {folder.Owner}:{folder.Group} {folder.Path}\n")
            .Concat(rendered.Files.Select(file =>
                $"file {Mode(file.Mode)} {file.Owner}:{file.Group} {file.Path} {(file.IsSecret ? "secret " : "")}{file.Effect}\n"))
            .Concat(rendered.Warnings.Select(warning => $"warning {warning}\n")));

    private static string Mode(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8).ToString(CultureInfo.InvariantCulture);
}
