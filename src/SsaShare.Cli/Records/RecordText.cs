using SsaShare.Domain;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>Records and notices as lines of text.</summary>
internal static class RecordText
{
    public static IEnumerable<string> Lines(NoticeReport notice)
    {
        string reason = notice.Reason.Length == 0 ? "" : $": {notice.Reason}";
        yield return $"{notice.Issued.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}  {notice.Action.ToString().ToLowerInvariant()}  {Hex(notice.PublicationId)}/{notice.Index}  of {notice.OriginatorId}{reason}";
        if (!notice.ReplacementPublicationId.IsEmpty) yield return $"    replaced by {Hex(notice.ReplacementPublicationId)}/{notice.ReplacementIndex}";
        foreach (var receipt in notice.Receipts) yield return $"    {receipt.PartnerId}: {Words(receipt.Outcome)}, {receipt.Time.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}";
        foreach (string partner in notice.PendingPartnerIds) yield return $"    {partner}: pending, or waits for those to whom it passed the record on";
        if (notice.Receipts.Count + notice.PendingPartnerIds.Count == 0) yield return "    this node has no entry of giving it to anybody";
    }

    public static IEnumerable<string> Lines(GetRecordResponse record)
    {
        foreach (var way in record.Ways)
        {
            yield return $"record {Hex(way.RecordId)}";
            yield return $"    {way.RecordClass} of {way.OriginatorId}{Part(", sensor ", way.SensorId)}{Part(", tagged ", way.ObjectTag)}, epoch {new Epoch(way.Epoch.NanosecondsSinceJ2000)}";
            yield return $"    {Hex(way.PublicationId)}/{way.Index}, published {way.Published.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}";
            yield return way.ProviderId.Length == 0 ? "    own" : $"    from {way.ProviderId} under agreement {Hex(way.AgreementId)[..16]}";
            yield return way.PayloadBytes > 0 ? $"    payload of {way.PayloadBytes} bytes" : "    payload deleted";
        }
        foreach (var release in record.Releases)
            yield return $"given to {release.PartnerId} {(release.ProfileId.Length == 0 ? "as published" : $"degraded by {release.ProfileId}")}, {release.Time.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}, under agreement {Hex(release.AgreementId)[..16]}";
        foreach (string line in record.Notices.SelectMany(Lines)) yield return line;
    }

    private static string Words(NoticeOutcome outcome) => outcome switch
    {
        NoticeOutcome.Unused => "uses it no more",
        NoticeOutcome.Deleted => "deleted it",
        NoticeOutcome.UnknownRecord => "does not have it",
        _ => outcome.ToString(),
    };

    private static string Part(string before, string text) => text.Length == 0 ? "" : before + text;

    private static string Hex(Google.Protobuf.ByteString bytes) => Convert.ToHexStringLower(bytes.Span);
}
