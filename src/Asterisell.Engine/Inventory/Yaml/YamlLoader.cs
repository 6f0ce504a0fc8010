using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>Text to nodes. Reads events rather than objects, so that each node keeps its place and no type is ever made from a tag.</summary>
internal sealed class YamlLoader
{
    private readonly FindingList findings;
    private readonly Parser parser;
    private readonly Dictionary<AnchorName, YamlNode?> anchors = [];
    private readonly Stack<YamlNode> brackets = [];
    private readonly string text;
    private Mark lastEnd = Mark.Empty;
    private long nodes;

    private YamlLoader(string text, FindingList findings)
    {
        this.text = text;
        this.findings = findings;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>The only document of a text; of use only when no finding is an error. Null when there is nothing in it.</summary>
    public static YamlNode? Load(string text, FindingList findings)
    {
        SourceLines? lines = null;
        for (int errors = 0; ; errors++)
        {
            YamlLoader loader = new(lines?.ToString() ?? text, findings);
            try
            {
                return loader.LoadDocument();
            }
            catch (StopLoadingException)
            {
                return null;
            }

            // The scanner of YamlDotNet 16.3 leaves an invalid operation to itself where a bracket is not closed.
            catch (Exception error) when (error is YamlException or InvalidOperationException)
            {
                lines ??= new SourceLines(text);
                int culprit = YamlSyntax.Report(lines, loader.Failure(error), findings);
                if (errors >= InventoryLimits.SyntaxErrors || text.Length > InventoryLimits.RepairedCharacters || !YamlRepair.Empty(lines, culprit, findings))
                {
                    return null;
                }
            }
        }
    }

    private ParserFailure Failure(Exception error)
    {
        Mark read = parser.Current?.End ?? Mark.Empty;
        Mark mark = error is YamlException { Start.Index: > 0 } syntax ? syntax.Start : read;
        return new ParserFailure(
            Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column), error is YamlException ? error.Message : string.Empty,
            brackets.TryPeek(out YamlNode? bracket) ? bracket : null);
    }

    private YamlNode? LoadDocument()
    {
        Advance();
        Advance();
        if (parser.Current is StreamEnd)
        {
            return null;
        }

        Advance();
        YamlNode root = LoadNode(1);
        Advance();
        Advance();
        if (parser.Current is DocumentStart second)
        {
            findings.ErrorAt(
                FindingId.SeveralDocuments, (int)second.Start.Line, (int)second.Start.Column, "A second document begins here.",
                "one document in a file", "Remove the line of dashes, or put what follows into a file of its own.");
        }

        return root;
    }

    private YamlNode LoadNode(int depth)
    {
        ParsingEvent current = parser.Current!;
        (int line, int column) = Place(current);
        if (depth > InventoryLimits.Depth)
        {
            throw Stop(FindingId.TooDeep, line, column, $"Nested deeper than {InventoryLimits.Depth} levels.");
        }

        if (++nodes > InventoryLimits.Nodes)
        {
            throw Stop(FindingId.TooManyNodes, line, column, $"More than {InventoryLimits.Nodes} values.");
        }

        if (current is AnchorAlias alias)
        {
            return Resolve(alias, line, column, depth);
        }

        NodeEvent start = current as NodeEvent ?? throw new YamlException(current.Start, current.End, "did not find expected node content");
        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor] = null;
        }

        YamlNode node = start switch
        {
            SequenceStart => LoadSequence(line, column, depth, IsAt(start, '[')),
            MappingStart => LoadMapping(line, column, depth, IsAt(start, '{')),
            _ => LoadScalar((Scalar)start, line, column),
        };
        CheckTag(start, node);
        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor] = node;
        }

        return node;
    }

    private YamlSequence LoadSequence(int line, int column, int depth, bool inBrackets)
    {
        YamlSequence sequence = new(line, column, []);
        Open(sequence, inBrackets);
        while (Advance() is not SequenceEnd)
        {
            YamlNode item = LoadNode(depth + 1);
            sequence.Items.Add(item);
            Count(sequence, item);
        }

        Close(inBrackets);
        return sequence;
    }

    private YamlMapping LoadMapping(int line, int column, int depth, bool inBrackets)
    {
        YamlMapping mapping = new(line, column, []);
        Open(mapping, inBrackets);
        Dictionary<string, YamlScalar> keys = new(StringComparer.Ordinal);
        while (Advance() is not MappingEnd)
        {
            YamlNode key = LoadNode(depth + 1);
            Advance();
            YamlNode value = LoadNode(depth + 1);
            Count(mapping, value);
            if (key is not YamlScalar name)
            {
                findings.Error(FindingId.ComplexKey, key, string.Empty, $"The key is {key.Description}.", "a word");
            }
            else if (!keys.TryAdd(name.Value, name))
            {
                findings.Error(
                    FindingId.DuplicateKey, name, string.Empty,
                    $"The key '{Excerpt.Of(name.Value)}' stands here twice, first in line {keys[name.Value].Line}.");
            }
            else
            {
                mapping.Entries.Add(new YamlEntry(name, value));
            }
        }

        Close(inBrackets);
        return mapping;
    }

    private static YamlScalar LoadScalar(Scalar scalar, int line, int column) =>
        new(line, column, scalar.Value, scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.Value != "tag:yaml.org,2002:str"));

    private YamlNode Resolve(AnchorAlias alias, int line, int column, int depth)
    {
        if (!anchors.TryGetValue(alias.Value, out YamlNode? node))
        {
            return Broken(line, column, "The alias stands for an anchor that is not above it.", "Put a value that begins with '*' into quotes.");
        }

        if (node is null)
        {
            return Broken(line, column, "The alias stands for what contains it.", null);
        }

        if (depth + node.Height - 1 > InventoryLimits.Depth)
        {
            throw Stop(FindingId.TooDeep, line, column, $"Nested deeper than {InventoryLimits.Depth} levels.");
        }

        nodes += node.ExpandedNodes;
        if (nodes > InventoryLimits.Nodes)
        {
            throw Stop(
                FindingId.TooManyNodes, line, column, $"With this alias the file stands for more than {InventoryLimits.Nodes} values.",
                "Use templates and extends instead of anchors.");
        }

        return node;
    }

    private YamlBroken Broken(int line, int column, string message, string? suggestion)
    {
        findings.ErrorAt(FindingId.UnknownAlias, line, column, message, suggestion: suggestion);
        return new YamlBroken(line, column);
    }

    private void CheckTag(NodeEvent start, YamlNode node)
    {
        if (start.Tag.IsEmpty || start.Tag.IsNonSpecific)
        {
            return;
        }

        string tag = start.Tag.Value;
        if (tag is not ("tag:yaml.org,2002:str" or "tag:yaml.org,2002:map" or "tag:yaml.org,2002:seq"))
        {
            findings.Error(
                FindingId.UnknownTag, node, string.Empty, "The tag means nothing here.", "a value without a tag",
                "Put a value that begins with '!' into quotes.");
        }
    }

    /// <summary>The parser gives the start of the text for the mapping that <c>[a: b]</c> implies; it begins where the last event ended.</summary>
    private (int Line, int Column) Place(ParsingEvent current)
    {
        Mark mark = current is MappingStart { Style: MappingStyle.Flow } && !IsAt(current, '{') ? lastEnd : current.Start;
        return (Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));
    }

    private bool IsAt(ParsingEvent start, char bracket) => start.Start.Index < text.Length && text[(int)start.Start.Index] == bracket;

    private void Open(YamlNode node, bool inBrackets)
    {
        if (inBrackets)
        {
            brackets.Push(node);
        }
    }

    private void Close(bool inBrackets)
    {
        if (inBrackets)
        {
            brackets.Pop();
        }
    }

    private static void Count(YamlNode parent, YamlNode child)
    {
        parent.ExpandedNodes += child.ExpandedNodes;
        parent.Height = Math.Max(parent.Height, child.Height + 1);
    }

    private ParsingEvent Advance()
    {
        lastEnd = parser.Current?.End ?? Mark.Empty;
        return parser.MoveNext() ? parser.Current! : throw new YamlException("did not find expected node content");
    }

    private StopLoadingException Stop(string id, int line, int column, string message, string? suggestion = null)
    {
        findings.ErrorAt(id, line, column, message, suggestion: suggestion);
        return new StopLoadingException();
    }

    /// <summary>Ends the reading of a file whose finding is already recorded.</summary>
    private sealed class StopLoadingException : Exception;
}
