using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using SsaShare.Protocol.Admin.V1;

namespace SsaShare.Cli;

/// <summary>Witnessing in lines for people.</summary>
internal static class WitnessText
{
    public static IEnumerable<string> Lines(GetWitnessStatusResponse status, DateTimeOffset now)
    {
        yield return Text($"own log: {status.LogSize:N0} entries");
        foreach (string line in Summary(status.Summary, now)) yield return line;
        yield return "";
        string[][] witnesses = [.. status.Witnesses.Select(one => new[] { one.PartnerId, Text($"{one.Size:N0}"), Age(one.CosignedAt, now), one.LastError })];
        foreach (string line in Columns.Lines("  ", ["witness", "cosigned up to", "ago", "last error"], witnesses, 1, 2)) yield return line;
        yield return "";
        string[][] logs = [.. status.Logs.Select(one => new[] { one.Origin, Text($"{one.CosignedSize:N0}"), Age(one.CosignedAt, now), Text($"{one.HeldSize:N0}"), one.IsDistrusted ? "TWO HISTORIES, not cosigned" : "" })];
        foreach (string line in Columns.Lines("  ", ["log of another", "cosigned here up to", "ago", "seen up to", ""], logs, 1, 2, 3)) yield return line;
    }

    /// <summary>What an operator sees first: a line for each thing that is not as it should be, and one for each agreement that wants witnesses.</summary>
    public static IEnumerable<string> Summary(WitnessSummary summary, DateTimeOffset now)
    {
        if (summary.Signing == SigningState.Asking) yield return $"WAITING: {summary.Reason}";
        if (summary.Signing == SigningState.Refused) yield return $"REFUSED: {summary.Reason}";
        foreach (var quorum in summary.Quorums)
        {
            string word = quorum.State switch { QuorumState.Degraded => "DEGRADED", QuorumState.Stopped => "STOPPED", _ => "witnessed" };
            yield return Text($"{word}: {quorum.Title}: {quorum.Wanted} witness(es) up to {quorum.CosignedSize:N0} entries, {Age(quorum.CosignedAt, now)} ago; so since {quorum.Since.ToDateTime():yyyy-MM-dd'T'HH:mm:ss'Z'}");
        }
        foreach (string doubt in summary.Unproven) yield return $"UNPROVEN: {doubt}";
        if (summary.OpenConflictCount > 0) yield return Text($"CONFLICT: {summary.OpenConflictCount} proof(s) that a log has two histories: ssa witness conflicts");
    }

    private static string Age(Timestamp? at, DateTimeOffset now)
    {
        if (at is null) return "never";
        var age = now - at.ToDateTimeOffset();
        return age < TimeSpan.FromMinutes(2) ? Text($"{Math.Max(0, age.TotalSeconds):0} s") : age < TimeSpan.FromHours(2) ? Text($"{age.TotalMinutes:0} min") : Text($"{age.TotalHours:0} h");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
