using System.Reflection;
using System.Xml.Linq;

namespace Asterisell.Tests.Unit.Contract;

/// <summary>The module as the build laid it out, looked at without loading it and without PowerShell.</summary>
public sealed class BuiltModule : IDisposable
{
    private readonly MetadataLoadContext context;

    public BuiltModule()
    {
        Root = FindRoot();
        Folder = Path.Combine(Root, "out", "Asterisell");
        context = Open([.. Directory.GetFiles(Folder, "*.dll"), .. Directory.GetFiles(Path.Combine(Folder, "Dependencies"), "*.dll")]);
        PowerShell = context.LoadFromAssemblyPath(Path.Combine(Folder, "Asterisell.PowerShell.dll"));
        Model = context.LoadFromAssemblyPath(Path.Combine(Folder, "Asterisell.Model.dll"));
        Engine = context.LoadFromAssemblyPath(Path.Combine(Folder, "Dependencies", "Asterisell.Engine.dll"));
        Cmdlets = CmdletFacts.In(PowerShell);
        Manifest = File.ReadAllText(Path.Combine(Folder, "Asterisell.psd1"));
        Views = XDocument.Load(Path.Combine(Folder, "Asterisell.Format.ps1xml"));
    }

    public string Root { get; }

    public string Folder { get; }

    public Assembly PowerShell { get; }

    public Assembly Model { get; }

    public Assembly Engine { get; }

    public IReadOnlyList<CmdletFacts> Cmdlets { get; }

    public string Manifest { get; }

    public XDocument Views { get; }

    public string Docs(string cmdlet) => Path.Combine(Root, "docs", "en-US", $"{cmdlet}.md");

    public string PesterFile(string cmdlet) => Path.Combine(Root, "tests", "Pester", $"{cmdlet}.Tests.ps1");

    /// <summary>A load context in which the given files, .NET and a PowerShell to compile against can be looked at.</summary>
    public static MetadataLoadContext Open(IEnumerable<string> files)
    {
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string own = AppContext.BaseDirectory;
        return new MetadataLoadContext(new PathAssemblyResolver(
            [.. files, Path.Combine(own, "System.Management.Automation.dll"), .. Directory.GetFiles(runtime, "*.dll")]));
    }

    public void Dispose() => context.Dispose();

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Asterisell.psd1")) && Directory.Exists(Path.Combine(folder.FullName, "src")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Asterisell.psd1 was not found above the test's folder.");
    }
}
