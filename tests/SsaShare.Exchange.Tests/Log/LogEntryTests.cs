using SsaShare.Signing;
using SsaShare.Transparency;

namespace SsaShare.Exchange.Tests;

public sealed class LogEntryTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(1, 16).Select(i => (byte)i)];
    private static readonly LogEntry Entry = new(7, new LogEvent(LogKinds.Refusal, "body"u8.ToArray()), Salt, Sample.Now);

    [Fact]
    public void LeafHash_IsTheRfc6962LeafOverTheSaltedCommitment()
    {
        var commitment = Hash256.Of([.. "ssashare/log-entry/v1\n"u8, .. Salt, .. "refusal\n848620869184000000\nbody"u8]);
        Assert.Equal(Hash256.Of([0x00, .. commitment.ToArray()]), Entry.LeafHash);
    }

    [Fact]
    public void LeafHash_AnyPartChanged_Differs()
    {
        Assert.NotEqual(Entry.LeafHash, (Entry with { Event = Entry.Event with { Kind = LogKinds.Withheld } }).LeafHash);
        Assert.NotEqual(Entry.LeafHash, (Entry with { Event = Entry.Event with { Body = "Body"u8.ToArray() } }).LeafHash);
        Assert.NotEqual(Entry.LeafHash, (Entry with { Time = Sample.Now.PlusSeconds(1e-9) }).LeafHash);
        Assert.NotEqual(Entry.LeafHash, (Entry with { Salt = EntryCommitment.NewSalt() }).LeafHash);
    }
}
