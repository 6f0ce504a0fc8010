using System.Globalization;
using System.Runtime.CompilerServices;
using Asterisell.Engine.Instances;
using Asterisell.Engine.Operations;

namespace Asterisell.Engine.Backup.Undo;

/// <summary>Former states of organizations and rates that an instance keeps in its database. It is only read.</summary>
public sealed class UndoHistory(IInstance instance)
{
    private readonly PhpClock _phpClock = new(instance.Exec, instance.Definition);

    /// <summary>Lists them: organizations, the newest first, then rates by name.</summary>
    /// <param name="query">Which, and what of each.</param>
    /// <param name="progress">Told the steps; null for nobody.</param>
    /// <param name="cancellation">Ends the reading.</param>
    /// <exception cref="AsterisellException"><c>UndoPointNotFound</c>, <c>UndoFileNotWritten</c>, and those of the database.</exception>
    public async IAsyncEnumerable<AsterisellUndo> ListAsync(
        UndoQuery query, IProgress<string>? progress, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        HashSet<long> unseen = [.. query.Ids];
        if (query.Kinds.Count == 0 || query.Kinds.Contains(UndoKind.Organizations))
        {
            progress?.Report("reading the undo history of organizations");
            await foreach (AsterisellUndo undo in OrganizationsAsync(query, cancellation).ConfigureAwait(false))
            {
                unseen.Remove(undo.Id);
                yield return undo;
            }
        }

        if (query.Kinds.Count == 0 || query.Kinds.Contains(UndoKind.Rate))
        {
            progress?.Report("reading previous versions of rates");
            await foreach (RateVersion rate in RateVersion.ListAsync(instance, cancellation).ConfigureAwait(false))
            {
                if (query.Ids.Count == 0 || query.Ids.Contains(rate.Id))
                {
                    unseen.Remove(rate.Id);
                    yield return await DescribeAsync(rate, query, cancellation).ConfigureAwait(false);
                }
            }
        }

        foreach (long id in unseen)
        {
            throw UndoErrors.UndoPointNotFound(instance.Definition, query.Kinds is [var kind] ? kind : UndoKind.Organizations, id);
        }
    }

    private async IAsyncEnumerable<AsterisellUndo> OrganizationsAsync(UndoQuery query, [EnumeratorCancellation] CancellationToken cancellation)
    {
        OrganizationTables tables = await OrganizationTables.ReadAsync(instance, cancellation).ConfigureAwait(false);
        InstanceClock clock = await _phpClock.ReadAsync(cancellation).ConfigureAwait(false);
        RowIndex now = await RowIndex.ReadAsync(tables, PresentOrganizations.RowsAsync(instance, new DumpRows(), null, cancellation), cancellation).ConfigureAwait(false);
        var list = new Listing(this, tables, clock, now, query);
        foreach ((long? newest, int count) in query.Ids.Count == 0 ? [(null, query.First)] : query.Ids.Select(id => ((long?)id, 1)))
        {
            // One more than is shown: what changed with a state shows beside the one before it.
            int read = 0;
            (OrganizationPoint Point, RowIndex? Rows, string? Damage)? later = null;
            await foreach (OrganizationPoint point in OrganizationPoint.ListAsync(instance, newest, count + 1, cancellation).ConfigureAwait(false))
            {
                if (newest is { } id && later is null && point.Id != id)
                {
                    break;
                }

                read++;
                (RowIndex? rows, string? damage) = await ReadAsync(tables, point, cancellation).ConfigureAwait(false);
                list.Newest ??= rows is not null && rows.ChangesFrom(now).IsEmpty ? point.Id : null;
                if (later is { } shown)
                {
                    yield return await list.DescribeAsync(shown.Point, shown.Rows, shown.Damage, rows, cancellation).ConfigureAwait(false);
                }

                later = (point, rows, damage);
            }

            if (later is { } oldest && read <= count)
            {
                yield return await list.DescribeAsync(oldest.Point, oldest.Rows, oldest.Damage, null, cancellation).ConfigureAwait(false);
            }
        }
    }

    private static async Task<(RowIndex? Rows, string? Damage)> ReadAsync(OrganizationTables tables, OrganizationPoint point, CancellationToken cancellation)
    {
        try
        {
            return (await RowIndex.ReadAsync(tables, point.RowsAsync(new DumpRows(), cancellation), cancellation).ConfigureAwait(false), null);
        }
        catch (InvalidDataException damage)
        {
            return (null, damage.Message);
        }
    }

    private async Task<AsterisellUndo> DescribeAsync(RateVersion rate, UndoQuery query, CancellationToken cancellation)
    {
        string inForce = rate.InForce ?? "";
        bool isWhole = rate.WhyNot is null;
        (int removed, int added) = isWhole ? TextDiff.Count(rate.Previous!, inForce) : (0, 0);
        string hunks = query.Diff && isWhole ? TextDiff.Unified(inForce, rate.Previous!) : "";
        return new AsterisellUndo
        {
            Name = instance.Definition.Name,
            HostName = instance.Definition.HostName,
            Kind = UndoKind.Rate,
            Id = rate.Id,
            State = isWhole ? UndoState.Whole : rate.Previous is "" ? UndoState.Empty : UndoState.Damaged,
            Reason = rate.WhyNot,
            Rate = rate.Reference,
            ValidFrom = rate.ValidFrom,
            IsCurrent = isWhole && rate.Previous == rate.InForce,
            Changes = removed + added == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"lines: {added} added, {removed} removed"),
            Diff = !query.Diff ? null : hunks.Length == 0 ? "" : $"--- rate {rate.Reference} in force\n+++ rate {rate.Reference} previous\n{hunks}",
            Files = query.Destination is { } folder && isWhole
                ? [await WriteAsync(folder, string.Create(CultureInfo.InvariantCulture, $"rate-{rate.Id}-{rate.Reference}.txt"), rate.Previous!, cancellation).ConfigureAwait(false)]
                : [],
        };
    }

    private Task<string> WriteAsync(string folder, string name, string content, CancellationToken cancellation) => UndoFiles.WriteAsync(
        folder, $"{instance.Definition.HostName}-{instance.Definition.Name}-{name}", file => file.WriteAsync(ByteText.Encode(content), cancellation).AsTask());

    /// <summary>What the points of one listing share.</summary>
    private sealed class Listing(UndoHistory history, OrganizationTables tables, InstanceClock clock, RowIndex now, UndoQuery query)
    {
        /// <summary>A point that is what the instance has now; null where none was met yet.</summary>
        public long? Newest { get; set; }

        public async Task<AsterisellUndo> DescribeAsync(
            OrganizationPoint point, RowIndex? rows, string? damage, RowIndex? earlier, CancellationToken cancellation)
        {
            AsterisellInstance definition = history.Instance.Definition;
            return new AsterisellUndo
            {
                Name = definition.Name,
                HostName = definition.HostName,
                Kind = UndoKind.Organizations,
                Id = point.Id,
                State = damage is null ? UndoState.Whole : damage == "it is empty" ? UndoState.Empty : UndoState.Damaged,
                Reason = damage,
                SavedAt = point.WrittenAt is { } written ? clock.ToOffset(written) : null,
                ApplicationVersion = point.Version,
                IsCurrent = rows is not null && rows.ChangesFrom(now).IsEmpty,
                Changes = rows is null || earlier is null ? "" : rows.ChangesFrom(earlier).ToString(),
                Diff = !query.Diff || rows is null ? null
                    : await new OrganizationDiff(history.Instance, tables).MakeAsync(point, rows, now, Newest, cancellation).ConfigureAwait(false),
                Files = query.Destination is { } folder && rows is not null ? await WriteAsync(folder, point, cancellation).ConfigureAwait(false) : [],
            };
        }

        private async Task<IReadOnlyList<string>> WriteAsync(string folder, OrganizationPoint point, CancellationToken cancellation)
        {
            AsterisellInstance definition = history.Instance.Definition;
            string name = string.Create(CultureInfo.InvariantCulture, $"organizations-{point.Id}");
            List<string> files =
            [
                await UndoFiles.WriteAsync(folder, $"{definition.HostName}-{definition.Name}-{name}.sql", async file =>
                {
                    Stream text = point.OpenText();
                    await using (text.ConfigureAwait(false))
                    {
                        await text.CopyToAsync(file, cancellation).ConfigureAwait(false);
                    }
                }).ConfigureAwait(false),
            ];
            if (await OrganizationExport.FindAsync(history.Instance, point.Id, cancellation).ConfigureAwait(false) is { } yaml)
            {
                files.Add(await history.WriteAsync(folder, $"{name}.yaml", yaml, cancellation).ConfigureAwait(false));
            }

            return files;
        }
    }

    private IInstance Instance => instance;
}
