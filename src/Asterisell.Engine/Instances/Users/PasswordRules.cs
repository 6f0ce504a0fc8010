namespace Asterisell.Engine.Instances.Users;

/// <summary>Which logins and passwords an administrator may have.</summary>
/// <remarks>
/// The login page of the original refuses, before it looks at any hash, a login or a password with another character than ASCII letters,
/// digits, blank and <c>_ - . +</c> (read in its code), so such a password would lock the administrator out. bcrypt reads 72 bytes.
/// </remarks>
public static class PasswordRules
{
    private const int LongestPassword = 72;
    private const int LongestLogin = 255;
    private const int LeastLength = 12;
    private const int LeastDifferent = 5;

    private static readonly char[] Digits = [.. "0123456789"];

    private static readonly string[] Common =
    [
        "administrator", "admin", "asterisell", "asterisk", "password", "passwort", "passwd", "pass", "changeme", "change", "letmein", "welcome",
        "qwertyuiop", "qwerty", "qwertz", "azerty", "asdfghjkl", "asdf", "zxcvbnm", "iloveyou", "monkey", "dragon", "football",
        "baseball", "superman", "batman", "sunshine", "princess", "master", "shadow", "trustno", "secret", "login", "root", "user", "guest",
        "test", "demo", "default", "billing", "voip", "telephone", "phone", "random", "some", "support", "super", "system", "server", "hello",
        "summer", "winter", "spring", "autumn", "me", "my", "the", "is", "new", "a", "i",
    ];

    /// <summary>Rows of keyboards and the orders that people count in.</summary>
    private static readonly string[] Sequences =
        ["01234567890123456789", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "qwertzuiop", "azertyuiop", "asdfghjkl", "zxcvbnm", "yxcvbnm"];

    /// <summary>Throws unless an administrator may have these.</summary>
    /// <param name="instance">For the message.</param>
    /// <param name="login">Login and password.</param>
    /// <param name="allowWeak">Takes a weak password; one that the login page refuses is never taken.</param>
    /// <exception cref="AsterisellException"><c>LoginNotAccepted</c>, <c>PasswordNotAccepted</c>, <c>PasswordWeak</c>.</exception>
    public static void Check(AsterisellInstance instance, AdminLogin login, bool allowWeak)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(login);
        string password = login.Password.Reveal();
        if (FindFlaw(login.Login, LongestLogin) is { } flaw)
        {
            throw UserErrors.LoginNotAccepted(instance, flaw);
        }

        if (FindFlaw(password, LongestPassword) is { } unusable)
        {
            throw UserErrors.PasswordNotAccepted(instance, unusable);
        }

        if (!allowWeak && FindWeakness(login.Login, password) is { } weakness)
        {
            throw UserErrors.PasswordWeak(instance, weakness);
        }
    }

    /// <summary>Why a password is weak, as the end of a sentence; null when it is not.</summary>
    internal static string? FindWeakness(string login, string password)
    {
        string plain = Plain(password);
        return password.Length < LeastLength ? $"has fewer than {LeastLength} characters"
            : plain.Distinct().Count() < LeastDifferent ? $"has fewer than {LeastDifferent} different characters"
            : login.Length > 2 && password.Contains(login, StringComparison.OrdinalIgnoreCase) && password.Length - login.Length < LeastLength
                ? "is little more than the login"
            : IsSequence(plain) ? "is mostly a row of the keyboard or counts up or down"
            : IsMadeOfCommonWords(plain) ? "is made of words that are tried first"
            : null;
    }

    private static string? FindFlaw(string text, int longest) =>
        text.Length == 0 ? "is empty"
        : text.Length > longest ? $"has more than {longest} characters"
        : text.Trim() != text ? "begins or ends with a blank"
        : text.Any(character => !char.IsAsciiLetterOrDigit(character) && !" _-.+".Contains(character, StringComparison.Ordinal))
            ? "has a character that the login page does not take"
        : null;

    /// <summary>In lower case and without what stands between the words.</summary>
    private static string Plain(string password) => string.Concat(password.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit));

    /// <summary>True where more than two thirds of the characters follow the one before them in a sequence, or repeat it.</summary>
    private static bool IsSequence(string plain)
    {
        int steps = 0;
        for (int at = 1; at < plain.Length; at++)
        {
            string pair = plain.Substring(at - 1, 2);
            string back = $"{pair[1]}{pair[0]}";
            bool follows = pair[0] == pair[1] || Sequences.Any(row => row.Contains(pair, StringComparison.Ordinal) || row.Contains(back, StringComparison.Ordinal));
            steps += follows ? 1 : 0;
        }

        return steps * 3 > (plain.Length - 1) * 2;
    }

    /// <summary>True where nothing but common words and at most six digits is left: <c>Password-2026</c>, <c>4dm1n asterisell</c>.</summary>
    private static bool IsMadeOfCommonWords(string plain)
    {
        string words = plain.Trim(Digits);
        return plain.Length - words.Length <= 6 && (IsCovered(words) || IsCovered(Unmasked(plain.TrimEnd(Digits))));
    }

    private static string Unmasked(string text) =>
        text.Replace('0', 'o').Replace('1', 'i').Replace('3', 'e').Replace('4', 'a').Replace('5', 's').Replace('7', 't');

    private static bool IsCovered(string text)
    {
        bool[] reached = new bool[text.Length + 1];
        reached[0] = true;
        for (int at = 0; at < text.Length; at++)
        {
            if (reached[at])
            {
                foreach (string word in Common.Where(word => string.CompareOrdinal(text, at, word, 0, word.Length) == 0))
                {
                    reached[at + word.Length] = true;
                }
            }
        }

        return reached[text.Length];
    }
}
