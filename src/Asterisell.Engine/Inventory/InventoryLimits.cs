namespace Asterisell.Engine.Inventory;

/// <summary>What an inventory may measure. Far beyond any real fleet, far below what hurts.</summary>
internal static class InventoryLimits
{
    /// <summary>Bytes of a file.</summary>
    public const int Bytes = 2 * 1024 * 1024;

    /// <summary>Levels of nesting; the deepest key of an inventory lies on level 6.</summary>
    public const int Depth = 32;

    /// <summary>Nodes, every alias counted as a copy of what it stands for.</summary>
    public const int Nodes = 200_000;

    /// <summary>Entries of hosts, targets and templates, each; items of a list or map.</summary>
    public const int Entries = 1_000;

    /// <summary>Instances.</summary>
    public const int Instances = 10_000;

    /// <summary>Templates that one entry builds on, those of its templates included.</summary>
    public const int Ancestors = 50;

    /// <summary>Items of all lists of all instances, those of templates counted for each instance.</summary>
    public const int ComposedItems = 1_000_000;

    /// <summary>Findings that are kept; a wrong file rather than a wrong key makes more.</summary>
    public const int Findings = 200;

    /// <summary>Characters of a file that is looked at further after a syntax error.</summary>
    public const int RepairedCharacters = 512 * 1024;

    /// <summary>Syntax errors after which the rest of a file is not looked at.</summary>
    public const int SyntaxErrors = 8;
}
