using Asterisell.Engine.Deployment.Database;
using Asterisell.Engine.Deployment.Templates;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Packages;
using Asterisell.Engine.Inventory.Secrets;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Passwords;

/// <summary>
/// Gives the database's accounts new passwords, and both applications their files: MariaDB is told to take former and new ones, then the files
/// change, then the former ones end. So nobody is locked out at any moment, and whoever finds it killed half-way only runs it again.
/// </summary>
/// <param name="secrets">Looks the inventory's passwords up.</param>
/// <param name="clock">Our own clock.</param>
public sealed class DatabasePasswordChange(SecretResolver secrets, TimeProvider? clock = null)
{
    /// <summary>Removes what symfony keeps of <c>databases.yml</c>: it does not look at the file again. $1, $2: directories of the applications.</summary>
    private const string ForgetScript = """
        for directory in "$1" "$2"; do
          [ -d "$directory/cache" ] || continue
          find "$directory/cache" -type f -name 'config_databases.yml.php' -delete
        done
        """;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan UndoLimit = TimeSpan.FromSeconds(60);

    private readonly TimeProvider _clock = clock ?? TimeProvider.System;

    /// <summary>Changes as on a MariaDB before 10.4, whatever runs.</summary>
    internal bool OneMethodOnly { get; init; }

    /// <summary>Secrets that are looked up.</summary>
    public static IEnumerable<SecretReference> SecretsOf(AsterisellInstance instance)
    {
        ArgumentNullException.ThrowIfNull(instance);
        return new[] { instance.Settings.Database.Password, instance.Settings.Database.CustomerPassword }.OfType<SecretReference>();
    }

    /// <summary>
    /// Changes the passwords to those of the inventory. Where it names none, a new one of 190 bits is made, which stands in the application's
    /// own <c>databases.yml</c> alone.
    /// </summary>
    /// <param name="instance">A running instance.</param>
    /// <param name="options">How long is waited.</param>
    /// <param name="progress">Told what is being done; null for nobody.</param>
    /// <param name="cancellation">Puts everything back as it was.</param>
    /// <returns><c>Unchanged</c> where the inventory's passwords are those that are used, and no others are let in.</returns>
    /// <exception cref="AsterisellException">See <see cref="PasswordErrors"/>, and those of secrets. Unless the id is <c>PasswordChangeStuck</c>, all is as before.</exception>
    public async Task<OperationResult> ChangeAsync(
        IInstance instance, PasswordChangeOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(instance);
        ArgumentNullException.ThrowIfNull(options);
        DateTimeOffset startedAt = _clock.GetUtcNow();
        long start = _clock.GetTimestamp();
        progress?.Report("looking at accounts and files");
        PasswordPlan plan = await PlanAsync(instance, cancellation).ConfigureAwait(false);
        if (plan.IsDone)
        {
            return End(OperationStatus.Unchanged, "The database has the inventory's passwords already, and lets no others in.");
        }

        IReadOnlyList<string> missing = await new InstanceHealth(instance).FindMissingAsync(cancellation).ConfigureAwait(false);
        try
        {
            await ApplyAsync(instance, plan, missing, options, progress, cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is AsterisellException or OperationCanceledException or IOException)
        {
            await UndoAsync(instance, plan, missing, failure, progress).ConfigureAwait(false);
            throw;
        }

        string made = plan.Made.Count == 0 ? "" : $" Of {string.Join(" and ", plan.Made)} the inventory names none: a new one was made, which config/databases.yml alone holds.";
        return End(OperationStatus.Succeeded, $"Both applications and MariaDB's root have new passwords; the former ones are refused.{made}");

        OperationResult End(OperationStatus status, string message) => new(
            instance.Definition.Name, instance.Definition.HostName, "SetPassword", status, startedAt, _clock.GetElapsedTime(start), message);
    }

    private async Task<PasswordPlan> PlanAsync(IInstance instance, CancellationToken cancellation)
    {
        AsterisellInstance definition = instance.Definition;
        CredentialFile admin = await CredentialFile.ReadAsync(instance, definition.AdminDirectory, cancellation).ConfigureAwait(false);
        CredentialFile customer = await CredentialFile.ReadAsync(instance, definition.UserDirectory, cancellation).ConfigureAwait(false);
        List<string> made = [];
        Secret adminPassword = await FindAsync(definition.Settings.Database.Password, "database.password").ConfigureAwait(false);
        Secret customerPassword = await FindAsync(definition.Settings.Database.CustomerPassword, "database.customerPassword").ConfigureAwait(false);
        if (adminPassword.Reveal() == customerPassword.Reveal())
        {
            throw PasswordErrors.PasswordsEqual(definition);
        }

        return await PasswordPlan.ReadAsync(instance, (admin, adminPassword), (customer, customerPassword), made, OneMethodOnly, cancellation).ConfigureAwait(false);

        async Task<Secret> FindAsync(SecretReference? reference, string setting)
        {
            if (reference is null)
            {
                made.Add(setting);
                return NativePassword.Random();
            }

            Secret found = await secrets.ResolveAsync(reference, cancellation).ConfigureAwait(false);
            try
            {
                _ = SymfonyYaml.Scalar(setting, found.Reveal());
                return found;
            }
            catch (TemplateValueException failure)
            {
                throw PasswordErrors.PasswordUnwritable(definition, setting, failure.Message);
            }
        }
    }

    private static async Task ApplyAsync(
        IInstance instance, PasswordPlan plan, IReadOnlyList<string> missing, PasswordChangeOptions options, IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report("letting former and new passwords in");
        await plan.OpenBothAsync(cancellation).ConfigureAwait(false);
        progress?.Report("writing the credentials of both applications");
        await plan.WriteAsync(instance, isNew: true, cancellation).ConfigureAwait(false);
        await ForgetAsync(instance, cancellation).ConfigureAwait(false);
        await RequireWellAsync(instance, plan, missing, options.HealthLimit, progress, cancellation).ConfigureAwait(false);
        await WaitForFormerPassAsync(instance, options.DrainLimit, progress, cancellation).ConfigureAwait(false);
        progress?.Report("ending the former passwords");
        await plan.CloseFormerAsync(cancellation).ConfigureAwait(false);
        await RequireWellAsync(instance, plan, missing, options.HealthLimit, progress, cancellation).ConfigureAwait(false);
    }

    /// <summary>Each account logs in with what its file says, and the instance does its work as before.</summary>
    private static async Task RequireWellAsync(
        IInstance instance, PasswordPlan plan, IReadOnlyList<string> missing, TimeSpan limit, IOperationProgress? progress, CancellationToken cancellation)
    {
        progress?.Report("testing the instance");
        string? flaw = await plan.FindRefusedAsync(instance, cancellation).ConfigureAwait(false);
        IReadOnlyList<string> flaws = flaw is null
            ? await new InstanceHealth(instance).WaitAsync(missing, limit, progress, cancellation).ConfigureAwait(false)
            : [flaw];
        if (flaws.Count > 0)
        {
            throw PasswordErrors.PasswordChangeUndone(instance.Definition, string.Join("; ", flaws) + ".", null);
        }
    }

    /// <summary>A pass that began with the former password may connect again at any time; one that begins now reads the new one.</summary>
    private static async Task WaitForFormerPassAsync(IInstance instance, TimeSpan limit, IOperationProgress? progress, CancellationToken cancellation)
    {
        long start = Environment.TickCount64;
        ApplicationActivity first = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        ApplicationActivity now = first;
        while (now.IsBusy && now.LockInfo == first.LockInfo)
        {
            if (Environment.TickCount64 - start > limit.TotalMilliseconds)
            {
                throw PasswordErrors.PasswordChangeUndone(
                    instance.Definition, $"{now.Describe()} still works with the former one after {limit.TotalSeconds:0} s.", null);
            }

            progress?.Report($"waiting for {now.Describe()}, which has the former password");
            await Task.Delay(Pause, cancellation).ConfigureAwait(false);
            now = await instance.Application.GetActivityAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async Task UndoAsync(
        IInstance instance, PasswordPlan plan, IReadOnlyList<string> missing, Exception failure, IOperationProgress? progress)
    {
        progress?.Report("putting the former passwords back");
        string why = failure is AsterisellException known ? known.Reason : failure is OperationCanceledException ? "it was cancelled" : failure.Message;
        using var limit = new CancellationTokenSource(UndoLimit);
        try
        {
            await plan.ReopenFormerAsync(limit.Token).ConfigureAwait(false);
            await plan.WriteAsync(instance, isNew: false, limit.Token).ConfigureAwait(false);
            await ForgetAsync(instance, limit.Token).ConfigureAwait(false);
            await plan.CloseNewAsync(limit.Token).ConfigureAwait(false);
            string[] flaws = [.. (await new InstanceHealth(instance).FindMissingAsync(limit.Token).ConfigureAwait(false)).Except(missing, StringComparer.Ordinal)];
            if (flaws.Length > 0 && failure is not OperationCanceledException)
            {
                throw PasswordErrors.PasswordChangeStuck(instance.Definition, why.TrimEnd('.'), string.Join("; ", flaws), null);
            }
        }
        catch (Exception undoing) when (undoing is OperationCanceledException or IOException or AsterisellException { ErrorId: not nameof(PasswordErrors.PasswordChangeStuck) })
        {
            string text = undoing is AsterisellException one ? one.Reason.TrimEnd('.') : undoing is IOException ? undoing.Message.TrimEnd('.') : "it took too long";
            throw PasswordErrors.PasswordChangeStuck(instance.Definition, why.TrimEnd('.'), text, failure as AsterisellException);
        }

        if (failure is AsterisellException { ErrorId: not nameof(PasswordErrors.PasswordChangeUndone) } or IOException)
        {
            throw PasswordErrors.PasswordChangeUndone(instance.Definition, why, failure as AsterisellException);
        }
    }

    private static async Task ForgetAsync(IInstance instance, CancellationToken cancellation)
    {
        CommandOutcome outcome = await instance.Exec.RunAsync(
            Bash.Command(ForgetScript, instance.Definition.AdminDirectory, instance.Definition.UserDirectory), cancellation).ConfigureAwait(false);
        if (outcome.ExitCode != 0)
        {
            throw InstanceErrors.ScriptFailed(instance.Definition, "removing what symfony keeps of databases.yml", outcome.ExitCode, outcome.ErrorText);
        }
    }
}
