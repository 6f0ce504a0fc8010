using System.Globalization;

namespace Asterisell;

/// <summary>How many instances a wave holds: a number, or a share of all of them.</summary>
public sealed record BatchSize
{
    /// <summary>A wave of so many instances.</summary>
    /// <param name="count">1 or more.</param>
    public BatchSize(int count)
        : this(count, isPercent: false)
    {
    }

    /// <summary>Reads <c>5</c> or <c>25%</c>.</summary>
    public BatchSize(string text)
        : this(Number(text), text.TrimEnd().EndsWith('%'))
    {
    }

    private BatchSize(int value, bool isPercent)
    {
        if (value < 1 || (isPercent && value > 100))
        {
            throw NotASize($"{value}{(isPercent ? "%" : "")}");
        }

        Value = value;
        IsPercent = isPercent;
    }

    /// <summary>Instances, or per cent of all instances.</summary>
    public int Value { get; }

    /// <summary>True when <see cref="Value"/> is per cent.</summary>
    public bool IsPercent { get; }

    /// <summary>Instances in a wave out of <paramref name="total"/>: at least one.</summary>
    public int Of(int total) => IsPercent ? Math.Max(1, (int)((long)total * Value / 100)) : Value;

    /// <summary><c>5</c> or <c>25%</c>.</summary>
    public override string ToString() => IsPercent ? $"{Value}%" : Value.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string digits = text.Trim();
        digits = digits.EndsWith('%') ? digits[..^1] : digits;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : throw NotASize(text);
    }

    private static ArgumentException NotASize(string text) =>
        new($"'{text}' is no batch size: give a number of instances from 1 (for example 5) or a share from 1% to 100% (for example 25%).");
}
