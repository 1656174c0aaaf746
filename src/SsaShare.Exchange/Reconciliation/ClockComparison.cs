using SsaShare.Domain;

namespace SsaShare.Exchange;

/// <summary>Times of one answer by the clocks of both sides: it is issued before it arrives and signed for before the receipt arrives, and none of that takes long.</summary>
internal static class ClockComparison
{
    /// <summary>How far two honest clocks may be apart.</summary>
    public static readonly TimeSpan Skew = FeedLanes.ClockLeadMax;

    public static void Check(NamedLog provider, AuditedManifest issued, NamedLog receiver, AuditedManifest received, FindingList found)
    {
        var (watermark, arrived) = (issued.Document.Watermark, received.Entry.Time);
        string what = $"{received} of '{receiver.Partner}', {received.Chain}";
        if (arrived.Plus(Skew) < watermark)
            found.Add(FindingKind.Late, receiver, received, $"{what}: it arrived at {arrived}, and the provider says that it was made at {watermark}");
        else if (arrived > watermark.Plus(AuditedLog.LongestDelay + Skew))
            found.Add(FindingKind.Late, receiver, received, $"{what}: it was made at {watermark} by the provider's clock and arrived at {arrived}, longer after than a pull can take");
        if (received.Receipt is { } receipt && (receipt.Received > arrived.Plus(AuditedLog.LongestDelay) || receipt.Received.Plus(AuditedLog.LongestDelay) < arrived))
            found.Add(FindingKind.Late, receiver, received.ReceiptAt?.Index, $"{what}: its receipt says {receipt.Received} and it was logged at {arrived}", received.Id);
        if (issued is { Receipt: { } held, ReceiptAt: { } at } && at.Time.Plus(Skew) < held.Received)
            found.Add(FindingKind.Late, provider, at.Index, $"entry {at.Index} of '{provider.Partner}' logs at {at.Time} a receipt of '{receiver.Partner}' that was signed at {held.Received}", issued.Id);
    }
}
