using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Asterisell.Engine.Docker;

namespace Asterisell.Engine.Instances;

/// <summary>The process's own console in raw mode, on Windows; as it was when disposed.</summary>
[SupportedOSPlatform("windows")]
internal sealed partial class RawWindowsTerminal : ITerminal
{
    private const int InputHandle = -10;
    private const int OutputHandle = -11;
    private const uint VirtualTerminalInput = 0x0200;
    private const uint ProcessedAndVirtualOutput = 0x0001 | 0x0004;
    private const uint PollMilliseconds = 50;
    private const uint Signaled = 0;

    private readonly nint _inputHandle = GetHandle(InputHandle);
    private readonly nint _outputHandle = GetHandle(OutputHandle);
    private readonly uint _inputBefore;
    private readonly uint _outputBefore;
    private readonly Stream _input = Console.OpenStandardInput();
    private readonly Stream _output = Console.OpenStandardOutput();
    private bool _disposed;

    internal RawWindowsTerminal()
    {
        Check(GetMode(_inputHandle, out _inputBefore));
        Check(GetMode(_outputHandle, out _outputBefore));
        Check(SetMode(_inputHandle, VirtualTerminalInput));
        Check(SetMode(_outputHandle, _outputBefore | ProcessedAndVirtualOutput));
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
            _ = SetMode(_inputHandle, _inputBefore);
            _ = SetMode(_outputHandle, _outputBefore);
            _input.Dispose();
            _output.Dispose();
        }
    }

    private int Read(Span<byte> buffer, CancellationToken cancellation)
    {
        do
        {
            cancellation.ThrowIfCancellationRequested();
        }
        while (WaitFor(_inputHandle, PollMilliseconds) != Signaled);
        return _input.Read(buffer);
    }

    private static void Check(int result)
    {
        if (result == 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError());
        }
    }

    [LibraryImport("kernel32.dll", EntryPoint = "GetStdHandle", SetLastError = true)]
    private static partial nint GetHandle(int which);

    [LibraryImport("kernel32.dll", EntryPoint = "GetConsoleMode", SetLastError = true)]
    private static partial int GetMode(nint handle, out uint mode);

    [LibraryImport("kernel32.dll", EntryPoint = "SetConsoleMode", SetLastError = true)]
    private static partial int SetMode(nint handle, uint mode);

    [LibraryImport("kernel32.dll", EntryPoint = "WaitForSingleObject", SetLastError = true)]
    private static partial uint WaitFor(nint handle, uint milliseconds);
}
