using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Signing;

namespace SsaShare.Storage.Tests;

public sealed class WitnessStoreTests(NodeFixture node) : IClassFixture<NodeFixture>
{
    private static readonly PartnerId Source = PartnerId.Parse("pacific");
    private readonly string _origin = $"ssashare/p{Guid.NewGuid():N}/log";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task TryAdvance_FromTheLatest_BecomesTheLatest()
    {
        Assert.Null(await node.Witness.GetLatestAsync(_origin, Token));
        foreach (var (from, to) in ((long, long)[])[(0, 3), (3, 7)])
        {
            await HoldAsync(to);
            Assert.True(await node.Witness.TryAdvanceAsync(Cosigned(to), from, Token));
        }
        Assert.Equal(Cosigned(7), await node.Witness.GetLatestAsync(_origin, Token));
    }

    [Theory]
    [InlineData(0, 9)]
    [InlineData(2, 9)]
    [InlineData(3, 9)]
    [InlineData(8, 9)]
    public async Task TryAdvance_FromAnythingElse_StoresNothing(long from, long to)
    {
        foreach (var (before, size) in ((long, long)[])[(0, 3), (3, 7)])
        {
            await HoldAsync(size);
            Assert.True(await node.Witness.TryAdvanceAsync(Cosigned(size), before, Token));
        }
        await HoldAsync(to);
        Assert.False(await node.Witness.TryAdvanceAsync(Cosigned(to), from, Token));
        Assert.Equal(7, (await node.Witness.GetLatestAsync(_origin, Token))!.Head.Size);
    }

    [Fact]
    public async Task TryAdvance_RootThatIsNotHeld_StoresNothing()
    {
        await HoldAsync(3);
        Assert.False(await node.Witness.TryAdvanceAsync(Cosigned(3) with { Head = new LogHead(3, Hash256.Of([9])) }, 0, Token));
        Assert.Null(await node.Witness.GetLatestAsync(_origin, Token));
    }

    /// <summary>The race of the specification: A of size N and B of size N + K are both checked against the same latest, by two processes of the node.</summary>
    [Fact]
    public async Task TryAdvance_ManyAtOnceFromOneLatest_OneIsStored()
    {
        await using var second = node.StartHost();
        IWitnessStore[] stores = [node.Witness, second.GetRequiredService<IWitnessStore>()];
        for (int round = 0; round < 20; round++)
        {
            long latest = (await node.Witness.GetLatestAsync(_origin, Token))?.Head.Size ?? 0;
            long[] sizes = [.. Enumerable.Range(1, 8).Select(step => latest + step)];
            foreach (long size in sizes) await HoldAsync(size);
            bool[] stored = await Task.WhenAll(sizes.Select((size, i) => Task.Run(() => stores[i % 2].TryAdvanceAsync(Cosigned(size), latest, Token), Token)));
            Assert.Single(stored, one => one);
            Assert.Equal(sizes[Array.IndexOf(stored, true)], (await node.Witness.GetLatestAsync(_origin, Token))!.Head.Size);
        }
    }

    [Fact]
    public async Task Hold_AnotherRootOfASize_GivesTheFirst()
    {
        var first = await HoldAsync(3);
        Assert.Equal(first, await HoldAsync(3));
        Assert.Equal(first, await node.Witness.HoldAsync(first with { Head = new LogHead(3, Hash256.Of([9])), Note = "another" }, Token));
        await HoldAsync(5);
        Assert.Equal(5, (await node.Witness.FindLargestHeldAsync(_origin, long.MaxValue, Token))!.Head.Size);
        Assert.True((await node.Witness.FindLargestHeldAsync(_origin, 4, Token))?.Head.Size is null or <= 4);
        Assert.Equal(first, await node.Witness.FindHeldAsync(_origin, 3, Token));
        Assert.Null(await node.Witness.FindHeldAsync(_origin, 4, Token));
    }

    [Fact]
    public async Task AddConflict_AndForgive_AreLoggedOnce()
    {
        var conflict = Misbehaviour.Of($"a of {_origin}", "b");
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        Assert.True(await node.Witness.AddConflictAsync(_origin, conflict, Token));
        Assert.False(await node.Witness.AddConflictAsync(_origin, conflict, Token));
        Assert.Null(Assert.Single(await node.Witness.ListConflictsAsync(Token), one => one.Origin == _origin).Forgiven);

        Assert.Equal(1, await node.Witness.ForgiveAsync(_origin, "A restored test machine.", Token));
        Assert.Equal(0, await node.Witness.ForgiveAsync(_origin, "Again.", Token));

        var kept = Assert.Single(await node.Witness.ListConflictsAsync(Token), one => one.Origin == _origin);
        Assert.Equal("A restored test machine.", kept.Forgiven);
        Assert.Equal(conflict.ToJson(), (await node.Witness.ReadConflictAsync(kept.Id, Token))!.Value.ToArray());
        var entries = await node.Log.ReadAsync(size, long.MaxValue, Token).ToListAsync(Token);
        Assert.Equal([LogKinds.CheckpointConflict, LogKinds.CheckpointForgiven], entries.Select(entry => entry.Event.Kind));
        Assert.Equal(conflict.ToJson(), entries[0].Event.Body.ToArray());
    }

    [Fact]
    public async Task AddConflict_OfALogThatIsDistrusted_KeepsNothingMore()
    {
        for (int round = 0; round < LogConflict.PerLogMax; round++)
        {
            Assert.True(await node.Witness.AddConflictAsync(_origin, Misbehaviour.Of($"{round} of {_origin}", "b"), Token));
            Assert.False(await node.Witness.AddConflictAsync(_origin, Misbehaviour.Of($"{round} of {_origin}", "c"), Token));
            // The last stays: a log that forks again and again fills no store.
            Assert.Equal(round < LogConflict.PerLogMax - 1 ? 1 : 0, await node.Witness.ForgiveAsync(_origin, "A test.", Token));
        }
        Assert.False(await node.Witness.AddConflictAsync(_origin, Misbehaviour.Of($"more of {_origin}", "b"), Token));
        Assert.Equal(LogConflict.PerLogMax, (await node.Witness.ListConflictsAsync(Token)).Count(one => one.Origin == _origin));
    }

    [Fact]
    public async Task AddConflict_LongerThanIsEverRead_IsNotKept()
        => await Assert.ThrowsAsync<ArgumentException>(() => node.Witness.AddConflictAsync(_origin, Misbehaviour.Of(new string('a', Misbehaviour.BytesMax), "b"), Token));

    [Fact]
    public async Task ListConflicts_OneThatIsDamaged_GivesItAndTheOthers()
    {
        Assert.True(await node.Witness.AddConflictAsync(_origin, Misbehaviour.Of($"damaged of {_origin}", "b"), Token));
        await using (var damage = node.OwnerSource.CreateCommand($"UPDATE log_conflict SET document = '\\x00' WHERE origin = '{_origin}'")) await damage.ExecuteNonQueryAsync(Token);
        var kept = Assert.Single(await node.Witness.ListConflictsAsync(Token), one => one.Origin == _origin);
        Assert.Equal((null, null), (kept.Size, kept.Forgiven));
    }

    [Fact]
    public async Task AddUnproven_IsLoggedWithItsOwner()
    {
        var growth = UnprovenGrowth.Of($"a of {_origin}", "b", [Hash256.Of("x"u8)]);
        long size = (await node.Log.GetHeadAsync(Token)).Size;
        await node.Witness.AddUnprovenAsync(Source, growth, Token);
        var entry = Assert.Single(await node.Log.ReadAsync(size, long.MaxValue, Token).ToListAsync(Token));
        Assert.Equal((LogKinds.CheckpointUnproven, Source), (entry.Event.Kind, entry.Event.Peer));
        Assert.Equal(growth.ToJson(), entry.Event.Body.ToArray());
    }

    private Task<HeldCheckpoint> HoldAsync(long size)
        => node.Witness.HoldAsync(new HeldCheckpoint(_origin, Head(size), $"note {size}", Source, new Epoch(850_000_000_000_000_000)), Token);

    private WitnessedCheckpoint Cosigned(long size) => new(_origin, Head(size), $"cosigned {size}", 1_800_000_000 + size);

    private static LogHead Head(long size) => new(size, Hash256.Of(System.Text.Encoding.ASCII.GetBytes(size.ToString(CultureInfo.InvariantCulture))));
}
