using System.Reflection;
using System.Runtime.Loader;

namespace Asterisell.PowerShell.Module;

/// <summary>
/// Holds Asterisell.Engine and the packages it brings, so that another module's version of one of them cannot take its place, nor ours
/// theirs. Model and the cmdlets stay in PowerShell's own context, where their types are the ones that the operator sees.
/// </summary>
internal sealed class EngineLoadContext : AssemblyLoadContext
{
    private const string EngineName = "Asterisell.Engine";

    private static readonly Lazy<EngineLoadContext> Instance = new(() => new EngineLoadContext());

    private static int registered;

    private readonly string folder;

    private EngineLoadContext()
        : base(EngineName)
    {
        folder = Path.Combine(Path.GetDirectoryName(typeof(EngineLoadContext).Assembly.Location)!, "Dependencies");
    }

    /// <summary>
    /// Begins to answer for Asterisell.Engine, and for nothing else. It answers to the end of the process: other runspaces may use the
    /// module when one has removed it.
    /// </summary>
    internal static void Register()
    {
        if (Interlocked.Exchange(ref registered, 1) == 0)
        {
            Default.Resolving += Resolve;
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        if (assemblyName.Name == typeof(AsterisellInstance).Assembly.GetName().Name)
        {
            return typeof(AsterisellInstance).Assembly;
        }

        string path = Path.Combine(folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static Assembly? Resolve(AssemblyLoadContext context, AssemblyName name) =>
        name.Name == EngineName ? Instance.Value.LoadFromAssemblyName(name) : null;
}
