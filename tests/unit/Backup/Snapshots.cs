using System.Text;
using Asterisell.Engine.Backup;
using Asterisell.Engine.Backup.Capture;
using Asterisell.Engine.Backup.Dump;
using Asterisell.Engine.Backup.Manifest;
using Asterisell.Engine.Backup.Storage;
using Asterisell.Engine.Backup.Tree;

namespace Asterisell.Tests.Unit.Backup;

/// <summary>Makes real snapshots without a container.</summary>
internal static class Snapshots
{
    public static readonly AsterisellInstance Instance = new()
    {
        Name = "billing",
        Host = new AsterisellHost { Name = "milan", Endpoint = new Uri("unix:///var/run/docker.sock") },
    };

    /// <summary>A whole snapshot at a time.</summary>
    /// <param name="destination">Folder.</param>
    /// <param name="id">When.</param>
    /// <param name="ranges">True for calls in pieces by month, as of a large table.</param>
    public static async Task<AsterisellBackup> MakeAsync(string destination, string id = "20240501T021500Z", bool ranges = false)
    {
        Assert.True(SnapshotId.TryParse(id, out SnapshotId snapshotId));
        InstanceFolder folder = InstanceFolder.Open(destination, Instance);
        await using SnapshotWriter writer = SnapshotWriter.Begin(folder, snapshotId);
        PieceList pieces = new();
        pieces.Add(await AddDumpAsync(writer, SnapshotLayout.Structure, PieceKind.Structure, PieceTexts.Structure));
        pieces.Add(await AddDumpAsync(writer, SnapshotLayout.Rows, PieceKind.Data, ranges ? PieceTexts.OtherRows : PieceTexts.Rows));
        foreach ((string month, string text) in ranges ? PieceTexts.CallRanges : new Dictionary<string, string>())
        {
            DumpedPiece piece = await AddDumpAsync(writer, SnapshotLayout.RangeOf("ar_cdr", month), PieceKind.Data, text);
            pieces.Add(piece.Piece with
            {
                Range = new ManifestRange { Table = "ar_cdr", Column = "calldate", Month = month, Definition = new string('d', 64), DumpedIn = id },
            });
        }

        pieces.Add(await AddDumpAsync(writer, SnapshotLayout.Objects, PieceKind.Objects, PieceTexts.Objects));
        await writer.AddFileAsync(SnapshotLayout.Accounts, "CREATE USER `a`@`localhost`;\n"u8.ToArray(), default);
        await new TreeWriter(writer, _ => null).StoreAsync(new MemoryStream(Tar().Finish()), Tar().Asked(), onStored: null, default);
        SnapshotManifest manifest = Describe(snapshotId, pieces, await writer.CompleteListingAsync(default));
        await writer.CommitAsync(manifest, default);
        return await BackupCatalog.DescribeAsync(folder.Path, snapshotId, Instance.HostName, Instance.Name, default);
    }

    private static TarBuilder Tar() => new TarBuilder()
        .Directory("etc/").File("etc/hosts", "127.0.0.1 localhost\n").File("etc/empty", "").Link("etc/localtime", "/usr/share/zoneinfo/UTC")
        .Directory("etc/none/").File("etc/big", new string('b', 300_000)).File("etc/odd\xFF:name", "odd");

    public static async Task<DumpedPiece> AddDumpAsync(SnapshotWriter writer, string path, PieceKind kind, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        DumpScanner scanner = new();
        scanner.Feed(bytes);
        await using SnapshotFile file = writer.CreateFile(path);
        await using (BlockCompressor compressor = new(default))
        {
            BlockText piece = new(compressor, file);
            piece.Write(bytes);
            piece.Complete();
            await compressor.CompleteAsync();
        }

        string sha256 = writer.AddFile(file);
        DumpSummary content = scanner.Complete();
        return new DumpedPiece(
            new ManifestPiece { Path = path, Kind = kind, TextBytes = content.TextBytes, SizeBytes = file.Length, Sha256 = sha256, Rows = content.Rows }, content);
    }

    public static SnapshotManifest Describe(SnapshotId id, PieceList pieces, ManifestListing listing) => new()
    {
        Format = SnapshotManifest.FormatName,
        FormatVersion = SnapshotManifest.CurrentVersion,
        Snapshot = id.ToString(),
        StartedAt = id.Time.AddMilliseconds(250),
        FinishedAt = id.Time.AddSeconds(12),
        Instance = new ManifestInstance
        {
            Name = Instance.Name, Host = Instance.HostName, Container = Instance.ContainerName, ContainerId = "c0ffee", Image = "asterisell", ImageId = "sha256:1",
        },
        Versions = new ManifestVersions
        {
            Module = "0.1.0", Application = "Asterisell-5.8", DatabaseServer = "10.11.6-MariaDB", DumpProgram = "mysqldump",
        },
        Database = new ManifestDatabase
        {
            Name = "asterisell",
            DumpedAs = "root",
            Consistency = new ManifestConsistency
            {
                Method = ConsistencyMethod.SnapshotTransaction,
                Statement = "one moment",
                Engines = new Dictionary<string, int> { ["InnoDB"] = pieces.Tables.Count },
                JobPassAtStart = false,
                JobPassAtEnd = false,
            },
            Pieces = pieces.Pieces,
            Tables = [.. pieces.Tables.Order(StringComparer.Ordinal).Select(table => new ManifestTable
            {
                Name = table, Engine = "InnoDB", Rows = pieces.Rows[table], RowsCounted = pieces.Rows[table],
            })],
            Views = [.. pieces.Views],
            Triggers = [.. pieces.Triggers],
            Routines = [.. pieces.Routines],
            Events = [.. pieces.Events],
            Accounts = ["`a`@`localhost`"],
            Days = [new ManifestDayCount { Table = "ar_cdr", Day = "2024-04-30", Rows = 3 }],
        },
        Sources = [new ManifestSource { Path = "/etc", Present = true, Files = 4, SizeBytes = 300_023 }],
        Listing = listing,
        Stages = [new ManifestStage { Name = "Database", StartedAt = id.Time, Seconds = 3.5 }],
        Notes = [],
        LeftOut = ["the job log"],
    };
}
