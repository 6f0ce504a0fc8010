using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>Text to nodes. Reads events rather than objects, so that each node keeps its place and no type is ever made from a tag.</summary>
internal sealed class YamlLoader
{
    private readonly FindingList findings;
    private readonly Parser parser;
    private readonly Dictionary<AnchorName, YamlNode?> anchors = [];
    private long nodes;

    private YamlLoader(string text, FindingList findings)
    {
        this.findings = findings;
        parser = new Parser(new StringReader(text));
    }

    /// <summary>The only document of a text; null, with findings, when it cannot be read to its end.</summary>
    public static YamlNode? Load(string text, FindingList findings)
    {
        YamlLoader loader = new(text, findings);
        try
        {
            return loader.LoadDocument();
        }
        catch (YamlException error)
        {
            YamlSyntax.Report(text, error, findings);
            return null;
        }
        catch (StopLoadingException)
        {
            return null;
        }
    }

    private YamlNode? LoadDocument()
    {
        Next<StreamStart>();
        parser.MoveNext();
        if (parser.Current is StreamEnd)
        {
            return null;
        }

        parser.MoveNext();
        YamlNode root = LoadNode(1);
        parser.MoveNext();
        parser.MoveNext();
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
        (int line, int column) = ((int)current.Start.Line, (int)current.Start.Column);
        if (depth > YamlLimits.Depth)
        {
            throw Stop(FindingId.TooDeep, line, column, $"Nested deeper than {YamlLimits.Depth} levels.");
        }

        if (++nodes > YamlLimits.Nodes)
        {
            throw Stop(FindingId.TooManyNodes, line, column, $"More than {YamlLimits.Nodes} values.");
        }

        if (current is AnchorAlias alias)
        {
            return Resolve(alias, line, column, depth);
        }

        NodeEvent start = (NodeEvent)current;
        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor] = null;
        }

        YamlNode node = start switch
        {
            SequenceStart => LoadSequence(line, column, depth),
            MappingStart => LoadMapping(line, column, depth),
            _ => LoadScalar((Scalar)start, line, column),
        };
        CheckTag(start, node);
        if (!start.Anchor.IsEmpty)
        {
            anchors[start.Anchor] = node;
        }

        return node;
    }

    private YamlSequence LoadSequence(int line, int column, int depth)
    {
        YamlSequence sequence = new(line, column, []);
        while (parser.MoveNext() && parser.Current is not SequenceEnd)
        {
            YamlNode item = LoadNode(depth + 1);
            sequence.Items.Add(item);
            Count(sequence, item);
        }

        return sequence;
    }

    private YamlMapping LoadMapping(int line, int column, int depth)
    {
        YamlMapping mapping = new(line, column, []);
        Dictionary<string, YamlScalar> keys = new(StringComparer.Ordinal);
        while (parser.MoveNext() && parser.Current is not MappingEnd)
        {
            YamlNode key = LoadNode(depth + 1);
            parser.MoveNext();
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

        return mapping;
    }

    private static YamlScalar LoadScalar(Scalar scalar, int line, int column) =>
        new(line, column, scalar.Value, scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.Value != "tag:yaml.org,2002:str"));

    private YamlNode Resolve(AnchorAlias alias, int line, int column, int depth)
    {
        if (!anchors.TryGetValue(alias.Value, out YamlNode? node))
        {
            throw Stop(FindingId.UnknownAlias, line, column, $"'*{Excerpt.Of(alias.Value.Value)}' stands for an anchor that is not above it.");
        }

        if (node is null)
        {
            throw Stop(FindingId.UnknownAlias, line, column, $"'*{Excerpt.Of(alias.Value.Value)}' contains itself.");
        }

        if (depth + node.Height - 1 > YamlLimits.Depth)
        {
            throw Stop(FindingId.TooDeep, line, column, $"Nested deeper than {YamlLimits.Depth} levels.");
        }

        nodes += node.ExpandedNodes;
        if (nodes > YamlLimits.Nodes)
        {
            throw Stop(
                FindingId.TooManyNodes, line, column, $"With this alias the file stands for more than {YamlLimits.Nodes} values.",
                "Use templates and extends instead of anchors.");
        }

        return node;
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
            findings.Error(FindingId.UnknownTag, node, string.Empty, $"The tag '{Excerpt.Of(tag)}' means nothing here.", "a value without a tag");
        }
    }

    private static void Count(YamlNode parent, YamlNode child)
    {
        parent.ExpandedNodes += child.ExpandedNodes;
        parent.Height = Math.Max(parent.Height, child.Height + 1);
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (!parser.MoveNext() || parser.Current is not T)
        {
            throw new YamlException($"Not a {typeof(T).Name}.");
        }
    }

    private StopLoadingException Stop(string id, int line, int column, string message, string? suggestion = null)
    {
        findings.ErrorAt(id, line, column, message, suggestion: suggestion);
        return new StopLoadingException();
    }

    /// <summary>Ends the reading of a file whose finding is already recorded.</summary>
    private sealed class StopLoadingException : Exception;
}
