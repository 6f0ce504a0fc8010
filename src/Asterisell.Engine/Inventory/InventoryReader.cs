using Asterisell.Engine.Inventory.Reading;
using Asterisell.Engine.Inventory.Yaml;

namespace Asterisell.Engine.Inventory;

/// <summary>Reads inventory files. Touches nothing but the file: no network, no environment, no secret.</summary>
public static class InventoryReader
{
    /// <summary>Reads a file. Whatever the file holds becomes findings, never an exception.</summary>
    /// <param name="path">File; relative to the process's current directory.</param>
    public static InventoryReadResult Read(string path)
    {
        string fullPath = Path.GetFullPath(path);
        FindingList findings = new(fullPath);
        byte[]? bytes = InventoryFile.Read(fullPath, findings);
        return bytes is null ? new InventoryReadResult(fullPath, null, findings.ToSorted()) : Read(fullPath, bytes, findings);
    }

    /// <summary>Reads the content of a file that is called <paramref name="path"/>.</summary>
    /// <param name="path">Full path, for findings and for the paths in the file.</param>
    /// <param name="content">Bytes of the file.</param>
    public static InventoryReadResult Read(string path, ReadOnlySpan<byte> content) =>
        Read(Path.GetFullPath(path), content, new FindingList(Path.GetFullPath(path)));

    private static InventoryReadResult Read(string fullPath, ReadOnlySpan<byte> content, FindingList findings)
    {
        AsterisellInventory? inventory = null;
        if (content.Length > InventoryLimits.Bytes)
        {
            InventoryFile.ReportSize(content.Length, findings);
        }
        else if (YamlText.Decode(content, findings) is { } text)
        {
            YamlNode? root = YamlLoader.Load(text, findings);
            inventory = new InventoryBuilder(findings).Build(root);
        }

        return new InventoryReadResult(fullPath, findings.HasErrors ? null : inventory, findings.ToSorted());
    }
}
