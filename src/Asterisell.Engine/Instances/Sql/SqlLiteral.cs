using System.Collections;
using System.Globalization;

namespace Asterisell.Engine.Instances;

/// <summary>
/// Values as SQL literals that hold only digits, hexadecimal digits and fixed words, so that no value can end its literal, whatever the
/// server's <c>sql_mode</c>.
/// </summary>
internal static class SqlLiteral
{
    /// <summary>The literal of a value; a list gives <c>(a,b,c)</c> for <c>IN</c>.</summary>
    /// <exception cref="ArgumentException">A type that has no literal.</exception>
    public static string Encode(object? value) => value switch
    {
        null => "NULL",
        bool truth => truth ? "1" : "0",
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        Enum number => Convert.ToInt64(number, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture),
        double number => Encode(number),
        float number => Encode((double)number),
        string text => Encode(text),
        byte[] bytes => bytes.Length == 0 ? "''" : $"X'{Convert.ToHexString(bytes)}'",
        DateTime time => time.ToString("\\'yyyy-MM-dd HH:mm:ss.ffffff\\'", CultureInfo.InvariantCulture),
        DateOnly day => day.ToString("\\'yyyy-MM-dd\\'", CultureInfo.InvariantCulture),
        DateTimeOffset => throw new ArgumentException(
            "A time with an offset has no literal: turn it into the clock that wrote the column (see InstanceClock).", nameof(value)),
        IEnumerable list => Encode(list),
        _ => throw new ArgumentException($"A value of type {value.GetType().Name} has no SQL literal.", nameof(value)),
    };

    /// <summary>Text that is not valid UTF-8 (see <see cref="ByteText"/>) can only be bytes to the server.</summary>
    private static string Encode(string text)
    {
        byte[] bytes = ByteText.Encode(text);
        bool isUnicode = !text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') || System.Text.Unicode.Utf8.IsValid(bytes);
        string hex = $"X'{Convert.ToHexString(bytes)}'";
        return bytes.Length == 0 ? "''" : isUnicode ? $"_utf8mb4 {hex}" : hex;
    }

    private static string Encode(double number) => double.IsFinite(number)
        ? number.ToString("E16", CultureInfo.InvariantCulture)
        : throw new ArgumentException("SQL has no infinity and no not-a-number.", nameof(number));

    private static string Encode(IEnumerable list)
    {
        string items = string.Join(",", list.Cast<object?>().Select(Encode));
        return items.Length == 0 ? "(NULL)" : $"({items})";
    }
}
