namespace Asterisell.Engine.Instances.Users;

/// <summary>
/// Hashes and checks passwords by the very functions of PHP with which the application does it. The password goes through standard input.
/// </summary>
internal sealed class PasswordHasher(IInstance instance)
{
    /// <summary>Reads password, NUL, hash. Says <c>same</c> where the hash is the password's, else a new hash.</summary>
    private const string Script = """
        list($password, $hash) = explode("\0", stream_get_contents(STDIN));
        echo $hash !== '' && password_verify($password, $hash) ? 'same' : password_hash($password, PASSWORD_BCRYPT);
        """;

    /// <summary>A new hash; null where <paramref name="hash"/> is the password's already.</summary>
    public async Task<string?> HashUnlessSameAsync(Secret password, string hash, CancellationToken cancellation)
    {
        // display_errors=stderr: what PHP says of itself must not pass for a hash.
        var command = new InstanceCommand(["php", "-d", "display_errors=stderr", "-r", Script])
        {
            Input = new MemoryStream(Bash.Fields(password.Reveal(), hash)),
        };
        CommandOutcome outcome = await instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        string answer = outcome.OutputText.Trim();
        if (outcome.ExitCode != 0 || !(answer == "same" || answer.StartsWith("$2", StringComparison.Ordinal)))
        {
            throw UserErrors.PasswordNotHashed(instance.Definition, InstanceErrors.OneLine(outcome.ErrorText));
        }

        return answer == "same" ? null : answer;
    }

    /// <summary>True where the hash is the password's.</summary>
    public async Task<bool> VerifyAsync(Secret password, string hash, CancellationToken cancellation) =>
        await HashUnlessSameAsync(password, hash, cancellation).ConfigureAwait(false) is null;
}
