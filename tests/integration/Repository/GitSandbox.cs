using System.Diagnostics;
using System.Runtime.Versioning;
using System.Text;

namespace Asterisell.Tests.Integration.Repository;

/// <summary>An upstream repository and an operator's clone of it, with a git configuration that is nobody's own. Goes with its test.</summary>
[SupportedOSPlatform("linux")]
public sealed class GitSandbox : IDisposable
{
    public GitSandbox()
    {
        Directory.CreateDirectory(Upstream);
        Run(Upstream, "init", "--quiet", "--initial-branch=main");
        WriteUpstream("VERSION", "Asterisell-5.8");
        WriteUpstream("asterisell.php", "<?php\n");
        WriteUpstream("apps/rates.php", "<?php\n// one\n// two\n// three\n// four\n// five\n");
        WriteUpstream("apps/jobs.php", "<?php\n// a\n// b\n// c\n");
        CommitUpstream("Version 5.8");
        Run(Folder, "clone", "--quiet", Upstream, Clone);
        Identify(Upstream);
        Identify(Clone);
    }

    /// <summary>Folder of all of it.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("asterisell-git-").FullName;

    public string Upstream => Path.Combine(Folder, "upstream");

    public string Clone => Path.Combine(Folder, "clone");

    public string this[string path] => Path.Combine(Clone, path);

    /// <summary>Writes a file of the clone.</summary>
    public void Write(string path, string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[path])!);
        File.WriteAllText(this[path], content);
    }

    public string Read(string path) => File.ReadAllText(this[path]);

    public void WriteUpstream(string path, string content)
    {
        string full = Path.Combine(Upstream, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    /// <summary>Commits everything in the upstream.</summary>
    public string CommitUpstream(string message)
    {
        Run(Upstream, "add", "--all");
        Run(Upstream, "commit", "--quiet", "--message", message);
        return Run(Upstream, "rev-parse", "HEAD");
    }

    /// <summary>Commits everything in the clone.</summary>
    public string Commit(string message)
    {
        Run(Clone, "add", "--all");
        Run(Clone, "commit", "--quiet", "--message", message);
        return Git("rev-parse", "HEAD");
    }

    /// <summary>Git in the clone; what it writes.</summary>
    public string Git(params string[] arguments) => Run(Clone, arguments);

    /// <summary>Git in the clone, whatever it ends with.</summary>
    public int TryGit(params string[] arguments) => Start(Clone, arguments).Code;

    /// <summary>A new version that changes one line of a file and adds another file.</summary>
    public string NewVersion(string line = "// two, upstream's")
    {
        WriteUpstream("VERSION", "Asterisell-5.9");
        WriteUpstream("apps/rates.php", $"<?php\n// one\n{line}\n// three\n// four\n// five\n");
        WriteUpstream("apps/new.php", "<?php\n// new\n");
        return CommitUpstream("Version 5.9");
    }

    /// <summary>Gives the clone a hook; MARK in its script is the file whose path is returned.</summary>
    public string Hook(string name, string script)
    {
        string mark = Path.Combine(Folder, "mark");
        string hook = this[".git/hooks/" + name];
        File.WriteAllText(hook, $"#!/bin/sh\n{script.Replace("MARK", mark, StringComparison.Ordinal)}\n");
        File.SetUnixFileMode(hook, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return mark;
    }

    /// <summary>Takes hooks and filters of the clone out of work.</summary>
    public void Unhook()
    {
        Directory.Delete(this[".git/hooks"], recursive: true);
        Directory.CreateDirectory(this[".git/hooks"]);
        File.WriteAllText(Path.Combine(Folder, "mark.off"), "");
    }

    /// <summary>Waits for a file.</summary>
    public static async Task WaitForAsync(string mark)
    {
        for (int tries = 0; !File.Exists(mark); tries++)
        {
            Assert.True(tries < 600, $"{mark} did not appear.");
            await Task.Delay(50);
        }
    }

    /// <summary>Everything that must be as before after an update that is taken back: branch, index, files with modes, stash.</summary>
    public string Fingerprint()
    {
        StringBuilder text = new();
        text.AppendLine(Git("rev-parse", "HEAD")).AppendLine(Git("symbolic-ref", "HEAD"));
        text.AppendLine(Git("status", "--porcelain=v2", "--untracked-files=all", "--ignored")).AppendLine(Git("ls-files", "--stage"));
        text.AppendLine(Git("diff", "--cached")).AppendLine(Git("stash", "list"));
        foreach (string file in Directory.EnumerateFileSystemEntries(Clone, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            if (!file.StartsWith(Path.Combine(Clone, ".git"), StringComparison.Ordinal))
            {
                FileInfo info = new(file);
                text.Append(file).Append(' ').Append(info.UnixFileMode).Append(' ');
                text.AppendLine(info.LinkTarget ?? (info.Exists ? Convert.ToHexString(File.ReadAllBytes(file)) : "folder"));
            }
        }

        return text.ToString();
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal static string Run(string folder, params string[] arguments)
    {
        (int code, string output, string errors) = Start(folder, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"git {string.Join(' ', arguments)} ended with {code}: {errors}");
    }

    private static (int Code, string Output, string Errors) Start(string folder, string[] arguments)
    {
        ProcessStartInfo start = new("git", [.. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (string who in new[] { "AUTHOR", "COMMITTER" })
        {
            start.Environment[$"GIT_{who}_NAME"] = "Test";
            start.Environment[$"GIT_{who}_EMAIL"] = "test@example.com";
        }

        using Process git = Process.Start(start)!;
        Task<string> errors = git.StandardError.ReadToEndAsync();
        string output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        return (git.ExitCode, output.TrimEnd('\n'), errors.Result);
    }

    private static void Identify(string folder)
    {
        Run(folder, "config", "user.name", "Operator");
        Run(folder, "config", "user.email", "operator@example.com");
    }
}
