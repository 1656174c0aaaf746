using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using SsaShare.Domain;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

public sealed class FolderSweepTests : IDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);
    private readonly IngestHarness _node = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("ssa-folder-").FullName;

    public void Dispose()
    {
        _node.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Sweep_FilesInAnyOrder_ArePublishedByNameAndPutAsideWithTheirOutcome()
    {
        // The sensor's description sorts before the observations that need it.
        Put("b.tdm", IngestHarness.Tdm("RADAR", 3).Replace(" 2001.0", " far", StringComparison.Ordinal));
        Put("a.json", IngestHarness.Sensor("RADAR"));
        Put("c.txt", "nothing of the kind\n");
        Assert.Equal(3, await SweepAsync());
        Assert.Equal(["done/a.json", "done/a.json.outcome.json", "done/b.tdm", "done/b.tdm.outcome.json", "refused/c.txt", "refused/c.txt.outcome.json"], Files());
        var outcome = Outcome("done/b.tdm");
        Assert.Equal((2, 1, 1), (outcome.GetProperty("accepted").GetInt32(), outcome.GetProperty("refused").GetInt32(), outcome.GetProperty("quarantined").GetInt32()));
        Assert.Equal("far", outcome.GetProperty("issues")[0].GetProperty("value").GetString());
        Assert.Equal(["b.tdm", "c.txt"], _node.Quarantine.All.Select(entry => entry.Place.File).Order());
        Assert.All(_node.Quarantine.All, entry => Assert.Equal(IngestSource.Folder, entry.Place.Source));
        Assert.Equal(0, await SweepAsync());
    }

    [Fact]
    public async Task Sweep_WhatIsNotWholeOrNotMeant_StaysWhereItIs()
    {
        Put("a.tdm.part", "x");
        Put(".b.tdm", "x");
        Put("c.tdm~", "x");
        Put("d.label.json", "{}");
        Put("e.outcome.json", "{}");
        Put("f.tdm", "");
        File.CreateSymbolicLink(Path.Combine(_folder, "incoming", "g.tdm"), "/etc/hostname");
        Directory.CreateDirectory(Path.Combine(_folder, "incoming", "h.tdm"));
        Assert.Equal(0, await SweepAsync());
        Assert.Equal(7, Files().Count);
    }

    [Fact]
    public async Task Sweep_FileThatStillGrows_IsTakenOnceItRests()
    {
        var sweep = Sweep(new FolderFiles(_folder));
        string path = Put("a.json", IngestHarness.Sensor("RADAR")[..20]);
        File.SetLastWriteTimeUtc(path, _node.Time.GetUtcNow().UtcDateTime);
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        _node.Time.Advance(Settle / 2);
        File.WriteAllText(path, IngestHarness.Sensor("RADAR"));
        File.SetLastWriteTimeUtc(path, _node.Time.GetUtcNow().UtcDateTime);
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        _node.Time.Advance(Settle * 0.9);
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        _node.Time.Advance(Settle * 0.2);
        Assert.Equal(1, await sweep.RunAsync(CancellationToken.None));
        Assert.Equal(1, await _node.CountAsync());
    }

    [Fact]
    public async Task Sweep_FileWhoseClockIsAhead_IsTakenWhenItHasNotChanged()
    {
        var sweep = Sweep(new FolderFiles(_folder));
        File.SetLastWriteTimeUtc(Put("a.json", IngestHarness.Sensor("RADAR")), _node.Time.GetUtcNow().UtcDateTime.AddDays(400));
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        _node.Time.Advance(Settle);
        Assert.Equal(1, await sweep.RunAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Sweep_LabelBesideTheFile_IsTheLabelOfItsRecordsAndGoesWithIt()
    {
        Put("a.json", IngestHarness.Sensor("RADAR"));
        Put("a.json.label.json", """{ "level": "restricted", "mode": "Exercise", "releasable_to": ["pacific", "arctic"], "originator_controlled": true }""");
        Put("b.json", IngestHarness.Sensor("OTHER"));
        Assert.Equal(2, await SweepAsync());
        var labels = (await _node.Records.ReadAsync(0, [RecordClass.Sensor], 10, CancellationToken.None)).Select(one => one.Record.Facts.Label).ToList();
        Assert.Equal([new Label(HandlingLevel.Restricted, DataMode.Exercise, ["arctic", "pacific"], true), IngestHarness.Label], labels);
        Assert.Contains("done/a.json.label.json", Files());
    }

    [Theory]
    [InlineData("{"), InlineData("[]"), InlineData("""{ "levl": "Public" }"""), InlineData("""{ "level": "Secret" }"""), InlineData("""{ "level": 1 }"""), InlineData("""{ "level": "Public", "level": "Restricted" }"""), InlineData("""{ "releasable_to": [""] }""")]
    public async Task Sweep_LabelThatIsNone_RefusesTheFileUnread(string label)
    {
        Put("a.json", IngestHarness.Sensor("RADAR"));
        Put("a.json.label.json", label);
        Assert.Equal(1, await SweepAsync());
        Assert.Equal(["refused/a.json", "refused/a.json.label.json", "refused/a.json.outcome.json"], Files());
        Assert.NotEmpty(Outcome("refused/a.json").GetProperty("fault").GetString()!);
        Assert.Equal(0, await _node.CountAsync());
    }

    [Fact]
    public async Task Sweep_SameNameAgain_KeepsBoth()
    {
        Put("a.json", IngestHarness.Sensor("RADAR"));
        await SweepAsync();
        Put("a.json", IngestHarness.Sensor("OTHER"));
        await SweepAsync();
        Assert.Equal(["done/a.json", "done/a.json.outcome.json", "done/a.json~2", "done/a.json~2.outcome.json"], Files());
        Assert.Equal(2, await _node.CountAsync());
    }

    [Fact]
    public async Task Sweep_FileThatCannotBeRead_IsGivenUpInTheEndAndNeverHoldsUpOthers()
    {
        var files = new FailingFiles(_folder);
        var sweep = Sweep(files);
        Put("a.tdm", "unreadable");
        Put("b0.json", IngestHarness.Sensor("RADAR-0"));
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        for (int i = 1; i <= 5; i++)
        {
            _node.Time.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal(1, await sweep.RunAsync(CancellationToken.None));
            Assert.Equal((i, i), (await _node.CountAsync(), files.Tried));
            // Not before its pause is over.
            if (i < 5) Put($"b{i}.json", IngestHarness.Sensor($"RADAR-{i}"));
            Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
            Assert.Equal(i, files.Tried);
        }
        _node.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await sweep.RunAsync(CancellationToken.None));
        Assert.Contains("refused/a.tdm", Files());
        Assert.Contains("5 times", Outcome("refused/a.tdm").GetProperty("fault").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweep_DiskThatIsFullForLong_IsNoFaultOfTheFile()
    {
        var sweep = Sweep(new FullFiles(_folder, 12));
        Put("a.json", IngestHarness.Sensor("RADAR"));
        int finished = await SettledAsync(sweep);
        for (int i = 0; i < 12; i++)
        {
            _node.Time.Advance(TimeSpan.FromMinutes(1));
            finished += await sweep.RunAsync(CancellationToken.None);
        }
        Assert.Equal(1, finished);
        Assert.Equal(["done/a.json", "done/a.json.outcome.json"], Files());
    }

    [Fact]
    public async Task Sweep_NewFileOfTheNameOfOneThatFailed_HasAllItsAttempts()
    {
        var files = new FailingFiles(_folder);
        var sweep = Sweep(files);
        for (int other = 0; other < 2; other++)
        {
            Put("a.tdm", "unreadable");
            await SettledAsync(sweep);
            for (int i = 0; i < 3; i++)
            {
                _node.Time.Advance(TimeSpan.FromMinutes(1));
                await sweep.RunAsync(CancellationToken.None);
            }
            Assert.Equal(["working/a.tdm"], Files());
            File.Delete(Path.Combine(_folder, "working", "a.tdm"));
            _node.Time.Advance(TimeSpan.FromMinutes(1));
        }
        Assert.Equal(8, files.Tried);
    }

    /// <summary>Copied with its old time of writing before its label is there.</summary>
    [Fact]
    public async Task Sweep_LabelThatComesAfterItsFile_IsWaitedFor()
    {
        var sweep = Sweep(new FolderFiles(_folder));
        Put("a.json", IngestHarness.Sensor("RADAR"));
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        _node.Time.Advance(Settle * 0.9);
        string label = Put("a.json.label.json", "{");
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        _node.Time.Advance(Settle * 0.9);
        File.WriteAllText(label, """{ "level": "Restricted" }""");
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        _node.Time.Advance(Settle * 0.9);
        Assert.Equal(0, await sweep.RunAsync(CancellationToken.None));
        _node.Time.Advance(Settle * 0.1);
        Assert.Equal(1, await sweep.RunAsync(CancellationToken.None));
        Assert.Equal(HandlingLevel.Restricted, (await _node.Records.ReadAsync(0, [RecordClass.Sensor], 10, CancellationToken.None)).Single().Record.Facts.Label.Level);
    }

    [Fact]
    public async Task Sweep_LabelThatChangesWhileAnotherFileIsPublished_IsWaitedFor()
    {
        Put("a.json", IngestHarness.Sensor("RADAR"));
        Put("b.json", IngestHarness.Sensor("OTHER"));
        var sweep = Sweep(new BusyFiles(_folder, () => Put("b.json.label.json", "{ }")));
        Assert.Equal(1, await SettledAsync(sweep));
        Assert.True(File.Exists(Path.Combine(_folder, "incoming", "b.json")));
    }

    [Fact]
    public async Task Sweep_FileThatIsNotReadToItsEnd_IsRefusedWithItsOutcomeForItsOwnerOnly()
    {
        Put("a.json", IngestHarness.Sensor("RADAR"));
        string lines = string.Concat(Enumerable.Range(0, 1_001).Select(i => IngestHarness.Range(i + 10, "far")));
        Put("b.tdm", IngestHarness.Tdm("RADAR", 3).Replace("DATA_STOP\n", lines + "DATA_STOP\n", StringComparison.Ordinal));
        Put(new string('c', 201), IngestHarness.Sensor("OTHER"));
        Assert.Equal(2, await SweepAsync());
        Assert.Equal(["done/a.json", "done/a.json.outcome.json", $"incoming/{new string('c', 201)}", "refused/b.tdm", "refused/b.tdm.outcome.json"], Files());
        Assert.False(Outcome("refused/b.tdm").GetProperty("read_to_end").GetBoolean());
        Assert.Equal("reading stopped before the end; mend what is told and publish again", Outcome("refused/b.tdm").GetProperty("advice").GetString());
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder, "refused", "b.tdm.outcome.json")));
    }

    /// <summary>A process that ends over a file, again and again.</summary>
    [Fact]
    public async Task Sweep_FileThatEndsTheProcess_IsGivenUpInTheEnd()
    {
        Put("a.json", IngestHarness.Sensor("RADAR"));
        var files = new FolderFiles(_folder);
        files.CreateFolders();
        Assert.True(files.TryClaim("a.json"));
        for (int i = 1; i <= 5; i++) Assert.Equal(i, files.CountAttempt("a.json"));
        Assert.Equal(1, await SweepAsync());
        Assert.Equal(["refused/a.json", "refused/a.json.outcome.json"], Files());
        Assert.Equal(0, await _node.CountAsync());
    }

    /// <summary>The process ends before each rename in turn, and after the last one; the next process finishes.</summary>
    [Fact]
    public async Task Sweep_EndedAtAnyStep_IsFinishedByTheNextProcessWithNothingTwice()
    {
        int steps = 0;
        for (bool ended = true; ended; steps++)
        {
            string folder = Directory.CreateTempSubdirectory("ssa-folder-").FullName;
            using var node = new IngestHarness();
            Put("a.json", IngestHarness.Sensor("RADAR"), folder);
            Put("b.tdm", IngestHarness.Tdm("RADAR", 3).Replace(" 2001.0", " far", StringComparison.Ordinal), folder);
            Put("b.tdm.label.json", """{ "level": "Restricted" }""", folder);
            ended = false;
            try
            {
                await SettledAsync(Sweep(new EndingFiles(folder, steps), node, folder), node);
            }
            catch (InsufficientMemoryException)
            {
                ended = true;
            }
            await SettledAsync(Sweep(new FolderFiles(folder), node, folder), node);
            Assert.Equal(["done/a.json", "done/a.json.outcome.json", "done/b.tdm", "done/b.tdm.label.json", "done/b.tdm.outcome.json"], Files(folder));
            Assert.Equal((3, 1), (await node.CountAsync(), node.Quarantine.All.Count));
            var observations = await node.Records.ReadAsync(0, [RecordClass.Observation], 10, CancellationToken.None);
            Assert.All(observations, one => Assert.Equal(HandlingLevel.Restricted, one.Record.Facts.Label.Level));
            Assert.Equal(2, observations.Count);
            Directory.Delete(folder, recursive: true);
        }
        Assert.InRange(steps, 9, 30);
    }

    [Fact]
    public async Task Sweep_OutcomeThatIsNone_ReadsTheFileAgain()
    {
        var files = new FolderFiles(_folder);
        files.CreateFolders();
        Put("a.json", IngestHarness.Sensor("RADAR"));
        files.TryClaim("a.json");
        await File.WriteAllTextAsync(Path.Combine(_folder, "working", "a.json.outcome.json"), """{ "type": "ssashare-ingest-outcome/1", "place": "done", "as": "../../a" }""");
        Assert.Equal(1, await SweepAsync());
        Assert.Equal(["done/a.json", "done/a.json.outcome.json"], Files());
        Assert.Equal(1, await _node.CountAsync());
    }

    private Task<int> SweepAsync() => SettledAsync(Sweep(new FolderFiles(_folder)));

    /// <summary>Looks, waits until what is there has settled, and looks again.</summary>
    private async Task<int> SettledAsync(FolderSweep sweep, IngestHarness? node = null)
    {
        int finished = await sweep.RunAsync(CancellationToken.None);
        (node ?? _node).Time.Advance(Settle);
        return finished + await sweep.RunAsync(CancellationToken.None);
    }

    private FolderSweep Sweep(FolderFiles files) => Sweep(files, _node, _folder);

    private static FolderSweep Sweep(FolderFiles files, IngestHarness node, string folder)
        => new(new FolderOptions(folder, IngestHarness.Label, Settle, TimeSpan.FromSeconds(1)), files, node.Desk, node.Time, NullLogger.Instance);

    /// <summary>A file that was written an hour ago by the tests' clock, and moved in.</summary>
    private string Put(string name, string content, string? folder = null)
    {
        Directory.CreateDirectory(Path.Combine(folder ?? _folder, "incoming"));
        string path = Path.Combine(folder ?? _folder, "incoming", name);
        File.WriteAllText(path, content);
        File.SetLastWriteTimeUtc(path, _node.Time.GetUtcNow().UtcDateTime.AddHours(-1));
        return path;
    }

    private List<string> Files(string? folder = null)
        => [.. Directory.EnumerateFiles(folder ?? _folder, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(folder ?? _folder, path)).Order(StringComparer.Ordinal)];

    private JsonElement Outcome(string file) => JsonDocument.Parse(File.ReadAllBytes(Path.Combine(_folder, file + ".outcome.json"))).RootElement;

    /// <summary>Ends the process before the rename with a number.</summary>
    private sealed class EndingFiles(string folder, int steps) : FolderFiles(folder)
    {
        private int _left = steps;

        protected override void Move(string from, string to)
        {
            if (_left-- <= 0) throw new InsufficientMemoryException("The process ends here.");
            base.Move(from, to);
        }
    }

    /// <summary>Something happens while the first file is read.</summary>
    private sealed class BusyFiles(string folder, Action meanwhile) : FolderFiles(folder)
    {
        public override Stream Open(string name)
        {
            meanwhile();
            return base.Open(name);
        }
    }

    /// <summary>A disk on which no outcome can be kept for a while.</summary>
    private sealed class FullFiles(string folder, int failures) : FolderFiles(folder)
    {
        private int _left = failures;

        protected override void Move(string from, string to)
        {
            if (to.EndsWith(OutcomeSuffix, StringComparison.Ordinal) && _left-- > 0) throw new IOException("No space left on device");
            base.Move(from, to);
        }
    }

    /// <summary>A disk that cannot read one file.</summary>
    private sealed class FailingFiles(string folder) : FolderFiles(folder)
    {
        public int Tried { get; private set; }

        public override Stream Open(string name)
        {
            if (name != "a.tdm") return base.Open(name);
            Tried++;
            throw new IOException("Input/output error");
        }
    }
}
