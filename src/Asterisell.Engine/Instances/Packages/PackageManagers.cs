namespace Asterisell.Engine.Instances.Packages;

/// <summary>Finds the package manager of an instance.</summary>
internal static class PackageManagers
{
    private const string Script = """
        for program in apt-get dnf yum; do
          command -v "$program" >/dev/null && { echo "$program"; exit 0; }
        done
        """;

    public static async Task<IPackageManager> FindAsync(IInstance instance, CancellationToken cancellation)
    {
        CommandOutcome outcome = await instance.Exec.RunAsync(Bash.Command(Script), cancellation).ConfigureAwait(false);
        return outcome.OutputText.Trim() switch
        {
            "apt-get" => new AptManager(),
            "dnf" => new RpmManager("dnf"),
            "yum" => new RpmManager("yum"),
            _ => throw PackageErrors.PackageManagerNotFound(instance.Definition),
        };
    }
}
