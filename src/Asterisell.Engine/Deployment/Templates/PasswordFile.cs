using System.Security.Cryptography;
using System.Text;

namespace Asterisell.Engine.Deployment.Templates;

/// <summary>A password file of nginx: users with the SHA-512 crypt of their passwords.</summary>
internal static class PasswordFile
{
    /// <summary>The file.</summary>
    /// <param name="purpose">Instance and use; it is part of each salt.</param>
    /// <param name="setting">Setting the accounts come from, for errors.</param>
    /// <param name="accounts">User and password.</param>
    public static string Render(string purpose, string setting, IEnumerable<(string User, string Password)> accounts)
    {
        var text = new StringBuilder();
        foreach ((string user, string password) in accounts)
        {
            if (password.Length == 0 || password.Any(char.IsControl))
            {
                throw new TemplateValueException($"{setting} '{user}'", "a browser cannot send an empty password or one with control characters");
            }

            text.Append(SafeWord.Check(setting, user)).Append(':')
                .Append(Sha512Crypt.Hash(Encoding.UTF8.GetBytes(password), Salt($"{purpose}\n{user}"))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>
    /// The same for the same account, so that rendering twice gives the same file; different for any two accounts. It must not come from
    /// the password: then a guess could be tried against the salt, a thousand times faster than against the hash.
    /// </summary>
    private static string Salt(string account) =>
        Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(account)))[..Sha512Crypt.SaltLength].Replace('+', '.');
}
