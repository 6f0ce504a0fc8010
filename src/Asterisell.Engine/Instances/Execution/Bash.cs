namespace Asterisell.Engine.Instances;

/// <summary>
/// Fixed scripts for the container's bash (4.2 of CentOS 7 and newer). Data reach them as positional parameters or, where any byte must
/// be possible or nobody else may see them, NUL-terminated at the start of standard input; they never become part of a script.
/// </summary>
internal static class Bash
{
    /// <summary>A command that runs a fixed script.</summary>
    /// <param name="script">Constant text.</param>
    /// <param name="parameters"><c>$1</c>, <c>$2</c>…; never a secret.</param>
    public static InstanceCommand Command(string script, params string[] parameters) =>
        new InstanceCommand(["/bin/bash", "-c", script, "asterisell", .. parameters]);

    /// <summary>Fields, NUL-terminated, as <c>IFS= read -r -d ''</c> takes them one by one.</summary>
    /// <exception cref="ArgumentException">A field holds a NUL.</exception>
    public static byte[] Fields(params string[] fields)
    {
        using var buffer = new MemoryStream();
        foreach (string field in fields)
        {
            if (field.Contains('\0', StringComparison.Ordinal))
            {
                throw new ArgumentException("A value for a script cannot hold the character NUL.", nameof(fields));
            }

            buffer.Write(ByteText.Encode(field));
            buffer.WriteByte(0);
        }

        return buffer.ToArray();
    }
}
