namespace Asterisell.Engine.Inventory;

/// <summary>Chooses instances of an inventory by name, host and tag.</summary>
public static class InstanceSelector
{
    /// <summary>The instances that a query asks for.</summary>
    /// <remarks>A wildcard that matches nothing is no error, a word without wildcards is one: a misspelt name, host or tag must not pass for an empty fleet.</remarks>
    public static InstanceSelection Select(AsterisellInventory inventory, InstanceQuery query)
    {
        List<AsterisellException> errors = [];
        CheckWords(
            query.HostNames, inventory.Hosts.Select(host => host.Name), (word, nearest) => InventoryErrors.HostNotFound(word, inventory.Path, nearest), errors);
        CheckWords(
            query.Tags, inventory.Instances.SelectMany(instance => instance.Tags),
            (word, nearest) => InventoryErrors.TagNotFound(word, inventory.Path, nearest), errors);
        AsterisellInstance[] candidates =
        [
            .. inventory.Instances.Where(instance => MatchesAny(query.HostNames, instance.HostName)
                && (query.Tags.Count == 0 || instance.Tags.Any(tag => MatchesAny(query.Tags, tag)))),
        ];

        HashSet<AsterisellInstance> chosen = new(ReferenceEqualityComparer.Instance);
        HashSet<AsterisellInstance> leftOut = new(ReferenceEqualityComparer.Instance);
        foreach (string name in query.Names.Count == 0 ? ["*"] : query.Names)
        {
            NamePattern pattern = NamePattern.Parse(name);
            AsterisellInstance[] matches = [.. candidates.Where(pattern.IsMatch)];
            if (pattern.IsExact && !inventory.Instances.Any(pattern.IsMatch))
            {
                errors.Add(InventoryErrors.InstanceNotFound(name, inventory.Path, Nearest(name, inventory)));
            }
            else if (query.ForChange && pattern.IsExact && matches.Length > 1)
            {
                errors.Add(InventoryErrors.InstanceNameAmbiguous(name, [.. matches.Select(match => match.ToString())]));
            }
            else
            {
                chosen.UnionWith(matches.Where(match => !query.ForChange || match.Active || pattern.IsExact));
                leftOut.UnionWith(matches.Where(match => query.ForChange && !match.Active && !pattern.IsExact));
            }
        }

        leftOut.ExceptWith(chosen);
        return new InstanceSelection([.. candidates.Where(chosen.Contains)], [.. candidates.Where(leftOut.Contains)], errors);
    }

    private static bool MatchesAny(IReadOnlyList<string> patterns, string text) =>
        patterns.Count == 0 || patterns.Any(pattern => Wildcard.IsMatch(pattern, text));

    private static void CheckWords(
        IReadOnlyList<string> words, IEnumerable<string> known, Func<string, IReadOnlyList<string>, AsterisellException> error,
        List<AsterisellException> errors)
    {
        foreach (string word in words.Where(word => !Wildcard.HasWildcard(word) && !known.Any(name => Wildcard.IsMatch(word, name))))
        {
            errors.Add(error(word, NearestName.FindAll(word, known, 3)));
        }
    }

    private static IReadOnlyList<string> Nearest(string name, AsterisellInventory inventory)
    {
        bool withHost = name.Contains('/', StringComparison.Ordinal);
        return NearestName.FindAll(name, inventory.Instances.Select(instance => withHost ? instance.ToString() : instance.Name), 3);
    }
}
