namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>What an inventory may measure. Far beyond any real fleet, far below what hurts.</summary>
internal static class YamlLimits
{
    /// <summary>Bytes of a file.</summary>
    public const int Bytes = 4 * 1024 * 1024;

    /// <summary>Levels of nesting; the deepest key of an inventory lies on level 8.</summary>
    public const int Depth = 32;

    /// <summary>Nodes, every alias counted as a copy of what it stands for.</summary>
    public const int Nodes = 200_000;

    /// <summary>Findings that are kept; a wrong file rather than a wrong key makes more.</summary>
    public const int Findings = 200;
}
