using System.Text.Json;
using SsaShare.Domain;
using SsaShare.Exchange;
using SsaShare.Peering.Tests;

namespace SsaShare.Node.Tests;

public sealed class RefusalJournalTests
{
    private static readonly PartnerId Pacific = PartnerId.Parse("pacific"), Caribbean = PartnerId.Parse("caribbean");
    private readonly ManualTime _time = new();
    private readonly MemoryNodeLog _log = new();
    private readonly RefusalJournal _journal;

    public RefusalJournalTests() => _journal = new RefusalJournal(_log, _time);

    [Fact]
    public async Task Write_Repeated_LogsOneAMinuteAndCountsThoseBetween()
    {
        for (int i = 0; i < 4; i++) await _journal.WriteAsync(Pacific, "pull", $"reason {i}");
        _time.Advance(TimeSpan.FromSeconds(59));
        await _journal.WriteAsync(Pacific, "pull", "reason 4");
        Assert.Equal([("pacific", "pull", "reason 0", 0L)], Entries);
        _time.Advance(TimeSpan.FromSeconds(1));
        await _journal.WriteAsync(Pacific, "pull", "reason 5");
        Assert.Equal([("pacific", "pull", "reason 0", 0L), ("pacific", "pull", "reason 5", 4L)], Entries);
        _time.Advance(TimeSpan.FromMinutes(1));
        await _journal.WriteAsync(Pacific, "pull", "reason 6");
        Assert.Equal(("pacific", "pull", "reason 6", 0L), Entries[^1]);
    }

    [Fact]
    public async Task Write_OtherPeerOrOtherKind_IsLoggedForItself()
    {
        await _journal.WriteAsync(Pacific, "pull", "a");
        await _journal.WriteAsync(Caribbean, "pull", "b");
        await _journal.WriteAsync(Pacific, "agreement", "c");
        Assert.Equal([("pacific", "pull", "a", 0L), ("caribbean", "pull", "b", 0L), ("pacific", "agreement", "c", 0L)], Entries);
    }

    private List<(string? Peer, string? What, string? Reason, long Unlogged)> Entries =>
        [.. _log.Events.Where(one => one.Kind == LogKinds.Refusal).Select(one => JsonDocument.Parse(one.Body).RootElement)
            .Select(body => (body.GetProperty("peer").GetString(), body.GetProperty("what").GetString(), body.GetProperty("reason").GetString(), body.GetProperty("unlogged_before").GetInt64()))];
}
