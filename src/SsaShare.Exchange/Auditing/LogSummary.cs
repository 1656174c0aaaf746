using System.Globalization;
using System.Text;
using System.Text.Json;
using SsaShare.Agreements;
using SsaShare.Signing;

namespace SsaShare.Exchange;

/// <summary>One line on what an entry says, for people. Total: of a body that cannot be read it says so.</summary>
public static class LogSummary
{
    /// <summary>Longest line, UTF-16 units.</summary>
    public const int LongestLine = 240;

    private const int DigitsShown = 16;

    public static string Of(LogEntry entry) => Shown(Read(entry.Event.Kind, entry.Event.Body.Span) ?? $"{entry.Event.Body.Length} bytes that are not such an entry");

    private static string? Read(string kind, ReadOnlySpan<byte> body) => kind switch
    {
        LogKinds.NodeCard or LogKinds.PeerPinned => SignedNodeCard.TryOpen(body, out var card, out _) ? $"card {Short(card.Id)} of {card.Card.PartnerId}" : null,
        LogKinds.Agreement => AgreementChange.TryParse(body, out var change) ? $"agreement is {Word(change.State)}" : null,
        LogKinds.AgreementTransition => Signed<TransitionDocument>(body, DocumentContexts.Transition, one => $"{one.Party} {Word(one.Event)}s agreement {Short(one.Agreement)}: {one.Reason}"),
        LogKinds.Publication => Signed<PublicationDocument>(body, DocumentContexts.Publication, one => $"{one.Size} records of {one.Originator}, published {one.Published}"),
        LogKinds.ManifestIssued => Signed<ManifestDocument>(body, DocumentContexts.Manifest, one => $"{Manifest(one)} to {one.Receiver}"),
        LogKinds.ManifestReceived => Signed<ManifestDocument>(body, DocumentContexts.Manifest, one => $"{Manifest(one)} from {one.Provider}"),
        LogKinds.ReceiptIssued or LogKinds.ReceiptReceived => Signed<ReceiptDocument>(body, DocumentContexts.Receipt, one => $"{one.Receiver} has {one.ItemCount} items of manifest {Short(one.Manifest)}"),
        LogKinds.ItemsIssued or LogKinds.ItemsReceived => ManifestItems.TryParse(body, out var items) ? Items(items) : null,
        LogKinds.Withheld => WithheldEvent.TryParse(body, out var withheld) ? $"{withheld.Withheld.Sum(count => (long)count.Count)} records stay: {Counts(withheld)}" : null,
        LogKinds.Refusal => Refusal(body),
        LogKinds.Notice => Signed<NoticeDocument>(body, DocumentContexts.Notice, one => $"{one.Originator} asks to {Word(one.Action)} record {Short(one.Publication)}/{one.Index}: {one.Reason}"),
        LogKinds.NoticeReceiptIssued or LogKinds.NoticeReceiptReceived => Signed<NoticeReceiptDocument>(body, DocumentContexts.NoticeReceipt, one => $"{one.Receiver} answers notice {Short(one.Notice)}: {Word(one.Outcome)}"),
        LogKinds.DeletionIssued or LogKinds.DeletionReceived => Signed<DeletionDocument>(body, DocumentContexts.Deletion,
            one => $"{one.Holder} deleted {one.Records.Sum(records => records?.Indices.Count ?? 0)} records of {one.Provider} under agreement {Short(one.Agreement)}: {Word(one.Reason)}"),
        LogKinds.DenialIssued => Signed<DenialDocument>(body, DocumentContexts.Denial, one => $"nothing for {one.Receiver} under agreement {Short(one.Agreement)}: {one.Reason.Words()}"),
        LogKinds.DenialReceived => Signed<DenialDocument>(body, DocumentContexts.Denial, one => $"nothing from {one.Provider} under agreement {Short(one.Agreement)}: {one.Reason.Words()}"),
        LogKinds.ExchangePaused or LogKinds.ExchangeResumed => PauseEvent.TryParse(body, out var pause)
            ? $"the exchange with {pause.Peer}{(pause.Agreement is { } paused ? $" under agreement {Short(paused)}" : "")} is {(kind == LogKinds.ExchangePaused ? "paused" : "resumed")} by {pause.By}" : null,
        LogKinds.Equivocation => Equivocation.TryParse(body, out var proof) && proof.Provider is { } provider ? $"{provider} signed two manifests that contradict each other" : null,
        LogKinds.Auditor => AuditorEvent.TryParse(body, out var auditor) ? $"auditor {auditor.Name} is {auditor.Change.ToString().ToLowerInvariant()} by {auditor.By}, key {Short(auditor.Pin)}" : null,
        _ => $"{body.Length} bytes",
    };

    private static string Manifest(ManifestDocument one)
        => string.Create(CultureInfo.InvariantCulture, $"{one.ItemCount} items of {one.PublicationCount} publications, positions {one.AfterPosition} to {one.ToPosition}");

    private static string Items(ManifestItems items)
    {
        var given = items.Slices.SelectMany(slice => slice.Items, (slice, item) => (slice.Profile, item.Clause)).GroupBy(one => one)
            .Select(group => $"{group.Count()} by {group.Key.Clause}{(group.Key.Profile is { } profile ? $" as {profile}" : "")}");
        return $"{items.Count} items of manifest {Short(items.Manifest)}: {string.Join(", ", given)}";
    }

    private static string Counts(WithheldEvent withheld) => string.Join(", ", withheld.Withheld.Select(count => $"{count.Count} {count.Reason}{(count.Clause is { } clause ? $" by {clause}" : "")}"));

    private static string? Refusal(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            using var json = JsonDocument.ParseValue(ref reader);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return null;
            string what = Text(json.RootElement, "what"), reason = Text(json.RootElement, "reason");
            return what.Length > 0 ? $"{what}: {reason}" : reason;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // Not JSON, or text in it that is no text.
            return null;
        }
    }

    private static string Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    private static string? Signed<T>(ReadOnlySpan<byte> body, ContextLabel context, Func<T, string> line)
        where T : class, ITypedDocument
        => SignedDocument.TryParse(body, out var signed) && DocumentJson.TryRead<T>(signed.Payload.Span, context, out var document) ? line(document) : null;

    /// <summary>"KeptForAudit" as "kept for audit".</summary>
    private static string Word<T>(T value)
        where T : struct, Enum
    {
        var text = new StringBuilder();
        foreach (char c in value.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0) text.Append(' ');
            text.Append(char.ToLowerInvariant(c));
        }
        return text.ToString();
    }

    private static string Short(object id) => id.ToString()![..DigitsShown];

    /// <summary>Short, on one line, and unable to move a terminal's cursor.</summary>
    private static string Shown(string line)
    {
        var text = new StringBuilder(line.Length);
        foreach (var rune in line.EnumerateRunes())
        {
            bool isPlain = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
            if (text.Length + rune.Utf16SequenceLength > LongestLine - 3) return text.Append("...").ToString();
            text.Append(isPlain ? rune.ToString() : "?");
        }
        return text.ToString();
    }
}
