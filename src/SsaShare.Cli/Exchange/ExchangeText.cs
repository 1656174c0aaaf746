using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>The state of the exchange in lines for people.</summary>
internal static class ExchangeText
{
    private const int DigitsShown = 8;
    private static readonly string[] Header = ["peer", "agreement", "way", "cursor", "behind", "oldest", "word", "last success", "failures", "circuit", "next try", "last error"];

    public static IEnumerable<string> Lines(GetExchangeResponse answer, DateTimeOffset now)
    {
        if (answer.Streams.Count == 0)
        {
            yield return "No agreement is in force: nothing is exchanged.";
            yield break;
        }
        foreach (string line in Columns.Lines("", Header, [.. answer.Streams.Select(stream => Row(stream, now))], 4, 8)) yield return line;
        foreach (var paused in answer.Streams.Where(stream => stream.PausedBy.Length > 0).Select(stream => (stream.PeerId, stream.PausedBy, stream.PausedSince)).Distinct())
            yield return $"PAUSED: {paused.PeerId} by {paused.PausedBy} since {Time(paused.PausedSince)}";
        foreach (var denied in answer.Streams.Where(stream => stream.Word == ProviderWord.Denied))
            yield return $"DENIED: {denied.PeerId} gives nothing under {Agreement(denied)}: {denied.DenialReason}; signed, since {Time(denied.WordSince)}";
        foreach (var silent in answer.Streams.Where(stream => stream.Word == ProviderWord.CutOff))
            yield return $"CUT OFF: nothing signed by {silent.PeerId} under {Agreement(silent)} since {Time(silent.WordSince)}";
    }

    private static string[] Row(ExchangeStream stream, DateTimeOffset now)
    {
        bool isReceiving = stream.Direction == ExchangeDirection.Receiving;
        string behind = stream.HasLagRecords ? Text($"{stream.LagRecords:N0} rec") : stream.HasLagPublications ? Text($"{stream.LagPublications:N0} pub") : "-";
        return
        [
            stream.PeerId, Agreement(stream), $"{(isReceiving ? "in" : "out")}{(stream.IsUrgent ? " urgent" : "")}", Cursor(stream), behind,
            stream.Lag is null ? "-" : Span(stream.Lag.ToTimeSpan()), Word(stream), Ago(stream.LastSuccess, now), isReceiving ? Text($"{stream.FailureCount}") : "-",
            Circuit(stream.Circuit), stream.NextTry is null ? "-" : $"in {Span(stream.NextTry.ToDateTimeOffset() - now)}", stream.LastError,
        ];
    }

    private static string Word(ExchangeStream stream)
        => stream.Direction == ExchangeDirection.Giving ? stream.DenialReason.Length > 0 ? $"denied: {stream.DenialReason}" : "-"
            : stream.Word switch
            {
                ProviderWord.Given => Withheld("given", stream),
                ProviderWord.NothingToReport => Withheld("nothing to report", stream),
                ProviderWord.Withheld => Withheld("withheld", stream),
                ProviderWord.MoreToCome => "more to come",
                ProviderWord.NothingGiven => "nothing given",
                ProviderWord.Denied => $"denied: {stream.DenialReason}",
                ProviderWord.CutOff => "cut off",
                _ => "-",
            };

    private static string Withheld(string word, ExchangeStream stream) => stream.WithheldRecords == 0 ? word : Text($"{word} ({stream.WithheldRecords:N0} withheld in all)");

    private static string Agreement(ExchangeStream stream) => Convert.ToHexStringLower(stream.AgreementId.Span)[..DigitsShown];

    private static string Cursor(ExchangeStream stream)
        => stream.Cursor.Count == 0 ? "-" : string.Join(", ", stream.Cursor.Select(lane => Text($"{Source(lane.Source)}{(lane.Delay.ToTimeSpan() > TimeSpan.Zero ? $" after {Span(lane.Delay.ToTimeSpan())}" : "")} {lane.Position}")));

    private static string Source(FeedSource source) => source is FeedSource.Own or FeedSource.OwnUrgent ? "own" : "relayed";

    private static string Circuit(PeerCircuit circuit) => circuit switch { PeerCircuit.Closed => "closed", PeerCircuit.Open => "OPEN", PeerCircuit.HalfOpen => "half open", _ => "-" };

    private static string Ago(Timestamp? at, DateTimeOffset now) => at is null ? "never" : $"{Span(now - at.ToDateTimeOffset())} ago";

    private static string Time(Timestamp? at) => at is null ? "?" : $"{at.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}";

    private static string Span(TimeSpan span)
        => span < TimeSpan.FromMinutes(2) ? Text($"{Math.Max(0, span.TotalSeconds):0} s") : span < TimeSpan.FromHours(2) ? Text($"{span.TotalMinutes:0} min") : span < TimeSpan.FromDays(2) ? Text($"{span.TotalHours:0} h") : Text($"{span.TotalDays:0} d");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
