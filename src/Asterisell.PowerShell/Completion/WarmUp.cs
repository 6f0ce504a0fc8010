using System.Runtime.CompilerServices;
using Asterisell.Engine.Inventory;

namespace Asterisell.PowerShell.Completion;

/// <summary>
/// Reads a small inventory in the background once somebody sits at the prompt, so that the first Tab does not wait for Engine to be loaded
/// and compiled: that takes longer than everything else in it.
/// </summary>
internal static class WarmUp
{
    /// <summary>Begins, where the line editor says that there is somebody; scripts and jobs have none and pay nothing.</summary>
    internal static void Begin()
    {
        if (AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name!.StartsWith("Microsoft.PowerShell.PSReadLine", StringComparison.Ordinal)))
        {
            ThreadPool.UnsafeQueueUserWorkItem(static _ => Try(), null);
        }
    }

    private static void Try()
    {
        try
        {
            Read();
        }
        catch (Exception)
        {
            // Whatever it is, the cmdlet that needs the same will say it.
        }
    }

    /// <summary>A method of its own: Engine is looked for when this one is compiled.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Read()
    {
        _ = InventoryReader.Read("asterisell.yml", "version: 1\nhosts:\n  one: { endpoint: 'unix:///one' }\ninstances:\n  one/a: { tags: [t] }\n  b: { host: one, active: false }\n"u8);
    }
}
