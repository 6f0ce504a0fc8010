using System.Reflection;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>What the module as a whole keeps to.</summary>
public sealed class ModuleTests(BuiltModule module) : IClassFixture<BuiltModule>
{
    [Fact]
    public void The_manifest_exports_the_cmdlets_that_there_are_in_order() =>
        Breach.None(ManifestRules.ExportsTheCmdlets(module.Manifest, module.Cmdlets.Select(cmdlet => cmdlet.Name)));

    [Fact]
    public void The_manifest_has_the_version_of_the_assemblies() =>
        Breach.None(ManifestRules.HasTheVersion(module.Manifest, module.PowerShell.GetName().Version!));

    [Fact]
    public void Arrows_run_one_way()
    {
        Assert.Equal([], Named(module.Model, "Asterisell.", "YamlDotNet", "System.Management.Automation"));
        Assert.Equal(["Asterisell.Model", "YamlDotNet"], Named(module.Engine, "Asterisell.", "YamlDotNet", "System.Management.Automation"));
        Assert.DoesNotContain("YamlDotNet", Named(module.PowerShell, "YamlDotNet"));
    }

    [Fact]
    public void What_ships_beside_the_manifest_is_ours_and_packages_are_below_Dependencies()
    {
        Assert.Equal(["Asterisell.Model.dll", "Asterisell.PowerShell.dll"], Files(module.Folder, "*.dll"));
        Assert.Equal(["Asterisell.Engine.dll", "YamlDotNet.dll"], Files(Path.Combine(module.Folder, "Dependencies"), "*.dll"));
    }

    [Fact]
    public void No_public_member_of_a_cmdlet_names_a_type_of_Engine_or_of_a_package()
    {
        // Import must not load Engine, and an operator must never hold an object of a package.
        string[] allowed = ["Asterisell.Model", "Asterisell.PowerShell", "System.Management.Automation"];
        Breach.None(
            from type in module.PowerShell.GetExportedTypes()
            from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            let owner = property.PropertyType.IsArray ? property.PropertyType.GetElementType()! : property.PropertyType
            let assembly = owner.Assembly.GetName().Name!
            where !allowed.Contains(assembly) && !assembly.StartsWith("System.", StringComparison.Ordinal)
            select $"{type.FullName}.{property.Name} is of {owner.FullName} in {assembly}");
    }

    [Fact]
    public void Every_output_type_has_a_table_and_a_list() => Breach.None(ViewRules.EveryTypeHasATableAndAList(module.Views, OutputTypes()));

    [Fact]
    public void Every_view_shows_properties_that_there_are() => Breach.None(ViewRules.WhatIsShownIsThere(module.Views, OutputTypes()));

    [Fact]
    public void Every_output_object_is_about_an_instance_or_a_host()
    {
        // Name and HostName are what lets any output pipe into any cmdlet. A checkout and its conflicts are about many instances, and pipe by RepositoryPath.
        string[] others =
        [
            "Asterisell.BackupTargetCheck", "Asterisell.BackupTargetSetup", "Asterisell.InventoryFinding", "Asterisell.AsterisellHost", "Asterisell.HostInfo", "Asterisell.HostCheck", "Asterisell.ImageBuildResult",
            "Asterisell.AsterisellRepository", "Asterisell.AsterisellConflict", "Asterisell.RepositoryUpdate", "Asterisell.RepositorySave", "Asterisell.RepositoryUndo",
        ];
        Breach.None(
            from type in OutputTypes()
            where !others.Contains(type.FullName) && (type.GetProperty("Name") is null || type.GetProperty("HostName") is null)
            select $"{type.FullName} has no Name and HostName");
    }

    [Fact]
    public void Every_cmdlet_has_a_file_of_Pester_tests() =>
        Breach.None(
            from cmdlet in module.Cmdlets
            where !File.Exists(module.PesterFile(cmdlet.Name)) || !File.ReadAllText(module.PesterFile(cmdlet.Name)).Contains("Should -", StringComparison.Ordinal)
            select $"{cmdlet}: no tests in {module.PesterFile(cmdlet.Name)}");

    private Type[] OutputTypes() =>
    [
        .. module.Cmdlets.SelectMany(cmdlet => cmdlet.OutputTypes)
            .Select(type => type.IsArray ? type.GetElementType()! : type)
            .Where(type => type.Namespace?.StartsWith("Asterisell", StringComparison.Ordinal) == true)
            .DistinctBy(type => type.FullName),
    ];

    private static string[] Named(Assembly assembly, params string[] beginnings) =>
    [
        .. assembly.GetReferencedAssemblies()
            .Select(name => name.Name!)
            .Where(name => beginnings.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal),
    ];

    private static string[] Files(string folder, string pattern) =>
        [.. Directory.GetFiles(folder, pattern).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
