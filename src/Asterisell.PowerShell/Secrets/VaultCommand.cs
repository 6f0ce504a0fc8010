using System.Management.Automation;
using System.Net;
using System.Security;

namespace Asterisell.PowerShell.Secrets;

/// <summary>Runs <c>Get-Secret</c> of SecretManagement in the operator's own runspace, where vaults were registered and unlocked.</summary>
/// <remarks>
/// Never with <c>-AsPlainText</c>: the value then goes through PowerShell as a SecureString, which logs and traces show by its type alone.
/// Ids of its errors as in SecretManagement 1.1: <c>GetSecretNotFound</c> after all vaults were asked, <c>GetSecretVaultNotFound</c> for a
/// vault that is not registered, and for a locked one an exception named <c>PasswordRequiredException</c>, inside another or by itself.
/// </remarks>
internal static class VaultCommand
{
    private const string Module = "Microsoft.PowerShell.SecretManagement";

    /// <summary>The secret; null when there is none of that name.</summary>
    /// <exception cref="AsterisellException">See <see cref="VaultErrors"/>.</exception>
    public static Secret? Run(string name, string? vault, CancellationToken cancellation)
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        shell.AddCommand($@"{Module}\Get-Secret").AddParameter("Name", name).AddParameter("ErrorAction", ActionPreference.Continue);
        if (vault is not null)
        {
            shell.AddParameter("Vault", vault);
        }

        // A vault may be a service far away.
        using CancellationTokenRegistration ending = cancellation.Register(() => shell.BeginStop(null, null));
        return Judge(name, vault, Invoke(shell, name, vault, cancellation), shell.Streams.Error);
    }

    private static object? Invoke(System.Management.Automation.PowerShell shell, string name, string? vault, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            return shell.Invoke<PSObject>().FirstOrDefault()?.BaseObject;
        }
        catch (PipelineStoppedException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (CommandNotFoundException missing)
        {
            throw IsInstalled() ? VaultErrors.VaultNotReadable(name, vault, FirstLine(missing)) : VaultErrors.VaultModuleMissing(name);
        }
        catch (RuntimeException failure) when (failure is not PipelineStoppedException)
        {
            throw Failure(name, vault, failure.ErrorRecord);
        }
    }

    /// <summary>PowerShell says the same of a module that is not there and of one that does not load.</summary>
    private static bool IsInstalled()
    {
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        return shell.AddCommand(@"Microsoft.PowerShell.Core\Get-Module").AddParameter("Name", Module).AddParameter("ListAvailable").Invoke().Count > 0;
    }

    private static Secret? Judge(string name, string? vault, object? found, PSDataCollection<ErrorRecord> errors)
    {
        switch (found)
        {
            case SecureString secure:
                using (secure)
                {
                    return ToSecret(name, new NetworkCredential("", secure).Password);
                }

            case string text:
                return ToSecret(name, text);
            case PSCredential credential:
                return ToSecret(name, credential.GetNetworkCredential().Password);
            case not null:
                throw VaultErrors.VaultSecretUnusable(name, $"is a {found.GetType().Name}");
            default:
                return errors.FirstOrDefault(error => !Is(error, "GetSecretNotFound")) is ErrorRecord worst ? throw Failure(name, vault, worst) : null;
        }
    }

    private static Secret ToSecret(string name, string value) => value.Length == 0 || value.Any(char.IsControl)
        ? throw VaultErrors.VaultSecretUnusable(name, value.Length == 0 ? "is empty" : "holds several lines or control characters")
        : new Secret(value);

    private static AsterisellException Failure(string name, string? vault, ErrorRecord error)
    {
        if (Is(error, "GetSecretVaultNotFound"))
        {
            return VaultErrors.VaultNotFound(name, vault);
        }

        Exception[] causes = [.. Causes(error.Exception)];
        return causes.Any(cause => cause.GetType().Name == "PasswordRequiredException")
            ? VaultErrors.VaultLocked(name, vault)
            : VaultErrors.VaultNotReadable(name, vault, FirstLine(causes[^1]));
    }

    private static bool Is(ErrorRecord error, string id) =>
        error.FullyQualifiedErrorId.Split(',')[0].Equals(id, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
        {
            yield return failure;
        }
    }

    private static string FirstLine(Exception failure) => failure.Message.Split('\n')[0].Trim().TrimEnd('.');
}
