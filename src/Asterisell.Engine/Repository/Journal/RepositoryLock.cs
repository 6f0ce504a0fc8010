using Asterisell.Engine.Repository.Git;

namespace Asterisell.Engine.Repository.Journal;

/// <summary>One change of a checkout at a time. The system drops the lock when its process dies, however it dies.</summary>
internal sealed class RepositoryLock : IDisposable
{
    private readonly FileStream _file;

    private RepositoryLock(FileStream file) => _file = file;

    /// <summary>Takes it.</summary>
    /// <exception cref="AsterisellException"><c>RepositoryBusy</c>.</exception>
    public static RepositoryLock Take(Checkout checkout)
    {
        string path = checkout.OwnPath("asterisell/lock");
        try
        {
            JournalFolder.Create(Path.GetDirectoryName(path)!);
            return new RepositoryLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
        }
        catch (UnauthorizedAccessException denied)
        {
            throw GitErrors.JournalNotWritten(checkout.Root, denied.Message.TrimEnd('.'));
        }
        catch (IOException)
        {
            throw GitErrors.RepositoryBusy(checkout.Root);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
