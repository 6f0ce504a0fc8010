using Asterisell.Engine.Deployment.Containers;
using Asterisell.Engine.Deployment.Release;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Instances.Application;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Deployment.Update.Phases;

/// <summary>Makes the new rate engine wait beside the present one: compiled in the instance, or a file of this machine. It must run there.</summary>
internal sealed class BuildPhase(UpdateWorld world) : IUpdateWork
{
    /// <summary>The sources below the application's folder.</summary>
    public const string Sources = "rating_tools/rate_engine";

    /// <summary>The old tool's folder, so that what was compiled before is not compiled again.</summary>
    private const string Folder = "/asterisell_compilations/rate_engine";

    private static readonly TimeSpan Limit = TimeSpan.FromHours(3);

    /// <summary>$1 folder with the sources, $2 build folder.</summary>
    private const string BringSources = """
        export LC_ALL=C
        mkdir -p -- "$2" && find "$2" -mindepth 1 -maxdepth 1 ! -name .stack-work -exec rm -rf -- {} + || exit 1
        cp -a -T -- "$1" "$2" && rm -rf -- "$1"
        """;

    /// <summary>$1 program, $2 where it waits. Every program of GHC knows <c>+RTS --info</c>; one of another kind ignores it, or says so and does not run.</summary>
    private const string Take = """
        [ -f "$1" ] || { echo 'there is no such file' >&2; exit 44; }
        mkdir -p -- "${2%/*}" && cp -T -- "$1" "$2" && chown root:root -- "$2" && chmod 0700 -- "$2" || exit 1
        timeout 60 "$2" +RTS --info -RTS </dev/null >/dev/null 2>"$2.error"
        code=$?
        head -c 2000 "$2.error" >&2
        rm -f -- "$2.error"
        [ $code -lt 126 ] && exit 0
        rm -f -- "$2"
        echo "it ends with exit code $code" >&2
        exit 45
        """;

    public UpdatePhase Phase => UpdatePhase.Build;

    private string Waiting => $"{world.Store.Folder}/tree/{ApplicationTree.RateEngine}";

    private RateEngineSettings Settings => world.Definition.Settings.RateEngine;

    public async Task<bool> RunAsync(IOperationProgress progress, CancellationToken cancellation)
    {
        if (world.Wanted.RateEngine == RateEngineOrigin.File)
        {
            progress.Report("bringing the rate engine");
            await BringAsync(cancellation).ConfigureAwait(false);
            return true;
        }

        progress.Report("compiling the rate engine");
        await BringSourcesAsync(cancellation).ConfigureAwait(false);
        if (Settings.Build[0] == "stack")
        {
            await CompileAsync(["stack", "setup"], cancellation).ConfigureAwait(false);
        }

        await CompileAsync(Settings.Build, cancellation).ConfigureAwait(false);
        await TakeAsync(await FindProgramAsync(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
        return true;
    }

    private async Task BringAsync(CancellationToken cancellation)
    {
        string path = Settings.Program!;
        string brought = $"{world.Store.Folder}/RateEngine";
        try
        {
            await world.Instance.Files.WriteAsync(
                brought, await File.ReadAllBytesAsync(path, cancellation).ConfigureAwait(false), new FileOwnership("root", "root", 0x1C0), cancellation).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw UpdateErrors.RateEngineNotFound(world.Definition, path, failure.Message);
        }

        await TakeAsync(brought, cancellation).ConfigureAwait(false);
    }

    private async Task BringSourcesAsync(CancellationToken cancellation)
    {
        ReleaseTree release = world.Wanted.Tree!;
        UnixAccounts accounts = await world.Files.GetAccountsAsync(cancellation).ConfigureAwait(false);
        IEnumerable<TreeEntry> sources = release.Entries.Where(entry => entry.Path == Sources || entry.Path.StartsWith(Sources + "/", StringComparison.Ordinal));
        await ApplicationArchive.SendAsync(
            release, sources, "", accounts.GroupId("root"),
            tar => world.Instance.Files.ExtractTarAsync(world.Store.Folder, tar, cancellation), cancellation).ConfigureAwait(false);
        await world.RunAsync(
            "bringing the sources of the rate engine", BringSources, [$"{world.Store.Folder}/{Sources}", Folder], null, cancellation).ConfigureAwait(false);
    }

    /// <summary>Behind the billing, not beside it.</summary>
    private async Task<string> CompileAsync(IReadOnlyList<string> arguments, CancellationToken cancellation)
    {
        var command = new InstanceCommand(["nice", "-n", "10", .. arguments]) { WorkingDirectory = Folder, Timeout = Limit };
        CommandOutcome outcome = await world.Instance.Exec.RunAsync(command, cancellation).ConfigureAwait(false);
        return outcome.ExitCode == 0
            ? outcome.OutputText
            : throw UpdateErrors.RateEngineBuildFailed(
                world.Definition, string.Join(' ', arguments), outcome.ExitCode, InstanceErrors.OneLine(outcome.ErrorText + outcome.OutputText));
    }

    private async Task<string> FindProgramAsync(CancellationToken cancellation) => Settings.Output is { } output
        ? $"{Folder}/{output}"
        : $"{(await CompileAsync([Settings.Build[0], "path", "--local-install-root"], cancellation).ConfigureAwait(false)).Trim()}/bin/RateEngine";

    private async Task TakeAsync(string program, CancellationToken cancellation)
    {
        CommandOutcome outcome = await world.Instance.Exec.RunAsync(Bash.Command(Take, program, Waiting), cancellation).ConfigureAwait(false);
        if (outcome.ExitCode != 0)
        {
            string why = InstanceErrors.OneLine(outcome.ErrorText);
            throw outcome.ExitCode == 44
                ? UpdateErrors.RateEngineNotFound(world.Definition, program, why)
                : UpdateErrors.RateEngineUnusable(world.Definition, program, why);
        }
    }
}
