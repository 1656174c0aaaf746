using System.Text;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

public sealed class QuarantineStoreTests(NodeFixture node) : IClassFixture<NodeFixture>, IAsyncLifetime
{
    private const long Plenty = 1 << 30;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await node.OwnerSource.CreateCommand("DELETE FROM quarantine").ExecuteNonQueryAsync(Token);
        await node.OwnerSource.CreateCommand("UPDATE quarantine_total SET bytes = 0, dropped_open = 0").ExecuteNonQueryAsync(Token);
    }

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task Add_OneEntry_IsReadBackWhole()
    {
        var entry = Entry("RANGE = far\n");
        Assert.Equal(1, await node.Quarantine.AddAsync([entry], Plenty, Token));
        var read = Assert.Single(await node.Quarantine.ListAsync(null, null, 10, Token));
        Assert.Equal(entry with { Content = read.Content, Label = read.Label }, read);
        Assert.Equal((Text(entry.Content.Before), Text(entry.Content.Text), Text(entry.Content.After), Text(entry.Label)), (Text(read.Content.Before), Text(read.Content.Text), Text(read.Content.After), Text(read.Label)));
    }

    [Fact]
    public async Task Add_TheSameAgain_CountsItAndKeepsItsState()
    {
        var entry = Entry("RANGE = far\n");
        await node.Quarantine.AddAsync([entry], Plenty, Token);
        Assert.True(await node.Quarantine.TryCloseAsync(entry.Id, QuarantineState.Dismissed, "noise", Token));
        var later = Entry("RANGE = far\n", minutes: 5, file: "other name.tdm");
        Assert.Equal(0, await node.Quarantine.AddAsync([later, later], Plenty, Token));
        var read = Assert.Single(await node.Quarantine.ListAsync(null, null, 10, Token));
        Assert.Equal((3, QuarantineState.Dismissed, "noise", entry.Time, later.Time, entry.Place.File), (read.Times, read.State, read.Remark, read.Time, read.LastTime, read.Place.File));
        Assert.Equal(await StoredBytesAsync(), (await node.Quarantine.CountAsync(Token)).Bytes);
    }

    [Fact]
    public async Task Add_BeyondTheBound_DropsClosedThenOldestAndCountsTheOpenOnes()
    {
        var entries = Enumerable.Range(0, 40).Select(i => Entry($"{i} {new string('x', 1_000)}\n", minutes: i)).ToList();
        await node.Quarantine.AddAsync([.. entries.Take(20)], Plenty, Token);
        await node.Quarantine.TryCloseAsync(entries[10].Id, QuarantineState.Mended, "", Token);
        foreach (var entry in entries.Skip(20)) await node.Quarantine.AddAsync([entry], 40_000, Token);

        var left = await node.Quarantine.ListAsync(null, null, 100, Token);
        var totals = await node.Quarantine.CountAsync(Token);
        Assert.InRange(totals.Bytes, 1, 40_000);
        Assert.Equal(await StoredBytesAsync(), totals.Bytes);
        Assert.Equal(entries.AsEnumerable().Reverse().Take(left.Count).Select(entry => entry.Id), left.Select(entry => entry.Id));
        Assert.Equal(39 - left.Count, totals.DroppedOpen);
        Assert.Equal((left.Count, 0, 0), (totals.Open, totals.Mended, totals.Dismissed));
    }

    [Fact]
    public async Task Close_OfWhatIsClosedOrUnknown_IsFalse()
    {
        var entry = Entry("RANGE = far\n");
        await node.Quarantine.AddAsync([entry], Plenty, Token);
        Assert.True(await node.Quarantine.TryCloseAsync(entry.Id, QuarantineState.Mended, "1 published", Token));
        Assert.False(await node.Quarantine.TryCloseAsync(entry.Id, QuarantineState.Dismissed, "", Token));
        Assert.False(await node.Quarantine.TryCloseAsync(Hash256.Of("another"u8), QuarantineState.Dismissed, "", Token));
        Assert.Equal("1 published", Assert.Single(await node.Quarantine.ListAsync(QuarantineState.Mended, null, 10, Token)).Remark);
    }

    [Fact]
    public async Task List_ByPages_GivesEachEntryOnceInOrder()
    {
        var entries = Enumerable.Range(0, 25).Select(i => Entry($"{i}\n", minutes: i / 3, mayPass: i % 2 == 0)).ToList();
        await node.Quarantine.AddAsync(entries, Plenty, Token);
        var listed = new List<QuarantineEntry>();
        while (await node.Quarantine.ListAsync(QuarantineState.Open, listed.Count == 0 ? null : (listed[^1].Time, listed[^1].Id), 4, Token) is { Count: > 0 } page) listed.AddRange(page);
        Assert.Equal(entries.Select(entry => entry.Id).ToHashSet(), listed.Select(entry => entry.Id).ToHashSet());
        Assert.Equal(25, listed.Count);
        Assert.Equal(listed.OrderByDescending(entry => entry.Time).Select(entry => entry.Time), listed.Select(entry => entry.Time));

        var passable = new List<QuarantineEntry>();
        while (await node.Quarantine.ListPassableAsync(passable.Count == 0 ? null : (passable[^1].Time, passable[^1].Id), 4, Token) is { Count: > 0 } page) passable.AddRange(page);
        Assert.Equal(entries.Where(entry => entry.Place.MayPass).Select(entry => entry.Id).ToHashSet(), passable.Select(entry => entry.Id).ToHashSet());
        Assert.Equal(13, passable.Count);
    }

    [Fact]
    public async Task Find_ByRange_GivesWhatBeginsSo()
    {
        var entries = Enumerable.Range(0, 20).Select(i => Entry($"{i}\n")).ToList();
        await node.Quarantine.AddAsync(entries, Plenty, Token);
        Assert.Equal(entries[7].Id, Assert.Single(await node.Quarantine.FindAsync(entries[7].Id, entries[7].Id, 2, Token)).Id);
        Assert.Equal(2, (await node.Quarantine.FindAsync(default, new Hash256(Enumerable.Repeat((byte)255, 32).ToArray()), 2, Token)).Count);
    }

    [Fact]
    public async Task Add_FromManyAtOnce_KeepsTheSumExact()
    {
        await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
        {
            for (int i = 0; i < 10; i++) await node.Quarantine.AddAsync([Entry($"{i} of {writer % 2}\n"), Entry($"{i + 1} of {writer % 2}\n")], 20_000, Token);
        })));
        Assert.Equal(await StoredBytesAsync(), (await node.Quarantine.CountAsync(Token)).Bytes);
        Assert.InRange(await StoredBytesAsync(), 1, 20_000);
    }

    private Task<long> StoredBytesAsync() => node.ScalarAsync<long>("SELECT coalesce(sum(byte_count), 0)::bigint FROM quarantine");

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static QuarantineEntry Entry(string text, int minutes = 0, string file = "pass.tdm", bool mayPass = false)
        => QuarantineEntry.Create(
            new QuarantinePlace(IngestSource.Folder, file, 17, "RANGE", "17: RANGE = far: not a finite number; correct the value", mayPass),
            new QuarantineContent("TDM", "CCSDS_TDM_VERS = 2.0\n"u8.ToArray(), Encoding.UTF8.GetBytes(text), "DATA_STOP\n"u8.ToArray(), IsCut: false), new byte[] { 8, 2 }, Sample.Now.Plus(TimeSpan.FromMinutes(minutes)));
}
