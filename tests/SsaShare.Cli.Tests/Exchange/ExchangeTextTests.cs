using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli.Tests.Exchange;

public sealed class ExchangeTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Lines_BothDirections_ShowCursorLagAndWord()
    {
        string[] lines = [.. ExchangeText.Lines(Answer(), Now)];
        Assert.Equal(3, lines.Length);
        foreach (string cell in (string[])["pacific", "abababab", "in", "own 12", "3 pub", "5 s", "given (4 withheld in all)", "2 s ago", "closed"]) Assert.Contains(cell, lines[1], StringComparison.Ordinal);
        foreach (string cell in (string[])["out urgent", "own after 60 min 7", "1,500 rec", "denied: suspended"]) Assert.Contains(cell, lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_OfWhatIsNotAsItShouldBe_StandBelow()
    {
        var answer = Answer();
        (answer.Streams[0].PausedBy, answer.Streams[0].PausedSince) = ("the operator of atlantic", Ago(60));
        (answer.Streams[0].Word, answer.Streams[0].DenialReason, answer.Streams[0].WordSince) = (ProviderWord.Denied, "revoked", Ago(3_600));
        var silent = answer.Streams[0].Clone();
        (silent.Word, silent.WordSince) = (ProviderWord.CutOff, Ago(120));
        answer.Streams.Add(silent);
        string text = string.Join('\n', ExchangeText.Lines(answer, Now));
        Assert.Contains("PAUSED: pacific by the operator of atlantic since 2026-11-22T11:59:00Z", text, StringComparison.Ordinal);
        Assert.Contains("DENIED: pacific gives nothing under abababab: revoked; signed, since 2026-11-22T11:00:00Z", text, StringComparison.Ordinal);
        Assert.Contains("CUT OFF: nothing signed by pacific under abababab since 2026-11-22T11:58:00Z", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_WithoutAgreements_SaySo() => Assert.Contains("No agreement", Assert.Single(ExchangeText.Lines(new GetExchangeResponse(), Now)), StringComparison.Ordinal);

    [Fact]
    public void Json_OfAStream_HasItsMembersAndLeavesOutWhatIsNotKnown()
    {
        using var json = JsonDocument.Parse(ExchangeJson.Write(Answer()));
        var stream = json.RootElement.GetProperty("streams")[0];
        Assert.Equal(("pacific", "receiving", "given", 3, 5.0), (stream.GetProperty("peer").GetString(), stream.GetProperty("direction").GetString(), stream.GetProperty("word").GetString(),
            stream.GetProperty("lag_publications").GetInt32(), stream.GetProperty("lag_s").GetDouble()));
        Assert.Equal(string.Concat(Enumerable.Repeat("ab", 32)), stream.GetProperty("agreement").GetString());
        Assert.False(stream.TryGetProperty("paused_by", out _) || stream.TryGetProperty("lag_records", out _));
    }

    private static Timestamp Ago(double seconds) => Timestamp.FromDateTimeOffset(Now.AddSeconds(-seconds));

    private static GetExchangeResponse Answer()
    {
        var id = ByteString.CopyFrom(Enumerable.Repeat((byte)0xab, 32).ToArray());
        return new GetExchangeResponse
        {
            Streams =
            {
                new ExchangeStream
                {
                    PeerId = "pacific", AgreementId = id, Direction = ExchangeDirection.Receiving, Cursor = { new LaneCursor { Source = FeedSource.Own, Delay = new Duration(), Position = 12 } },
                    LagPublications = 3, Lag = Duration.FromTimeSpan(TimeSpan.FromSeconds(5)), Word = ProviderWord.Given, WordSince = Ago(2), LastSuccess = Ago(2), Circuit = PeerCircuit.Closed, WithheldRecords = 4,
                },
                new ExchangeStream
                {
                    PeerId = "pacific", AgreementId = id, Direction = ExchangeDirection.Giving, IsUrgent = true,
                    Cursor = { new LaneCursor { Source = FeedSource.OwnUrgent, Delay = Duration.FromTimeSpan(TimeSpan.FromHours(1)), Position = 7 } },
                    LagPublications = 2, LagRecords = 1_500, Lag = Duration.FromTimeSpan(TimeSpan.FromMinutes(3)), DenialReason = "suspended",
                },
            },
        };
    }
}
