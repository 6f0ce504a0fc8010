namespace Asterisell.Tests.Unit.Inventory.Generated;

/// <summary>
/// Files that are made from the settings are as the settings are now. To make them anew:
/// <c>ASTERISELL_REGENERATE=1 dotnet test tests/unit --filter FullyQualifiedName~GeneratedFiles</c>.
/// </summary>
public sealed class GeneratedFilesTests
{
    internal static readonly string Root = FindRoot();

    [Fact]
    public void The_schema_is_made_from_the_settings() => Check("module/asterisell.schema.json", _ => SchemaWriter.Write());

    [Fact]
    public void The_documentation_is_made_from_the_settings() => Check("docs/inventory.md", ReferenceWriter.Replace);

    private static void Check(string file, Func<string, string> make)
    {
        string path = Path.Combine(Root, file);
        string there = File.Exists(path) ? File.ReadAllText(path) : string.Empty;
        string made = make(there);
        if (Environment.GetEnvironmentVariable("ASTERISELL_REGENERATE") == "1")
        {
            File.WriteAllText(path, made);
            return;
        }

        Assert.True(there == made, $"{file} is not what the settings say. Make it anew: ASTERISELL_REGENERATE=1 dotnet test tests/unit --filter FullyQualifiedName~GeneratedFiles");
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Asterisell.PowerShell.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The repository is not above the tests.");
    }
}
