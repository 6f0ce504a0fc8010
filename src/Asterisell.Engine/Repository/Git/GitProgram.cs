using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Asterisell.Engine.Repository.Git;

/// <summary>Runs the git program in one folder. Arguments are an array; data goes in by standard input; names come back with NUL between them.</summary>
/// <param name="folder">Folder that it runs in.</param>
/// <param name="interactive">True where git and what it starts may ask the operator at the terminal.</param>
internal sealed class GitProgram(string folder, bool interactive)
{
    private const int KeptErrorCharacters = 16 * 1024;
    private static readonly TimeSpan ErrorPatience = TimeSpan.FromMilliseconds(200);

    // A session of its own leaves git, ssh and gpg no terminal to ask on, and lets a hook be ended together with the git that runs it.
    private static readonly string? Setsid = OperatingSystem.IsWindows() ? null : FindProgram("setsid");

    /// <summary>Folder that it runs in.</summary>
    public string Folder => folder;

    /// <summary>The same in another folder.</summary>
    public GitProgram In(string other) => new(other, interactive);

    /// <summary>Runs git to its end, however it ends.</summary>
    /// <param name="arguments">Arguments, none secret.</param>
    /// <param name="cancellation">Ends git and what it started.</param>
    /// <param name="input">What it reads.</param>
    /// <param name="environment">Further variables.</param>
    /// <exception cref="AsterisellException"><c>GitMissing</c>.</exception>
    public async Task<GitOutput> RunAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, ReadOnlyMemory<byte> input = default,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        using MemoryStream output = new();
        (int code, string errors) = await RunAsync(arguments, input, environment, stream => stream.CopyToAsync(output, CancellationToken.None), cancellation)
            .ConfigureAwait(false);
        return new GitOutput(code, output.ToArray(), errors);
    }

    /// <summary>Runs git, which must succeed.</summary>
    /// <exception cref="AsterisellException"><c>GitFailed</c> and what <see cref="RunAsync(IReadOnlyList{string}, CancellationToken, ReadOnlyMemory{byte}, IReadOnlyDictionary{string, string})"/> says.</exception>
    public async Task<GitOutput> RequireAsync(
        IReadOnlyList<string> arguments, CancellationToken cancellation, ReadOnlyMemory<byte> input = default,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        GitOutput output = await RunAsync(arguments, cancellation, input, environment).ConfigureAwait(false);
        return output.Succeeded ? output : throw GitErrors.From(folder, arguments, output);
    }

    /// <summary>Runs git and hands its output to a reader as it comes.</summary>
    /// <returns>Exit code, and the end of what it said as errors.</returns>
    public async Task<(int ExitCode, string Errors)> RunAsync(
        IReadOnlyList<string> arguments, ReadOnlyMemory<byte> input, IReadOnlyDictionary<string, string>? environment, Func<Stream, Task> read,
        CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        bool leadsSession = !interactive && Setsid is not null;
        using Process git = Start(arguments, environment, leadsSession);
        StringBuilder errors = new();
        Task error = ReadErrorsAsync(git.StandardError, errors);
        Task ending = Task.CompletedTask;
        using (cancellation.Register(() => ending = GitSignal.EndAsync(git, leadsSession)))
        {
            Task output = read(git.StandardOutput.BaseStream);
            await FeedAsync(git, input).ConfigureAwait(false);
            await output.ConfigureAwait(false);
            await git.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }

        await ending.ConfigureAwait(false);

        // What git leaves behind (a cache of credentials) may hold the pipe of errors for hours.
        await Task.WhenAny(error, Task.Delay(ErrorPatience, CancellationToken.None)).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        lock (errors)
        {
            return (git.ExitCode, errors.ToString());
        }
    }

    private static async Task FeedAsync(Process git, ReadOnlyMemory<byte> input)
    {
        try
        {
            await git.StandardInput.BaseStream.WriteAsync(input, CancellationToken.None).ConfigureAwait(false);
            git.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its exit code tells why.
        }
    }

    private Process Start(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment, bool leadsSession)
    {
        if (!Directory.Exists(folder))
        {
            throw GitErrors.FolderNotFound(folder);
        }

        string program = FindProgram(OperatingSystem.IsWindows() ? "git.exe" : "git") ?? throw GitErrors.GitMissing();
        ProcessStartInfo start = new(leadsSession ? Setsid! : program)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardErrorEncoding = Encoding.UTF8,
            CreateNoWindow = true,
            WorkingDirectory = folder,
        };
        foreach (string argument in (string[])[.. leadsSession ? [program] : Array.Empty<string>(), "--no-pager", "-c", "color.ui=false", .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        GitEnvironment.Apply(start, interactive);
        foreach ((string name, string value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception error)
        {
            throw GitErrors.GitMissing(error);
        }
    }

    private static async Task ReadErrorsAsync(StreamReader reader, StringBuilder errors)
    {
        char[] buffer = new char[1024];
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer).ConfigureAwait(false)) > 0)
            {
                lock (errors)
                {
                    errors.Append(buffer, 0, read);
                    if (errors.Length > KeptErrorCharacters)
                    {
                        errors.Remove(0, errors.Length - KeptErrorCharacters);
                    }
                }
            }
        }
        catch (Exception ended) when (ended is IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The process is being ended.
        }
    }

    private static string? FindProgram(string name) => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(place => Path.Combine(place, name))
        .FirstOrDefault(File.Exists);
}
