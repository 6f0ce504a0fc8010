using System.Diagnostics.CodeAnalysis;

namespace Asterisell.Engine.Instances;

/// <summary>Collects the fields of one entry after another from a listing that arrives in pieces.</summary>
internal sealed class EntryReader(AsterisellInstance instance)
{
    private readonly List<byte[]> _fields = new(FileScripts.FieldCount);

    public bool TryRead(DelimitedBytes cut, [NotNullWhen(true)] out InstanceFile? entry)
    {
        while (cut.TryTake(out ReadOnlyMemory<byte>? field))
        {
            _fields.Add(field.Value.ToArray());
            if (_fields.Count == FileScripts.FieldCount)
            {
                entry = Parse();
                _fields.Clear();
                return true;
            }
        }

        entry = null;
        return false;
    }

    public void ThrowIfIncomplete(DelimitedBytes cut, string directory)
    {
        if (_fields.Count > 0 || !cut.Rest.IsEmpty)
        {
            throw InstanceErrors.AnswerNotUnderstood(instance, $"listing '{directory}'", "it ends in the middle of an entry");
        }
    }

    private InstanceFile Parse()
    {
        try
        {
            return FileEntry.Parse(_fields);
        }
        catch (Exception failure) when (failure is FormatException or OverflowException or ArgumentException)
        {
            throw InstanceErrors.AnswerNotUnderstood(instance, "looking at files", failure.Message);
        }
    }
}
