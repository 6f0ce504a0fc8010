namespace Asterisell;

/// <summary>Encryption of the connection to a mail server.</summary>
public enum SmtpEncryption
{
    /// <summary>None.</summary>
    Plain,

    /// <summary>From the first byte.</summary>
    Ssl,

    /// <summary>After the greeting (STARTTLS).</summary>
    Tls,
}
