using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>The process's own terminal in raw mode, on Linux and macOS; as it was when disposed.</summary>
/// <remarks>
/// <c>cfmakeraw</c> knows the layout of the settings, which differs between systems, so they stay opaque here. Keys are read only when
/// <c>poll</c> says there are some: a pending read would swallow the first key after the session.
/// </remarks>
[UnsupportedOSPlatform("windows")]
internal sealed partial class RawUnixTerminal : ITerminal
{
    private const int StandardInput = 0;
    private const int ApplyNow = 0;
    private const short CanRead = 1;
    private const int PollMilliseconds = 50;
    private const int Interrupted = 4;

    // The largest termios of the systems .NET runs on is 72 bytes.
    private readonly byte[] _before = new byte[256];
    private readonly Stream _output = Console.OpenStandardOutput();
    private bool _disposed;

    internal RawUnixTerminal()
    {
        Check(GetAttributes(StandardInput, _before));
        byte[] raw = [.. _before];
        MakeRaw(raw);
        Check(SetAttributes(StandardInput, ApplyNow, raw));
    }

    public TerminalSize Size => new(Console.WindowWidth, Console.WindowHeight);

    public ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation) =>
        new(Task.Run(() => Read(buffer.Span, cancellation), cancellation));

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> output, CancellationToken cancellation)
    {
        await _output.WriteAsync(output, cancellation).ConfigureAwait(false);
        await _output.FlushAsync(cancellation).ConfigureAwait(false);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _ = SetAttributes(StandardInput, ApplyNow, _before);
            _output.Dispose();
        }
    }

    private static int Read(Span<byte> buffer, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var descriptor = new PollDescriptor { Descriptor = StandardInput, Events = CanRead };
            int ready = Poll(ref descriptor, 1, PollMilliseconds);
            if (ready < 0 && Marshal.GetLastPInvokeError() != Interrupted)
            {
                Check(ready);
            }

            if (ready > 0)
            {
                nint count = ReadBytes(StandardInput, ref MemoryMarshal.GetReference(buffer), buffer.Length);
                return count >= 0 ? (int)count : throw new Win32Exception(Marshal.GetLastPInvokeError());
            }
        }
    }

    private static void Check(int result)
    {
        if (result < 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(int descriptor, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(int descriptor, int when, byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollDescriptor descriptors, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadBytes(int descriptor, ref byte buffer, nint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollDescriptor
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
