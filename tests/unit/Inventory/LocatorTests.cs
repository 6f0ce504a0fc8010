using System.Runtime.Versioning;
using Asterisell.Engine.Inventory;

namespace Asterisell.Tests.Unit.Inventory;

[UnsupportedOSPlatform("windows")]
public sealed class LocatorTests : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("inventory").FullName;
    private readonly Dictionary<string, string> environment = [];

    public LocatorTests() => environment["HOME"] = Path.Combine(root, "home");

    public void Dispose() => Directory.Delete(root, recursive: true);

    [Fact]
    public void The_parameter_comes_first_then_the_variable_then_the_folder_then_the_user()
    {
        string user = Write("home/.config/asterisell/asterisell.yml");
        string above = Write("work/asterisell.yml");
        string here = Write("work/sub/asterisell.yml");
        string variable = Write("variable.yml");
        string given = Write("work/sub/given.yml");

        Assert.Equal(here, Find(null));
        File.Delete(here);
        Assert.Equal(above, Find(null));
        File.Delete(above);
        Assert.Equal(user, Find(null));
        environment[InventoryLocator.Variable] = variable;
        Assert.Equal(variable, Find(null));
        environment[InventoryLocator.Variable] = string.Empty;
        Assert.Equal(user, Find(null));
        Assert.Equal(given, Find("given.yml"));
        Assert.Equal(given, Find(given));
    }

    [Fact]
    public void The_configuration_folder_is_the_users_own()
    {
        string configured = Write("xdg/asterisell/asterisell.yml");
        environment["XDG_CONFIG_HOME"] = Path.Combine(root, "xdg");
        Assert.Equal(configured, Find(null));
        environment["XDG_CONFIG_HOME"] = "relative";
        Assert.StartsWith(Path.Combine(root, "home", ".config"), InventoryLocator.UserPath(environment.GetValueOrDefault), StringComparison.Ordinal);
    }

    [Fact]
    public void Where_there_is_none_every_place_is_named()
    {
        Directory.CreateDirectory(Path.Combine(root, "work/sub"));
        AsterisellException error = Assert.Throws<AsterisellException>(() => Find(null));
        Assert.Equal(nameof(InventoryErrors.InventoryNotFound), error.ErrorId);
        foreach (string place in (string[])["work/sub", "work", ".", "home/.config/asterisell"])
        {
            Assert.Contains(Path.GetFullPath(Path.Combine(root, place, "asterisell.yml")), error.Reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true, "-InventoryPath")]
    [InlineData(false, "ASTERISELL_INVENTORY")]
    public void A_file_that_was_named_must_be_there(bool byParameter, string namedBy)
    {
        Write("work/asterisell.yml");
        if (!byParameter)
        {
            environment[InventoryLocator.Variable] = "none.yml";
        }

        Directory.CreateDirectory(Path.Combine(root, "work/sub"));
        AsterisellException error = Assert.Throws<AsterisellException>(() => Find(byParameter ? "none.yml" : null));
        Assert.Equal(nameof(InventoryErrors.InventoryFileNotFound), error.ErrorId);
        Assert.Equal(Path.Combine(root, "work/sub/none.yml"), error.Target);
        Assert.Contains(namedBy, error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_everybody_may_write_is_used_only_when_it_is_named()
    {
        string path = Write("work/sub/asterisell.yml");
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);
        AsterisellException error = Assert.Throws<AsterisellException>(() => Find(null));
        Assert.Equal(nameof(InventoryErrors.InventoryNotTrusted), error.ErrorId);
        Assert.Contains(path, error.Remedy, StringComparison.Ordinal);
        Assert.Equal(path, Find(path));
    }

    [Fact]
    public void A_file_of_somebody_else_is_used_only_when_it_is_named()
    {
        string path = Write("work/sub/asterisell.yml");
        if (!Owners.TryGive(path))
        {
            return; // Only root can give a file away.
        }

        Assert.Equal(nameof(InventoryErrors.InventoryNotTrusted), Assert.Throws<AsterisellException>(() => Find(null)).ErrorId);
        Assert.Equal(path, Find(path));
        environment["SUDO_UID"] = $"{Owners.Other}";
        Assert.Equal(path, Find(null));
    }

    private string Find(string? path) => InventoryLocator.Find(path, Path.Combine(root, "work/sub"), environment.GetValueOrDefault);

    private string Write(string path)
    {
        string full = Path.Combine(root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, "version: 1\n");
        return full;
    }
}
