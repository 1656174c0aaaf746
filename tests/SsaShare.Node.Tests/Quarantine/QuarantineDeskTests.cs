using System.Text;
using SsaShare.Exchange;

namespace SsaShare.Node.Tests;

public sealed class QuarantineDeskTests : IDisposable
{
    private readonly IngestHarness _node = new();

    private QuarantineDesk Desk => _node.QuarantineDesk;

    public void Dispose() => _node.Dispose();

    [Fact]
    public async Task Ingest_OneBadLine_IsAnEntryWithItsPlaceReasonTextAndLabel()
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR"));
        var outcome = await _node.IngestAsync(IngestHarness.Tdm("RADAR", 3).Replace(" 2001.0", " far", StringComparison.Ordinal));
        Assert.Equal((2, 1, 1, false), (outcome.Accepted, outcome.Refused, outcome.Quarantined, outcome.IsFileRefused));
        var entry = Assert.Single(_node.Quarantine.All);
        Assert.Equal((IngestSource.Rest, "pass.tdm", 14L, "RANGE", "TDM", false), (entry.Place.Source, entry.Place.File, entry.Place.Line, entry.Place.Field, entry.Content.Format, entry.Place.MayPass));
        Assert.Equal(IngestHarness.Range(1, "far"), Text(entry.Content.Text));
        Assert.Contains("far: not a finite number", entry.Place.Reasons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ingest_TheSameFileAgain_AddsNeitherRecordNorEntry()
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR"));
        string file = IngestHarness.Tdm("RADAR", 3).Replace(" 2001.0", " far", StringComparison.Ordinal);
        await _node.IngestAsync(file);
        var again = await _node.IngestAsync(file, "renamed.tdm");
        Assert.Equal((0, 2, 1), (again.Accepted, again.Duplicates, again.Quarantined));
        Assert.Equal(("pass.tdm", 2), (Assert.Single(_node.Quarantine.All).Place.File, _node.Quarantine.All[0].Times));
    }

    [Fact]
    public async Task Mend_WithTheRightText_PublishesItOnceAndCloses()
    {
        var entry = await RefusedRangeAsync();
        var mended = await Desk.MendAsync(entry.Id.ToString()[..8], Encoding.UTF8.GetBytes(IngestHarness.Range(1, "2001.0")), CancellationToken.None);
        Assert.Equal((QuarantineFaultKind.None, 1L), (mended.Fault.Kind, mended.Outcome?.Accepted));
        Assert.Equal((QuarantineState.Mended, "1 published, 0 known already"), (_node.Quarantine.All[0].State, _node.Quarantine.All[0].Remark));
        Assert.Equal(QuarantineFaultKind.State, (await Desk.MendAsync(entry.Id.ToString(), "x"u8.ToArray(), CancellationToken.None)).Fault.Kind);
        // The whole, corrected file finds all of it here.
        Assert.Equal((0, 3), await CountsAsync(IngestHarness.Tdm("RADAR", 3)));
    }

    [Fact]
    public async Task Mend_StillWrong_PublishesNothingAndNamesTheLineOfTheMendedText()
    {
        var entry = await RefusedRangeAsync();
        int before = await _node.CountAsync();
        var mended = await Desk.MendAsync(entry.Id.ToString(), Encoding.UTF8.GetBytes(IngestHarness.Range(1, "2001.0") + IngestHarness.Range(9, "near")), CancellationToken.None);
        Assert.Equal((QuarantineFaultKind.Refused, null, 2L, "near"), (mended.Fault.Kind, mended.Outcome, mended.Issues.Single().Line, mended.Issues.Single().Value));
        Assert.Equal((before, 1), (await _node.CountAsync(), _node.Quarantine.Open.Count));
    }

    [Theory]
    [InlineData(""), InlineData("COMMENT nothing\n")]
    public async Task Mend_WithoutARecord_IsRefused(string text)
    {
        var entry = await RefusedRangeAsync();
        Assert.Equal(QuarantineFaultKind.Refused, (await Desk.MendAsync(entry.Id.ToString(), Encoding.UTF8.GetBytes(text), CancellationToken.None)).Fault.Kind);
        Assert.Single(_node.Quarantine.Open);
    }

    [Fact]
    public async Task Mend_WithItsOwnText_IsTheOperatorsWordThatItIsRight()
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR"));
        await _node.IngestAsync(IngestHarness.Tdm("RADAR", 2).Replace("DATA_STOP", IngestHarness.Range(0, "1999.0") + "DATA_STOP", StringComparison.Ordinal));
        var entry = Assert.Single(_node.Quarantine.Open);
        Assert.Contains("contradicts", entry.Place.Reasons, StringComparison.Ordinal);
        Assert.Equal(1, (await Desk.MendAsync(entry.Id.ToString(), entry.Content.Text, CancellationToken.None)).Outcome?.Accepted);
    }

    [Fact]
    public async Task Mend_FileThatWasNoneOfItsKind_IsReadByItsNewBeginning()
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR"));
        string file = IngestHarness.Tdm("RADAR", 3);
        var outcome = await _node.IngestAsync("Dear all,\n" + file);
        Assert.True(outcome.IsFileRefused);
        var entry = Assert.Single(_node.Quarantine.Open);
        Assert.Equal("Dear all,\n" + file, Text(entry.Content.Text));
        Assert.Equal(3, (await Desk.MendAsync(entry.Id.ToString(), Encoding.UTF8.GetBytes(file), CancellationToken.None)).Outcome?.Accepted);
    }

    [Fact]
    public async Task Replay_AfterTheSensorIsDescribed_PublishesTheSegmentAndQuarantinesWhatIsStillWrong()
    {
        await _node.IngestAsync(IngestHarness.Tdm("LATE", 3).Replace(" 2001.0", " far", StringComparison.Ordinal));
        Assert.Equal(new ReplayOutcome(1, 0, 0, 0), await ReplayAsync());
        await _node.IngestAsync(IngestHarness.Sensor("LATE"));
        Assert.Equal(new ReplayOutcome(1, 1, 2, 0), await ReplayAsync());
        Assert.Equal((QuarantineState.Mended, "2 published, 0 known already, 1 refused anew"), (_node.Quarantine.All[0].State, _node.Quarantine.All[0].Remark));
        Assert.Equal(IngestHarness.Range(1, "far"), Text(Assert.Single(_node.Quarantine.Open).Content.Text));
        Assert.Equal(default, await ReplayAsync());
    }

    [Fact]
    public async Task Replay_AmongThemALabelThatNobodyTakes_TriesTheOthers()
    {
        await _node.IngestAsync(IngestHarness.Tdm("LATE", 3));
        var entry = Assert.Single(_node.Quarantine.Open);
        var other = QuarantineEntry.Create(entry.Place, entry.Content, new byte[SealedLabel.LongestBytes + 1], entry.Time);
        await _node.Quarantine.AddAsync([other], long.MaxValue, CancellationToken.None);
        await _node.IngestAsync(IngestHarness.Sensor("LATE"));
        Assert.Equal(new ReplayOutcome(2, 1, 3, 0), await ReplayAsync());
        Assert.Equal(QuarantineFaultKind.State, (await Desk.ReplayAsync(other.Id.ToString(), _ => Task.CompletedTask, CancellationToken.None)).Fault.Kind);
        Assert.Equal(QuarantineFaultKind.State, (await Desk.MendAsync(other.Id.ToString(), entry.Content.Text, CancellationToken.None)).Fault.Kind);
    }

    [Fact]
    public async Task Ingest_RecordThatNoReceiverTakes_IsRefusedAndTheOthersPublished()
    {
        string whole = CdmOf("1", ""), tooLong = CdmOf("2", string.Concat(Enumerable.Repeat("COMMENT " + new string('x', 250) + "\n", 200)));
        var outcome = await _node.IngestAsync(whole + tooLong + CdmOf("3", ""), "two.cdm");
        Assert.Equal((2, 1, 1), (outcome.Accepted, outcome.Refused, outcome.Quarantined));
        Assert.Contains("no receiver takes", Assert.Single(outcome.Issues).Reason, StringComparison.Ordinal);
        Assert.Equal(whole.Count(c => c == '\n') + 1, outcome.Issues[0].Line);
    }

    [Fact]
    public async Task Ingest_UnderALabelThatNoReceiverTakes_IsRefusedUnread()
    {
        var label = IngestHarness.Label with { ReleasableTo = [.. Enumerable.Range(0, 600).Select(i => $"partner-number-{i}")] };
        var file = new IngestFile(IngestSource.Rest, "radar.json", label);
        var refused = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => _node.Desk.IngestAsync(file, new MemoryStream(Encoding.UTF8.GetBytes(IngestHarness.Sensor("RADAR"))), null, CancellationToken.None));
        Assert.Contains("label: longer than 8192 bytes", refused.Status.Detail, StringComparison.Ordinal);
        Assert.False(new LabelWords { ReleasableTo = string.Join(',', label.ReleasableTo) }.TryRead(out _, out string? fault));
        Assert.Contains("longer than 8192 bytes", fault, StringComparison.Ordinal);
        Assert.Equal(0, await _node.CountAsync());
    }

    [Fact]
    public async Task Ingest_AfterAThousandRefusedLines_SaysThatTheRestIsNotRead()
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR"));
        string lines = string.Concat(Enumerable.Range(0, 1_001).Select(i => IngestHarness.Range(i + 10, "far")));
        var outcome = await _node.IngestAsync(IngestHarness.Tdm("RADAR", 3).Replace("DATA_STOP\n", lines + "DATA_STOP\n", StringComparison.Ordinal));
        Assert.Equal((false, false, 3), (outcome.IsReadToEnd, outcome.IsFileRefused, outcome.Accepted));
        Assert.True((await _node.IngestAsync(IngestHarness.Tdm("RADAR", 3))).IsReadToEnd);
    }

    [Fact]
    public async Task Replay_OfWhatDoesNotGoAwayByItself_IsRefused()
    {
        var entry = await RefusedRangeAsync();
        var (_, fault) = await Desk.ReplayAsync(entry.Id.ToString(), _ => Task.CompletedTask, CancellationToken.None);
        Assert.Equal(QuarantineFaultKind.State, fault.Kind);
        Assert.Equal(default, await ReplayAsync());
    }

    [Fact]
    public async Task Replay_OfALongSegment_IsNotTriedBecauseItIsCut()
    {
        await _node.IngestAsync(IngestHarness.Tdm("LATE", 3_000));
        await _node.IngestAsync(IngestHarness.Sensor("LATE"));
        Assert.Equal(default, await ReplayAsync());
        var (_, fault) = await Desk.ReplayAsync(_node.Quarantine.Open[0].Id.ToString(), _ => Task.CompletedTask, CancellationToken.None);
        Assert.Equal(new QuarantineFault(QuarantineFaultKind.State, "Only its beginning is kept; publish the file again."), fault);
        Assert.True(Assert.Single(_node.Quarantine.Open).Content.IsCut);
        Assert.Equal((3_000, 0), await CountsAsync(IngestHarness.Tdm("LATE", 3_000)));
    }

    [Fact]
    public async Task Dismiss_AndAgain_ClosesOnce()
    {
        var entry = await RefusedRangeAsync();
        string id = entry.Id.ToString();
        Assert.Equal(default, await Desk.DismissAsync(id, "noise", CancellationToken.None));
        Assert.Equal(default, await Desk.DismissAsync(id, "other", CancellationToken.None));
        Assert.Equal((QuarantineState.Dismissed, "noise"), (_node.Quarantine.All[0].State, _node.Quarantine.All[0].Remark));
        Assert.Equal(QuarantineFaultKind.Name, (await Desk.DismissAsync(id, "a\nb", CancellationToken.None)).Kind);
    }

    [Theory]
    [InlineData("", QuarantineFaultKind.Name), InlineData("12", QuarantineFaultKind.Name), InlineData("not hexadecimal", QuarantineFaultKind.Name), InlineData("00000000", QuarantineFaultKind.Unknown)]
    public async Task Find_OfWhatIsNone_SaysWhy(string name, QuarantineFaultKind kind)
    {
        await RefusedRangeAsync();
        Assert.Equal(kind, (await Desk.FindAsync(name, CancellationToken.None)).Fault.Kind);
    }

    [Fact]
    public async Task Ingest_OfAPrivateKeyByMistake_KeepsNothingOfIt()
    {
        string pem = await File.ReadAllTextAsync(_node.Atlantic.Folder.SigningKeyFile);
        var outcomes = new List<IngestOutcome> { await _node.IngestAsync(pem, "signing.pem") };
        Assert.True(outcomes[0].IsFileRefused);
        var inTheMiddle = IngestHarness.Tdm("RADAR", 3).Replace("DATA_STOP", pem + "DATA_STOP", StringComparison.Ordinal);
        await _node.IngestAsync(IngestHarness.Sensor("RADAR"));
        outcomes.Add(await _node.IngestAsync(inTheMiddle, "mixed.tdm"));
        outcomes.Add(await _node.IngestAsync(pem.Replace("-----BEGIN", "CCSDS_TDM_VERS = 2.0\n-----BEGIN", StringComparison.Ordinal) + IngestHarness.Tdm("OTHER", 3)[22..], "header.tdm"));
        Assert.True(_node.Quarantine.All.Count >= 3);
        string[] secrets = [.. pem.Split('\n').Where(line => line.Length > 20 && !line.StartsWith("-----", StringComparison.Ordinal))];
        Assert.NotEmpty(secrets);
        foreach (var entry in _node.Quarantine.All)
        {
            string all = Text(entry.Content.Before) + Text(entry.Content.Text) + entry.Place.Reasons + entry.Place.Field;
            Assert.DoesNotContain(secrets, secret => all.Contains(secret[..20], StringComparison.Ordinal));
        }
        foreach (var one in outcomes)
        {
            Assert.NotEmpty(one.Issues);
            string file = Encoding.UTF8.GetString(new FolderOutcome(FolderOutcome.Refused, "x").ToJson("x", one, null, _node.Time.GetUtcNow()));
            string all = string.Join('\n', one.Issues) + file;
            Assert.DoesNotContain(secrets, secret => all.Contains(secret[..20], StringComparison.Ordinal));
            Assert.All(one.Issues, issue => Assert.Equal(("line", ""), (issue.Field, issue.Value)));
        }
    }

    [Fact]
    public async Task Ingest_OfWhatIsNoText_KeepsNothingOfIt()
    {
        await _node.IngestAsync(await File.ReadAllBytesAsync(_node.Atlantic.Folder.CursorKeyFile), "cursor.key");
        var entry = Assert.Single(_node.Quarantine.All);
        Assert.Equal((0, true, false), (entry.Content.Text.Length, entry.Content.IsCut, entry.Place.MayPass));
    }

    [Fact]
    public async Task Ingest_OfASensorThatIsRefused_KeepsItsDescription()
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR", owner: "pacific"), "radar.json");
        var entry = Assert.Single(_node.Quarantine.All);
        Assert.Equal(("sensor", IngestHarness.Sensor("RADAR", owner: "pacific")), (entry.Content.Format, Text(entry.Content.Text)));
        Assert.Equal(1, (await Desk.MendAsync(entry.Id.ToString(), Encoding.UTF8.GetBytes(IngestHarness.Sensor("RADAR")), CancellationToken.None)).Outcome?.Accepted);
    }

    private async Task<QuarantineEntry> RefusedRangeAsync()
    {
        await _node.IngestAsync(IngestHarness.Sensor("RADAR"));
        await _node.IngestAsync(IngestHarness.Tdm("RADAR", 3).Replace(" 2001.0", " far", StringComparison.Ordinal));
        return Assert.Single(_node.Quarantine.Open);
    }

    private async Task<ReplayOutcome> ReplayAsync() => (await Desk.ReplayAsync(null, _ => Task.CompletedTask, CancellationToken.None)).Outcome;

    private async Task<(long, long)> CountsAsync(string file)
    {
        var outcome = await _node.IngestAsync(file);
        return (outcome.Accepted, outcome.Duplicates);
    }

    /// <summary>Invented.</summary>
    private static string CdmOf(string id, string comments)
    {
        string[] axes = ["R", "T", "N", "RDOT", "TDOT", "NDOT"];
        string covariance = string.Concat(Enumerable.Range(0, 6).SelectMany(row => Enumerable.Range(0, row + 1).Select(column => $"C{axes[row]}_{axes[column]} = {(row == column ? 1 : 0)}\n")));
        string Object(int number) => $"OBJECT = OBJECT{number}\n{comments}OBJECT_DESIGNATOR = {number}\nCATALOG_NAME = SATCAT\nOBJECT_NAME = SAT\nINTERNATIONAL_DESIGNATOR = 1997-030E\nEPHEMERIS_NAME = NONE\n"
            + $"COVARIANCE_METHOD = CALCULATED\nMANEUVERABLE = YES\nREF_FRAME = GCRF\nX = 7000\nY = 0\nZ = 0\nX_DOT = 0\nY_DOT = 7.5\nZ_DOT = 0\n{covariance}";
        return $"CCSDS_CDM_VERS = 1.0\n{comments}CREATION_DATE = 2025-12-20T00:00:00\nORIGINATOR = ATLANTIC\nMESSAGE_ID = {id}\nTCA = 2025-12-21T00:00:00\nMISS_DISTANCE = 715\n" + Object(1) + Object(2);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);
}
