using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipes;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Asterisell.Engine.Docker.Transport;

/// <summary>A connection over a named pipe. Docker's pipes take an empty message as the end of input; .NET itself sends none.</summary>
[SuppressMessage("Interoperability", "SYSLIB1054", Justification = "Generated marshalling would make the whole project unsafe.")]
[SupportedOSPlatform("windows")]
internal sealed class PipeConnection(NamedPipeClientStream pipe) : DuplexStream
{
    private const int Pending = 997; // ERROR_IO_PENDING

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        pipe.ReadAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        pipe.WriteAsync(buffer, cancellationToken);

    /// <inheritdoc/>
    public override async ValueTask CompleteWritingAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Run(() => WriteEmptyMessage(pipe.SafePipeHandle), cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is Win32Exception or ObjectDisposedException)
        {
            // The other side is gone already; reading will tell how.
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            pipe.Dispose();
        }

        base.Dispose(disposing);
    }

    private static void WriteEmptyMessage(SafePipeHandle handle)
    {
        using EventWaitHandle done = new(false, EventResetMode.ManualReset);

        // The low bit keeps the completion away from .NET's own port, which knows nothing of this write.
        NativeOverlapped overlapped = new() { EventHandle = done.SafeWaitHandle.DangerousGetHandle() | 1 };
        if (!WriteFile(handle, 0, 0, 0, ref overlapped)
            && (Marshal.GetLastPInvokeError() != Pending || !GetOverlappedResult(handle, ref overlapped, out _, wait: true)))
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [DllImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool WriteFile(SafePipeHandle file, nint buffer, uint length, nint written, ref NativeOverlapped overlapped);

    [DllImport("kernel32.dll", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool GetOverlappedResult(
        SafePipeHandle file, ref NativeOverlapped overlapped, out uint transferred, [MarshalAs(UnmanagedType.Bool)] bool wait);
}
