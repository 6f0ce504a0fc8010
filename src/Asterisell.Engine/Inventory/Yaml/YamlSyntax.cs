using System.Text.RegularExpressions;

namespace Asterisell.Engine.Inventory.Yaml;

/// <summary>A place where the YAML parser gave up.</summary>
/// <param name="Line">Line it points at.</param>
/// <param name="Column">Column it points at.</param>
/// <param name="Message">Its own words; empty when it has none.</param>
/// <param name="OpenBracket">Innermost list or mapping in brackets that was being read; null for none.</param>
internal sealed record ParserFailure(int Line, int Column, string Message, YamlNode? OpenBracket);

/// <summary>
/// What the YAML parser refuses, in an operator's words and at the place that has to be changed. No message repeats a value: it may be a
/// password.
/// </summary>
internal static partial class YamlSyntax
{
    /// <summary>Adds what explains a failure to the findings.</summary>
    /// <returns>Line that has to be changed; 0 when the file as a whole has to be.</returns>
    public static int Report(SourceLines lines, ParserFailure failure, FindingList findings)
    {
        if (ReportConflicts(lines, findings))
        {
            return 0;
        }

        if (ReportTabs(lines, failure, findings) is var tab and > 0)
        {
            return tab;
        }

        Explanation found = Explain(lines, failure);
        findings.ErrorAt(FindingId.SyntaxError, found.Line, found.Column, found.Message, suggestion: found.Suggestion);
        return found.Line;
    }

    private static bool ReportConflicts(SourceLines lines, FindingList findings)
    {
        bool any = false;
        for (int number = 1; number <= lines.Count; number++)
        {
            if (lines[number].StartsWith("<<<<<<< ", StringComparison.Ordinal))
            {
                any = true;
                findings.ErrorAt(
                    FindingId.MergeConflict, number, 1, "A merge conflict of git begins here.",
                    suggestion: "Keep one of the two versions up to the line of '>>>>>>>', and take the three marks out.");
            }
        }

        return any;
    }

    /// <summary>Every line that a tab indents, when one of them is what the parser stumbled over.</summary>
    private static int ReportTabs(SourceLines lines, ParserFailure failure, FindingList findings)
    {
        int[] indented = [.. Enumerable.Range(1, lines.Count).Where(number => lines.HasContent(number) && TabIn(lines[number]) >= 0)];

        // The parser names no place for a tab: it is the first one at or behind the last node that it read.
        int culprit = indented.FirstOrDefault(number => number >= failure.Line);
        bool explains = failure.Message.Contains("tab as indentation", StringComparison.Ordinal)
            || (culprit > 0 && culprit <= failure.Line + 1);
        if (!explains || indented.Length == 0)
        {
            return 0;
        }

        foreach (int number in indented)
        {
            findings.ErrorAt(
                FindingId.TabIndentation, number, TabIn(lines[number]) + 1, "A tab indents this line.", "blanks: YAML allows no tabs here");
        }

        return culprit > 0 ? culprit : indented[0];
    }

    private static int TabIn(string line)
    {
        int indentation = line.Length - line.AsSpan().TrimStart(" \t").Length;
        return line.AsSpan(0, indentation).IndexOf('\t');
    }

    private static Explanation Explain(SourceLines lines, ParserFailure failure)
    {
        string line = lines[failure.Line];
        string at = failure.Column <= line.Length ? line[(failure.Column - 1)..] : string.Empty;
        string message = failure.Message;
        if (message.Contains("unknown escape", StringComparison.Ordinal))
        {
            return new(failure.Line, failure.Column, "A backslash in double quotes begins an escape, and this one is none.", "Use single quotes.");
        }

        if (message.Contains("quoted scalar", StringComparison.Ordinal))
        {
            return new(failure.Line, failure.Column, "The quote that begins here does not end.", "Put the same quote behind the text.");
        }

        if (message.Contains("start any token", StringComparison.Ordinal) || message.Contains("disallowed", StringComparison.Ordinal))
        {
            return CannotBegin(failure, at);
        }

        if (failure.OpenBracket is { } bracket)
        {
            char opening = bracket is YamlSequence ? '[' : '{';
            return new(
                bracket.Line, bracket.Column, $"The '{opening}' that begins here is not closed properly.",
                $"See that each item but the last is followed by a comma, and the last by '{(opening == '[' ? ']' : '}')}'.");
        }

        if (message.Contains("mapping", StringComparison.OrdinalIgnoreCase) && !message.Contains("expected key", StringComparison.Ordinal))
        {
            return ExplainColon(lines, failure);
        }

        if (message.Contains("expected key", StringComparison.Ordinal) || message.Contains("expected '-'", StringComparison.Ordinal))
        {
            return ExplainKey(lines, failure, at);
        }

        if (line.StartsWith('%'))
        {
            return new(failure.Line, 1, "A line that begins with '%' tells the YAML parser something that it does not understand.", "Take it out.");
        }

        return at.Length > 0 && "@`%&*!>|-,]}".Contains(at[0])
            ? CannotBegin(failure, at)
            : new(failure.Line, failure.Column, $"Not YAML: {Excerpt.Of(message.TrimEnd('.').ToLowerInvariant())}.", null);
    }

    /// <summary>A colon where none can be: behind a key without a blank, in a line indented too deep, or in a value.</summary>
    private static Explanation ExplainColon(SourceLines lines, ParserFailure failure)
    {
        int above = lines.ContentAbove(failure.Line);
        if (above > 0 && MissingBlank().Match(lines[above]) is { Success: true } tight)
        {
            return NeedsBlank(above, tight);
        }

        if (above > 0 && NoColon().IsMatch(lines[above]) && lines.Indentation(above) == lines.Indentation(failure.Line))
        {
            return NeedsColon(lines, above);
        }

        return above > 0 && lines.Indentation(failure.Line) > lines.Indentation(above) && lines[failure.Line].IndexOf(':', StringComparison.Ordinal) + 1 >= failure.Column
            ? Misplaced(lines, failure.Line, $"This line is indented deeper than line {above}, which has a value already.")
            : new(failure.Line, failure.Column, "A value holds ': '.", "Put the value into quotes.");
    }

    private static Explanation ExplainKey(SourceLines lines, ParserFailure failure, string at)
    {
        string line = lines[failure.Line];
        if (at is [']' or '}', ..])
        {
            return new(failure.Line, failure.Column, $"Nothing is open that '{at[0]}' closes.", "Take it out.");
        }

        if (MissingBlank().Match(line) is { Success: true } tight)
        {
            return NeedsBlank(failure.Line, tight);
        }

        if (NoColon().IsMatch(line))
        {
            return NeedsColon(lines, failure.Line);
        }

        if (failure.Message.Contains("expected '-'", StringComparison.Ordinal))
        {
            return Misplaced(lines, failure.Line, "A key stands where the list above goes on.");
        }

        return line.AsSpan().TrimStart() is ['-', ' ', ..]
            ? Misplaced(lines, failure.Line, "A list item stands where a key is expected.")
            : AfterQuote().Match(line) is { Success: true } after
                ? new(failure.Line, after.Groups[1].Index + 1, "Text goes on behind the closing quote.", "Put all of it into the quotes.")
                : Misplaced(lines, failure.Line, "The indentation of this line fits none above it.");
    }

    private static Explanation CannotBegin(ParserFailure failure, string at) =>
        new(failure.Line, failure.Column, $"'{(at.Length > 0 ? at[..1] : string.Empty)}' cannot begin a value.", "Put the value into quotes.");

    private static Explanation NeedsBlank(int line, Match tight) =>
        new(line, tight.Groups[1].Index + 1, "There is no blank behind the ':'.", $"Write '{Excerpt.Of(tight.Groups[1].Value)}: …'.");

    private static Explanation NeedsColon(SourceLines lines, int line) =>
        new(line, lines.Indentation(line) + 1, "There is no ':' in this line.", "Write 'key: value'.");

    private static Explanation Misplaced(SourceLines lines, int line, string message) =>
        new(line, lines.Indentation(line) + 1, message, "Keys of one level begin in the same column.");

    [GeneratedRegex(@"^\s*([A-Za-z][\w./-]*\+?):([^\s:][^:]*)$")]
    private static partial Regex MissingBlank();

    [GeneratedRegex(@"^\s*[^\s#:'""\[{-][^:#]*$")]
    private static partial Regex NoColon();

    [GeneratedRegex(@"(?:""[^""]*""|'[^']*')[ ]*([^\s,:#\]}'""].*)$")]
    private static partial Regex AfterQuote();

    private sealed record Explanation(int Line, int Column, string Message, string? Suggestion);
}
