using System.Text.Json;

namespace Asterisell.Engine.Backup.Manifest;

/// <summary>Refuses in a manifest what we never write, so that its readers need not expect it.</summary>
internal static class ManifestShape
{
    /// <summary>More rows, bytes or files than this exist nowhere; sums of them stay far from overflow.</summary>
    private const long LargestNumber = 1L << 50;

    /// <summary>Why a value in it cannot be ours: a null, a negative or an absurd number. Null when there is none.</summary>
    public static string? WhyImpossible(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "one of its values is null",
        JsonValueKind.Number when !value.TryGetDouble(out double number) || number is < 0 or > LargestNumber => $"it holds the impossible number {value}",
        JsonValueKind.Array => value.EnumerateArray().Select(WhyImpossible).FirstOrDefault(why => why is not null),
        JsonValueKind.Object => value.EnumerateObject().Select(member => WhyImpossible(member.Value)).FirstOrDefault(why => why is not null),
        _ => null,
    };
}
