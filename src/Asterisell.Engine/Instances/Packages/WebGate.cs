namespace Asterisell.Engine.Instances.Packages;

/// <summary>Closes the customers' application while packages change, and opens it again if it was open.</summary>
/// <remarks>The file's name is the original's, read in its code; its existence is all that counts.</remarks>
internal sealed class WebGate(IInstance instance)
{
    private bool _closed;

    /// <summary>The file to remove to open it; null where it was closed before, and stays so.</summary>
    public string? Flag => _closed ? $"{instance.Definition.UserDirectory}/REMOVE_ME_FOR_ENABLING_ASTERISELL_APP" : null;

    /// <summary>Closes it.</summary>
    public async Task CloseAsync(CancellationToken cancellation) =>
        _closed = !await instance.Application.SetWebLockAsync(true, cancellation).ConfigureAwait(false);

    /// <summary>Opens it if <see cref="CloseAsync"/> closed it.</summary>
    public async Task OpenAsync(CancellationToken cancellation)
    {
        if (_closed)
        {
            await instance.Application.SetWebLockAsync(false, cancellation).ConfigureAwait(false);
            _closed = false;
        }
    }
}
