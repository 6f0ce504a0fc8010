namespace Asterisell.Engine.Instances;

/// <summary>Several streams read one after the other.</summary>
internal sealed class ChainStream(params Stream[] parts) : ForwardStream
{
    private int _current;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        for (; _current < parts.Length; _current++)
        {
            int count = await parts[_current].ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (count > 0)
            {
                return count;
            }
        }

        return 0;
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        for (; _current < parts.Length; _current++)
        {
            int read = parts[_current].Read(buffer, offset, count);
            if (read > 0)
            {
                return read;
            }
        }

        return 0;
    }
}
