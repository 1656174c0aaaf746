using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>The state of the exchange as one JSON document: ids in hexadecimal, times in UTC, spans in seconds; what is not known is left out.</summary>
internal static class ExchangeJson
{
    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static string Write(GetExchangeResponse answer) => JsonSerializer.Serialize(new { streams = answer.Streams.Select(Stream) }, Options);

    private static object Stream(ExchangeStream stream) => new
    {
        peer = stream.PeerId,
        agreement = Convert.ToHexStringLower(stream.AgreementId.Span),
        stream.Title,
        state = Word(stream.State),
        direction = Word(stream.Direction),
        stream.IsUrgent,
        cursor = stream.Cursor.Select(lane => new { source = Word(lane.Source), delay_s = lane.Delay.ToTimeSpan().TotalSeconds, lane.Position }),
        last_manifest = Point(stream.LastManifest),
        last_receipt = Point(stream.LastReceipt),
        lag_publications = stream.HasLagPublications ? stream.LagPublications : (long?)null,
        lag_records = stream.HasLagRecords ? stream.LagRecords : (long?)null,
        lag_s = stream.Lag?.ToTimeSpan().TotalSeconds,
        word = stream.Word == ProviderWord.Unspecified ? null : Word(stream.Word),
        word_since = Time(stream.WordSince),
        denial_reason = Text(stream.DenialReason),
        last_success = Time(stream.LastSuccess),
        last_error = Text(stream.LastError),
        last_error_at = Time(stream.LastErrorAt),
        failures = stream.FailureCount,
        circuit = stream.Circuit == PeerCircuit.Unspecified ? null : Word(stream.Circuit),
        next_try = Time(stream.NextTry),
        paused_by = Text(stream.PausedBy),
        paused_since = Time(stream.PausedSince),
        stream.GivenRecords,
        stream.WithheldRecords,
    };

    private static object? Point(ManifestPoint? point) => point is null ? null : new
    {
        manifest = point.ManifestId.IsEmpty ? null : Convert.ToHexStringLower(point.ManifestId.Span),
        source = Word(point.Source),
        delay_s = point.Delay.ToTimeSpan().TotalSeconds,
        point.ToPosition,
        items = point.ItemCount,
        at = Time(point.At),
    };

    private static string Word<T>(T value)
        where T : struct, System.Enum
        => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static string? Text(string text) => text.Length == 0 ? null : text;

    private static DateTime? Time(Timestamp? at) => at?.ToDateTime();
}
