namespace Asterisell.Engine.Repository.Secrets;

/// <summary>Finds complete conflicts: a beginning, a middle and an end. A heading underlined with <c>=======</c> is none.</summary>
internal sealed class MarkerScan(string path)
{
    private (int Line, string Text)? _begun;
    private bool _divided;

    /// <summary>Where each begins.</summary>
    public List<FoundLine> Found { get; } = [];

    /// <summary>Takes the next line.</summary>
    public void Add(string text, int line)
    {
        if (text.StartsWith("<<<<<<< ", StringComparison.Ordinal))
        {
            _begun = (line, text);
            _divided = false;
        }
        else if (_begun is not null && text == "=======")
        {
            _divided = true;
        }
        else if (_begun is var (start, first) && _divided && text.StartsWith(">>>>>>> ", StringComparison.Ordinal))
        {
            Found.Add(new FoundLine(path, start, first, first));
            _begun = null;
        }
    }
}
